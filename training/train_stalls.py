"""`patrol train-stalls`: teaches a second head about stalls on what the first edition's network already sees."""

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from training.pictures import MissingData, Picture
from training.stall_head import Alone, stall_head, tapped
from training.stall_lessons import Lessons, stall_lessons
from training.start import rest_normalisation
from training.teacher import start_weights
from training.views import View, view

SHARES = {"real": 0.38, "rendered": 0.11, "pasted": 0.15, "empty": 0.36}
"""What the first picture of a view is."""
BATCH = 16
Features = tuple[NDArray[np.float16], NDArray[np.float16]]


def shown(lessons: Lessons, count: int, side: int, *, seed: int) -> list[View]:
    """`count` views; a kind of lesson that is missing leaves its share to the others."""
    chance = np.random.default_rng(seed)
    kinds = {kind: getattr(lessons, kind) for kind in SHARES if getattr(lessons, kind)}
    shares = np.array([SHARES[kind] for kind in kinds])
    drawn = chance.choice(list(kinds), (count, 4), p=shares / shares.sum())
    return [view([_one(kinds[kind], chance) for kind in row], side, chance) for row in drawn]


def _one(pictures: list[Picture], chance: np.random.Generator) -> Picture:
    return pictures[int(chance.integers(len(pictures)))]


def seen_by(network: Any, views: list[View]) -> list[Features]:
    """What the frozen network makes of each view: the maps that the new head reads."""
    request = network.create_infer_request()
    return [_seen(request, one) for one in views]


def _seen(request: Any, one: View) -> Features:
    tensor = np.ascontiguousarray(one.image[None, :, :, ::-1].transpose(0, 3, 1, 2), np.float32) / np.float32(255)
    maps = request.infer([tensor])
    return maps[0][0].astype(np.float16), maps[1][0].astype(np.float16)


def frozen(models: Path, threads: int) -> Any:
    import openvino as ov

    core = ov.Core()
    street = core.read_model(models / "street-1.xml")
    return core.compile_model(tapped(street), "CPU", {"INFERENCE_NUM_THREADS": threads})


def batch_of(
    views: list[View], maps: list[Features], rows: NDArray[np.int64]
) -> tuple[list[torch.Tensor], dict[str, Any]]:
    """Maps and truth of some views as ultralytics' loss takes them: boxes as shares of the side, centre and size."""
    levels = [torch.from_numpy(np.stack([maps[row][level] for row in rows]).astype(np.float32)) for level in (0, 1)]
    boxes = [views[row].boxes / views[row].image.shape[0] for row in rows]
    xyxy = torch.from_numpy(np.concatenate(boxes))
    owner = np.concatenate([np.full(len(own), at) for at, own in enumerate(boxes)])
    centred = torch.cat([(xyxy[:, :2] + xyxy[:, 2:]) / 2, xyxy[:, 2:] - xyxy[:, :2]], dim=1)
    truth = {"batch_idx": torch.from_numpy(owner).float(), "cls": torch.zeros(len(xyxy), 1), "bboxes": centred}
    return levels, truth


def teach(head: Any, views: list[View], maps: list[Features], options: argparse.Namespace) -> Any:
    """Trains the head in place; returns the moving average of it."""
    from ultralytics.utils.loss import v8DetectionLoss

    loss_of, average = v8DetectionLoss(Alone(head)), torch.optim.swa_utils.AveragedModel(head, multi_avg_fn=_slowly())
    optimiser = torch.optim.AdamW(head.parameters(), options.rate, weight_decay=0.03)
    steps = options.epochs * (len(views) // BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, options.rate, steps, pct_start=0.1)
    chance = np.random.default_rng(options.seed)
    for epoch in range(options.epochs):
        order = chance.permutation(len(views))[: len(views) // BATCH * BATCH].reshape(-1, BATCH)
        total = sum(_step(head, loss_of, optimiser, pace, average, batch_of(views, maps, rows)) for rows in order)
        print(f"epoch {epoch + 1}/{options.epochs}: loss {total / len(order):.3f}", flush=True)
    return average.module


def _slowly() -> Any:
    return torch.optim.swa_utils.get_ema_multi_avg_fn(0.995)


def _step(head: Any, loss_of: Any, optimiser: Any, pace: Any, average: Any, batch: tuple[Any, Any]) -> float:
    maps, truth = batch
    head.train()
    rest_normalisation(head)
    dropped = [torch.nn.functional.dropout2d(level, 0.1) for level in maps]
    loss = loss_of(head(dropped), truth)[0].sum()
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(head.parameters(), 10.0)
    optimiser.step()
    pace.step()
    average.update_parameters(head)
    return float(loss.detach()) / BATCH


def run(options: argparse.Namespace) -> Path:
    options.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    lessons = stall_lessons(options.shared, options.public, options.rendered)
    print({kind: len(getattr(lessons, kind)) for kind in SHARES}, flush=True)
    views = shown(lessons, options.views, options.side, seed=options.seed)
    maps = seen_by(frozen(options.models, options.threads), views)
    head = teach(stall_head(start_weights(options.shared).path), views, maps, options)
    result = Path(options.work) / "stalls.pt"
    torch.save(head, result)
    return result


def main(argv: list[str]) -> int:
    try:
        result = run(_parser().parse_args(argv))
    except MissingData as error:
        print(f"缺少数据 cannot train: {error}")
        return 2
    print(f"训练完成 trained: {result}; next: patrol export-stalls {result}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("patrol train-stalls", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/ and weights/")
    parser.add_argument("--public", type=Path, required=True, help="checkouts of what training/stalls_by_eye.txt names")
    parser.add_argument("--rendered", type=Path, help="a set that `patrol render` made of street vending")
    parser.add_argument("--models", type=Path, default=Path("models"), help="folder of the first edition")
    parser.add_argument("--work", type=Path, default=Path(".training/stalls"), help="where the head goes")
    parser.add_argument("--views", type=int, default=2800)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--side", type=int, default=512)
    parser.add_argument("--rate", type=float, default=0.0015)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=5)
    return parser
