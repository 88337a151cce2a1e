"""What flight.json says of a flight: what was paired and why, what was wrong, and whether its clock is known."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pipelines.flaws import FLAWS, Remark
from pipelines.flight import Clip, Flight, FlightClock, Recording, Shot
from pipelines.telemetry import Fix, Track

Entry = Mapping[str, object]


def flight_entry(flight: Flight, root: Path) -> Entry:
    """Plain values for JSON. Files are told from `root`; times are ISO 8601 UTC, `local` ones the drone's wall clock.

    `clock_unknown` true: no time of this flight may be used to measure how fast anybody was.
    """
    return {
        "id": flight.id,
        "clock_unknown": not flight.clock.is_known and not _true(flight),
        "clock": _clock(flight.clock),
        "captured": {
            "from": _iso(flight.clock.true(flight.begins) or _true(flight)),
            "to": _iso(flight.clock.true(flight.ends)),
            "local_from": _iso(flight.begins),
            "local_to": _iso(flight.ends),
        },
        "recordings": [_recording(recording, root) for recording in flight.recordings],
        "stills": [_shot(shot, root) for shot in flight.shots],
        "paired": [{"how": pairing.how.value, "files": list(pairing.files)} for pairing in flight.pairings],
        "remarks": [remark_entry(remark) for remark in flight.remarks],
    }


def remark_entry(remark: Remark) -> Entry:
    return {"flaw": remark.flaw.value, "name": FLAWS[remark.flaw], "file": remark.where, "detail": remark.detail}


def _true(flight: Flight) -> datetime | None:
    """The first time that telemetry itself says in UTC."""
    tracks = [recording.track.fixes for recording in flight.recordings if recording.track]
    stills = [shot.fix for shot in flight.shots if shot.fix]
    return min((fix.at for fixes in (*tracks, stills) for fix in fixes if fix.at), default=None)


def _clock(clock: FlightClock) -> Entry:
    zone = None if clock.zone is None else str(clock.zone)
    return {"zone": zone, "source": clock.source, "offset_s": clock.offset_s, "error_s": clock.error_s}


def _recording(recording: Recording, root: Path) -> Entry:
    return {
        "name": recording.name,
        "local_from": _iso(recording.begins),
        "seconds": round(recording.seconds, 3),
        "clips": [_clip(clip, root) for clip in recording.clips],
        "radiometric": [{"file": _inside(s.path, root), "media_s": s.media_s} for s in recording.samples],
    }


def _clip(clip: Clip, root: Path) -> Entry:
    return {
        "lens": "thermal" if clip.is_thermal else (clip.lens or "colour"),
        "files": [_inside(path, root) for path in clip.parts],
        "seconds": round(clip.seconds, 3),
        "size_px": [clip.facts.width_px, clip.facts.height_px],
        "rate_hz": clip.facts.rate_hz,
        "variable_rate": clip.facts.is_variable,
        "turned_deg": clip.facts.turned_deg,
        "telemetry": None if clip.track is None else _track(clip.track),
    }


def _track(track: Track) -> Entry:
    return {
        "file": track.name,
        "dialect": track.dialect,
        "fixes": len(track.fixes),
        "has_position": track.has_place,
        "has_gimbal": track.has_gimbal,
        "seconds": round(track.seconds, 3),
        "first": _fix(track.first()),
    }


def _shot(shot: Shot, root: Path) -> Entry:
    files = {("thermal" if lens == "T" else lens or "colour"): _inside(path, root) for lens, path in shot.pictures}
    return {"name": shot.name, "files": files, "local": _iso(shot.begins), "fix": _fix(shot.fix)}


def _fix(fix: Fix | None) -> Entry | None:
    """WGS-84 degrees, metres above take-off, degrees of the gimbal."""
    if fix is None:
        return None
    return {
        "at": _iso(fix.at),
        "lat": fix.lat_deg,
        "lon": fix.lon_deg,
        "rel_alt_m": fix.rel_alt_m,
        "yaw_deg": fix.yaw_deg,
        "pitch_deg": fix.pitch_deg,
    }


def _inside(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
