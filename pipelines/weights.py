"""A model's name becomes a network whose every byte the manifest vouches for."""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vision.openvino_detector import Network, OpenVinoDetector, Tuning

MANIFEST = "manifest.toml"


class BadWeights(Exception):
    """These weights must not be loaded; a person has to look. Trying again does not help."""

    again = False


@dataclass(frozen=True, slots=True)
class VouchedFile:
    """A file's name beside the manifest, and the SHA-256 that its bytes must have."""

    file: str
    sha256: str

    def read(self, folder: Path) -> bytes:
        try:
            content = (folder / self.file).read_bytes()
        except OSError as error:
            raise BadWeights(f"{folder / self.file} cannot be read: {error.strerror}") from error
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise BadWeights(f"{folder / self.file} is not the file that {MANIFEST} vouches for (SHA-256 differs)")
        return content


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """What the manifest says of one model."""

    name: str
    graph: VouchedFile
    weights: VouchedFile
    labels: tuple[str, ...]
    threshold: float
    side: int

    def network(self, folder: Path) -> Network:
        graph, weights = self.graph.read(folder), self.weights.read(folder)
        return Network(f"{self.name}@{self.weights.sha256[:8]}", graph, weights, self.labels)


def load_detector(
    name: str, *, models_dir: Path, threads: int = 1, threshold: float | None = None, side: int | None = None
) -> OpenVinoDetector:
    """The detector of that name; `threshold` and `side` come from the manifest unless given. Raises BadWeights."""
    entry = find_entry(name, models_dir)
    least = entry.threshold if threshold is None else threshold
    tuning = Tuning(threshold=least, side=side or entry.side, threads=threads)
    return OpenVinoDetector(entry.network(models_dir), tuning)


def find_entry(name: str, models_dir: Path) -> ModelEntry:
    entries = read_manifest(models_dir)
    if name not in entries:
        raise BadWeights(f"no model {name!r} in {models_dir / MANIFEST}; it has {', '.join(entries) or 'none'}")
    return entries[name]


def read_manifest(models_dir: Path) -> dict[str, ModelEntry]:
    path = models_dir / MANIFEST
    try:
        tables = tomllib.loads(path.read_text("utf-8")).get("model", [])
        return {entry.name: entry for entry in map(_entry, tables)}
    except OSError as error:
        raise BadWeights(f"{path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BadWeights(f"{path} is not a manifest: {error!r}") from error


def _entry(table: dict[str, Any]) -> ModelEntry:
    return ModelEntry(
        name=table["name"],
        graph=VouchedFile(table["graph"], table["graph_sha256"]),
        weights=VouchedFile(table["weights"], table["weights_sha256"]),
        labels=tuple(table["labels"]),
        threshold=table["threshold"],
        side=table["side"],
    )
