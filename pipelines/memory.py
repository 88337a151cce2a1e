"""What a camera's patrol must not forget when it is killed: its stays and the lives of its zones, as JSON."""

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

import numpy as np

from pipelines.blockage import Blockage, ZoneLife
from pipelines.market import Market, Pitch
from pipelines.observation import ZoneState
from pipelines.rule import ZoneMemory
from pipelines.sight import Sight
from pipelines.trade import Trade
from vision.appearance import SIDE, Patch
from vision.stay import Places, Stay

_PATCH_STEP = 32.0


@dataclass(frozen=True, slots=True, eq=False)
class CameraMemory:
    places: Places = field(default_factory=Places)
    zones: Mapping[str, ZoneMemory] = field(default_factory=dict)

    @property
    def lives(self) -> dict[str, ZoneLife]:
        return {zone: kept.life for zone, kept in self.zones.items()}

    def of(self, zone_id: str) -> ZoneMemory:
        """Nothing, for a zone that is new in the plan."""
        return self.zones.get(zone_id, ZoneMemory())


def write(memory: CameraMemory) -> str:
    """The look history is not kept: after a restart an onset can't be dated back before it."""
    places = memory.places
    body = {
        "looked_at": _text(places.looked_at),
        "stays": [_stay(stay) for stay in places.stays],
        "lives": {zone: _life(life) for zone, life in memory.lives.items()},
        "markets": {zone: _market(kept.market) for zone, kept in memory.zones.items() if kept.market is not None},
    }
    return json.dumps(body)


def read(text: str) -> CameraMemory:
    """Raises ValueError, KeyError or TypeError for a text that `write` did not write.

    A memory from before selling was watched for has no markets: they begin empty.
    """
    body = json.loads(text)
    stays = tuple(_stay_from(stay) for stay in body["stays"])
    lives = {zone: _life_from(life) for zone, life in dict(body["lives"]).items()}
    markets = {zone: _market_from(market) for zone, market in dict(body.get("markets", {})).items()}
    zones = {zone: ZoneMemory(life, markets.get(zone)) for zone, life in lives.items()}
    return CameraMemory(Places(stays, _moment(body["looked_at"])), zones)


def _stay(stay: Stay) -> dict[str, Any]:
    values = {f.name: getattr(stay, f.name) for f in fields(stay)}
    values["box"] = [float(v) for v in stay.box]
    values["patch"] = _packed(stay.patch)
    values["votes"] = dict(stay.votes)
    return {name: _text(v) if isinstance(v, datetime) else v for name, v in values.items()}


def _stay_from(body: Mapping[str, Any]) -> Stay:
    values = dict(body)
    values["box"] = np.array(body["box"], np.float32)
    values["patch"] = _unpacked(body["patch"])
    values["rest"] = tuple(body["rest"])
    for name in ("began_at", "seen_at", "absent_since"):
        values[name] = _moment(body[name])
    return Stay(**values)


def _packed(patch: Patch) -> str:
    """One signed byte per value, in steps of 1/32: normalised contrast stays within ±4."""
    return base64.b64encode(np.clip(np.round(patch * _PATCH_STEP), -127, 127).astype(np.int8).tobytes()).decode()


def _unpacked(text: str) -> Patch:
    values = np.frombuffer(base64.b64decode(text), np.int8).astype(np.float32) / np.float32(_PATCH_STEP)
    return np.asarray(values.reshape(SIDE, SIDE), np.float32)


def _life(life: ZoneLife) -> dict[str, Any]:
    return {
        "state": life.state,
        "since": _text(life.since),
        "noticed_at": _text(life.noticed_at),
        "blockage": None
        if life.blockage is None
        else {k: _text(v) if isinstance(v, datetime) else v for k, v in asdict(life.blockage).items()},
    }


def _life_from(body: Mapping[str, Any]) -> ZoneLife:
    blockage = body["blockage"]
    return ZoneLife(
        state=ZoneState(body["state"]),
        since=_moment(body["since"]),
        blockage=None if blockage is None else _blockage(blockage),
        noticed_at=_moment(body["noticed_at"]),
    )


def _blockage(body: Mapping[str, Any]) -> Blockage:
    times = {name: _moment(body[name]) for name in body if name.endswith("_at")}
    return Blockage(**{**body, **times})


def _market(market: Market) -> dict[str, Any]:
    return {
        "sights": {stall: asdict(sight) for stall, sight in market.sights.items()},
        "trade": _trade(market.trade),
        "trades": {stall: _trade(trade) for stall, trade in market.trades.items()},
        "pitches": [{"spot": pitch.spot, "seen_at": _text(pitch.seen_at)} for pitch in market.pitches],
        "stirred_at": _text(market.stirred_at),
        "told_of": market.told_of,
        "moves": market.moves,
        "moved": market.moved,
    }


def _trade(trade: Trade) -> dict[str, Any]:
    return {**asdict(trade), "counted_at": _text(trade.counted_at)}


def _market_from(body: Mapping[str, Any]) -> Market:
    return Market(
        sights={stall: Sight(**sight) for stall, sight in body["sights"].items()},
        trade=_trade_from(body["trade"]),
        trades={stall: _trade_from(trade) for stall, trade in body["trades"].items()},
        pitches=tuple(_pitch_from(pitch) for pitch in body["pitches"]),
        stirred_at=_moment(body["stirred_at"]),
        told_of=body["told_of"],
        moves=body["moves"],
        moved=body["moved"],
    )


def _trade_from(body: Mapping[str, Any]) -> Trade:
    return Trade(**{**body, "counted_at": _moment(body["counted_at"])})


def _pitch_from(body: Mapping[str, Any]) -> Pitch:
    x1, y1, x2, y2 = body["spot"]
    return Pitch((x1, y1, x2, y2), _moment(body["seen_at"]))


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(text: str | None) -> Any:
    return None if text is None else datetime.fromisoformat(text)
