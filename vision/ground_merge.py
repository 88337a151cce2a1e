"""Sightings of one thing from many frames, both sensors and several flights, made one place on the ground."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vision.ellipsoid import Local, Vectors
from vision.pin import OWN, Effect, Pin, Spread, Term, spread_of
from vision.pose import Origin

_GATE = 3.03
"""Standard deviations that hold 99 % of the sightings of one thing."""
_LEAST_SIGMA_M = 0.5
"""In one flight the same feature landed up to 1.2 m apart (95 %) after calibration."""
_RESTLESS = 0.3
"""How much of every doubt changes from frame to frame, though most of it is the same through a flight."""


_NOWHERE = np.zeros(2)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One thing in one frame. `radius_m` is how far it reaches from its pin; the clearest sighting becomes its face."""

    kind: str
    flight: str
    pin: Pin
    radius_m: float = 0.0
    clearness: float = 0.0


@dataclass(frozen=True, slots=True)
class Merged:
    """`members` and `face` are numbers of the sightings, in the order in which they were given."""

    kind: str
    pin: Pin
    radius_m: float
    members: tuple[int, ...]
    face: int


def merge(sightings: Sequence[Sighting]) -> list[Merged]:
    """The surest sighting begins a thing; each further one joins the nearest that it may be, or begins another.

    It is compared with the surest sighting of the thing alone, so that a row of neighbours does not become one.
    """
    groups: list[list[int]] = []
    for number in sorted(range(len(sightings)), key=lambda i: _size(sightings[i])):
        near = [(_apart(sightings[number], sightings[group[0]]), group) for group in groups]
        found = min((pair for pair in near if pair[0] <= _GATE), key=lambda pair: pair[0], default=None)
        if found is None:
            groups.append([number])
        else:
            found[1].append(number)
    return [_merged(sightings, sorted(group)) for group in groups]


def may_be_one(a: Sighting, b: Sighting) -> bool:
    """Whether two sightings may be of one thing, by kind and by what is known of both places."""
    return _apart(a, b) <= _GATE


def fused(sightings: Sequence[Sighting]) -> Pin:
    """The mean, weighted by the inverse of the covariances.

    What a flight gets wrong it gets wrong in all its frames, so more frames of it do not make the place surer beyond
    their pixels; another flight does.
    """
    local = Local(sightings[0].pin.lat_deg, sightings[0].pin.lon_deg)
    weights = _weights(sightings)
    metres = local.metres(np.array([(s.pin.lat_deg, s.pin.lon_deg, s.pin.height_m) for s in sightings]))
    level = sum(weight @ place for weight, place in zip(weights, metres[:, :2], strict=True))
    lat, lon, _ = local.places(np.array([[*np.asarray(level), 0.0]]))[0]
    height = float(np.mean([s.pin.height_m for s in sightings]))
    return Pin(float(lat), float(lon), height, (*_shared(sightings, weights), *_own(sightings, weights)))


def _merged(sightings: Sequence[Sighting], members: Sequence[int]) -> Merged:
    own = [sightings[m] for m in members]
    face = max(members, key=lambda m: sightings[m].clearness)
    return Merged(own[0].kind, fused(own), max(s.radius_m for s in own), tuple(members), face)


def _size(sighting: Sighting) -> float:
    return sighting.pin.spread.nn + sighting.pin.spread.ee


def _apart(a: Sighting, b: Sighting) -> float:
    """Mahalanobis, from rim to middle; infinite for different kinds."""
    if a.kind != b.kind:
        return float("inf")
    there = Local(a.pin.lat_deg, a.pin.lon_deg).metres(np.array([[b.pin.lat_deg, b.pin.lon_deg, 0.0]]))[0, :2]
    length = float(np.linalg.norm(there))
    outside = max(0.0, length - max(a.radius_m, b.radius_m)) / max(length, 1e-9)
    return _between(a, b).at_least(_LEAST_SIGMA_M).distance(*(outside * there))


def _between(a: Sighting, b: Sighting) -> Spread:
    """Covariance of the way from one to the other: in one flight most of the doubts fall out of it."""
    if a.flight != b.flight:
        return a.pin.spread.plus(b.pin.spread)
    first, second = _by_term(a.pin), _by_term(b.pin)
    common = [first.get(key, _NOWHERE) - second.get(key, _NOWHERE) for key in {**first, **second}]
    restless = [_RESTLESS * _vector(e) for e in (*a.pin.effects, *b.pin.effects) if e.term not in OWN]
    own = [_vector(e) for e in (*a.pin.effects, *b.pin.effects) if e.term in OWN]
    return _covariance([*common, *restless, *own])


def _by_term(pin: Pin) -> dict[tuple[Term, Origin], Vectors]:
    """Heights from a laser and from a map are wrong independently, though both are heights."""
    return {(e.term, e.origin): _vector(e) for e in pin.effects if e.term not in OWN}


def _vector(effect: Effect) -> Vectors:
    return np.array([effect.north_m, effect.east_m])


def _covariance(moves: Sequence[Vectors]) -> Spread:
    stacked = np.array([np.zeros(2), *moves])
    return spread_of(stacked.T @ stacked)


def _weights(sightings: Sequence[Sighting]) -> list[Vectors]:
    inverses = [np.linalg.inv(s.pin.spread.matrix()) for s in sightings]
    whole = np.linalg.inv(np.sum(inverses, axis=0))
    return [whole @ inverse for inverse in inverses]


def _shared(sightings: Sequence[Sighting], weights: Sequence[Vectors]) -> list[Effect]:
    """Per flight and term one effect: the weighted sum of what one standard deviation does to every sighting."""
    sums: dict[tuple[str, Term, Origin], Vectors] = defaultdict(lambda: np.zeros(2))
    for sighting, weight in zip(sightings, weights, strict=True):
        for effect in sighting.pin.effects:
            if effect.term not in OWN:
                sums[sighting.flight, effect.term, effect.origin] += weight @ _vector(effect)
    return [Effect(term, origin, float(move[0]), float(move[1])) for (_, term, origin), move in sums.items()]


def _own(sightings: Sequence[Sighting], weights: Sequence[Vectors]) -> list[Effect]:
    """What is every sighting's own, as two effects at right angles."""
    pairs = zip(sightings, weights, strict=True)
    moves = [weight @ _vector(e) for sighting, weight in pairs for e in sighting.pin.effects if e.term in OWN]
    values, axes = np.linalg.eigh(_covariance(moves).matrix())
    arms = (axes * np.sqrt(np.maximum(values, 0))).T
    terms = (Term.ACROSS, Term.DOWN)
    return [Effect(t, Origin.PICTURE, float(arm[0]), float(arm[1])) for t, arm in zip(terms, arms, strict=True)]
