"""Seepage and sand boils in one colour picture: what the network sees, and what lies dark on a bare face."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import cv2
import numpy as np

from vision.calm_surface import Mask, pieces
from vision.face_wetness import wet_on_face
from vision.outline import Outline, outline_of
from vision.types import Image
from vision.wet_net import Shares

SEEPAGE, SAND_BOIL = "seepage", "sand_boil"


class Cue(StrEnum):
    """Who saw it: the network, or the search for dark patches on a bare face."""

    NETWORK = "network"
    FACE = "face"


@dataclass(frozen=True, slots=True, eq=False)
class WetPatch:
    """`mask` is the picture's size; `score` in 0..1 is the network's mean over it, or for a face patch a fixed word."""

    label: str
    score: float
    mask: Mask
    outline: Outline
    cue: Cue


class SeesWet(Protocol):
    """A network, or a fake of one: `labels` name the classes after the first, which is the rest of the world."""

    @property
    def labels(self) -> tuple[str, ...]: ...

    def shares(self, image: Image) -> Shares: ...


@dataclass(frozen=True, slots=True)
class WetLimits:
    """likely: a place is wet from this share on, and from `of_surest` times the picture's own surest places: a doubtful
    picture has doubtful edges. sure: a patch without one place like that is not told. least: smallest patch, share of
    the picture. face_score: what a patch on a bare face is worth.
    """

    likely: float = 0.45
    of_surest: float = 0.5
    sure: float = 0.6
    least: float = 0.0015
    face_score: float = 0.6


def wet_patches(image: Image, net: SeesWet, limits: WetLimits | None = None) -> list[WetPatch]:
    """Of the network first, by score; patches on a face only where the network saw nothing."""
    how = limits or WetLimits()
    seen = _by_network(image, net, how)
    covered = np.logical_or.reduce([np.zeros(image.shape[:2], np.bool_), *(patch.mask for patch in seen)])
    dark = [mask for mask in wet_on_face(image) if not (mask & covered).any()]
    return seen + [WetPatch(SEEPAGE, how.face_score, mask, outline_of(mask), Cue.FACE) for mask in dark]


def _by_network(image: Image, net: SeesWet, how: WetLimits) -> list[WetPatch]:
    shares = np.stack([_at_size(one, image) for one in net.shares(image)])
    wet, named = 1 - shares[0], 1 + shares[1:].argmax(axis=0)
    least, likely = max(1, round(how.least * wet.size)), max(how.likely, how.of_surest * float(np.percentile(wet, 99)))
    found = [
        _patch(net.labels[number - 1], wet, piece)
        for number in range(1, len(shares))
        for piece in pieces((wet >= likely) & (named == number), least, connectivity=8)
        if wet[piece].max() >= how.sure
    ]
    return sorted(found, key=lambda patch: -patch.score)


def _patch(label: str, wet: Shares, mask: Mask) -> WetPatch:
    return WetPatch(label, round(float(wet[mask].mean()), 4), mask, outline_of(mask), Cue.NETWORK)


def _at_size(share: Shares, image: Image) -> Shares:
    size = image.shape[1], image.shape[0]
    return np.asarray(cv2.resize(share, size, interpolation=cv2.INTER_LINEAR), np.float32)


def pixelwise(image: Image, net: SeesWet, limits: WetLimits | None = None) -> tuple[Shares, Shares]:
    """Seepage and boil for each pixel, each (h, w) in 0..1, for what adds many looks up before it decides."""
    how = limits or WetLimits()
    shares = net.shares(image)
    by_label = {label: _at_size(shares[at], image) for at, label in enumerate(net.labels, start=1)}
    wet = by_label[SEEPAGE]
    for mask in wet_on_face(image):
        wet = np.where(mask, np.maximum(wet, np.float32(how.face_score)), wet)
    return wet, by_label[SAND_BOIL]
