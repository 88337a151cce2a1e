"""Only bytes that the manifest vouches for become a model."""

import shutil
from pathlib import Path

import pytest

from pipelines.weights import BadWeights, find_entry, load_detector, read_manifest
from tests.street import MODELS, STREET


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A copy of the models that ship, to be spoiled."""
    return Path(shutil.copytree(MODELS, tmp_path / "models"))


@pytest.mark.parametrize("part", ["graph", "weights"])
def test_one_changed_byte_is_refused(models: Path, part: str) -> None:
    path = models / getattr(find_entry(STREET, models), part).file
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(BadWeights, match=path.name):
        load_detector(STREET, models_dir=models)


def test_a_file_that_is_gone_is_named(models: Path) -> None:
    path = models / find_entry(STREET, models).weights.file
    path.unlink()
    with pytest.raises(BadWeights, match=path.name):
        load_detector(STREET, models_dir=models)


def test_a_model_that_the_manifest_lacks_is_named_with_those_it_has() -> None:
    with pytest.raises(BadWeights, match=rf"'street-99'.*{STREET}"):
        load_detector("street-99", models_dir=MODELS)


def test_a_folder_without_a_manifest_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadWeights, match=r"manifest\.toml cannot be read"):
        load_detector(STREET, models_dir=tmp_path)


@pytest.mark.parametrize("text", ["[[model]\n", '[[model]]\nname = "half"\n'])
def test_a_manifest_that_makes_no_sense_says_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.toml").write_text(text)
    with pytest.raises(BadWeights, match="is not a manifest"):
        read_manifest(tmp_path)


def test_the_detector_is_named_after_the_model_and_its_weights() -> None:
    entry = find_entry(STREET, MODELS)
    assert load_detector(STREET, models_dir=MODELS).name == f"{STREET}@{entry.weights.sha256[:8]}"


def test_every_model_in_the_manifest_has_a_card() -> None:
    assert all((MODELS / f"{name}.md").exists() for name in read_manifest(MODELS))
