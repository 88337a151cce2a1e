"""Single pictures of a dam: colour through the network and the search on bare faces, thermal ones through counts."""

from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np

from pipelines.radiometric import NotRadiometric, Thermal, UnsupportedThermal, read_thermal
from pipelines.stills import Entry, UnreadableStill, read_still
from vision.calm_surface import Mask
from vision.outline import Outline, polygon_of
from vision.thermal import Anomaly, thermal_anomalies
from vision.types import Image
from vision.wetness import WetPatch

ANOMALY = "thermal_anomaly"
FULL_CONTRAST_K = 4.0
"""From this contrast on a thermal anomaly scores 1; field tests recommend 2 to 3 degC as a threshold (Zhou 2022)."""
CONTRAST_UNKNOWN = 0.5


LooksForWet = Callable[[Image], Sequence[WetPatch]]
"""Wet patches of one upright BGR picture. Raises DetectorFailed."""


class DamView:
    """Writes `masks`/<name>.png, 0 or 255 and of the picture's size, beside each entry, also where nothing is."""

    def __init__(self, look_for_wet: LooksForWet, masks: Path) -> None:
        self._look_for_wet = look_for_wet
        self._masks = masks

    def look(self, path: Path) -> Entry:
        thermal = radiometric(path)
        return self._colour(path) if thermal is None else self._thermal(path, thermal)

    def _colour(self, path: Path) -> Entry:
        image = read_still(path)
        patches = self._look_for_wet(image)
        said = [_detection(one.label, one.score, one.outline, one.mask) | {"cue": str(one.cue)} for one in patches]
        return self._entry(path, image.shape[:2], said, [one.mask for one in patches])

    def _thermal(self, path: Path, thermal: Thermal) -> Entry:
        counts = thermal.counts.astype(np.float32)
        found = thermal_anomalies(counts, kelvin_per_count=thermal.kelvin_per_count)
        return self._entry(path, counts.shape, [_anomaly(one) for one in found], [one.mask for one in found])

    def _entry(self, path: Path, shape: tuple[int, ...], said: list[dict[str, object]], masks: list[Mask]) -> Entry:
        whole = np.logical_or.reduce([np.zeros(shape, np.bool_), *masks])
        self._masks.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(self._masks / f"{path.stem}.png"), whole.astype(np.uint8) * 255)
        return {"image": path.name, "width": shape[1], "height": shape[0], "detections": said}


def radiometric(path: Path) -> Thermal | None:
    """The counts, or None for a picture of colours. Raises UnreadableStill."""
    try:
        return _counts_in_png(path) or read_thermal(path)
    except UnsupportedThermal as error:
        raise UnreadableStill(str(error)) from error
    except NotRadiometric:
        return None
    except OSError as error:
        raise UnreadableStill(f"can't be read: {error.strerror}") from error


def _counts_in_png(path: Path) -> Thermal | None:
    """A PNG of one channel of 16 bits is counts; such TIFFs are read with the rest."""
    if path.suffix.lower() != ".png":
        return None
    picture = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_UNCHANGED)
    if picture is None or picture.dtype != np.uint16 or picture.ndim != 2:
        return None
    return Thermal(picture, None, None, 0.0, "", f"{path.name} does not say how many counts are a kelvin")


def _anomaly(anomaly: Anomaly) -> dict[str, object]:
    said = _detection(ANOMALY, _score(anomaly.kelvin), anomaly.outline, anomaly.mask)
    kelvin = None if anomaly.kelvin is None else round(anomaly.kelvin, 2)
    return said | {"cue": str(anomaly.kind), "contrast_counts": round(anomaly.contrast, 1), "contrast_k": kelvin}


def _score(kelvin: float | None) -> float:
    return CONTRAST_UNKNOWN if kelvin is None else round(min(1.0, abs(kelvin) / FULL_CONTRAST_K), 4)


def _detection(label: str, score: float, outline: Outline, mask: Mask) -> dict[str, object]:
    return {
        "label": label,
        "score": score,
        "xyxy": [float(edge) for edge in outline.box],
        "polygon": polygon_of(mask).tolist(),
        "area_px": outline.area_px,
    }
