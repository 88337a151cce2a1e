"""Subtitles as drones write them, one of each dialect, with figures of our own: a place by the Min river."""

from dataclasses import dataclass
from pathlib import Path

LAT, LON = 26.056725, 119.183980


@dataclass(frozen=True)
class Said:
    """A cue of one dialect, and what a reader must find in it."""

    dialect: str
    text: str
    lat: float | None = LAT
    lon: float | None = LON
    rel_alt: float | None = None
    abs_alt: float | None = None
    gimbal: tuple[float, float, float] | None = None
    focal_mm: float | None = None


_FRAME = "FrameCnt: 1, DiffTime: 33ms\n2026-04-24 10:10:00.250\n"
_PLACE = f"[latitude: {LAT}] [longitude: {LON}]"

DIALECTS = (
    Said("A1", "HOME(119.1839,26.0567) 2026.4.4 9:10:00\nGPS(119.1840,26.0567,16) Hb:31.9 Hs:31.9\nISO:100 TV:60",
         26.0567, 119.184, 31.9),
    Said("A2", "HOME(119.1839,26.0567) 2026.04.24 10:10:00\nGPS(119.1840,26.0567,16) BAROMETER:31.9\nISO:100",
         26.0567, 119.184, 31.9),
    Said("A3", "2026.04.24 10:10:00\nGPS(26.0567,119.1840,0.0M) BAROMETER:31.9M", 26.0567, 119.184, 31.9),
    Said("A4", f"GPS({LAT},{LON},69.800) BAROMETER(91.2) HOME(26.056706,119.183400)", abs_alt=69.8),
    Said("B1", f"F/2.8, SS 1950.57, ISO 100, EV 0, DZOOM 1.000, GPS ({LON}, {LAT}, 21), D 118.43m, H -1.50m, H.S n/a",
         rel_alt=-1.5),
    Said("B2", f"F/5.6, SS 400, GPS ({LON}, {LAT}, 15), HOME (119.18, 26.05, -57.98m), D 698.70m, H 85.80m, "
         "H.S 0.00m/s, F.PRY (2.7°, -7.0°, 110.1°), G.PRY (-24.4°, 0.5°, 110.4°)",
         rel_alt=85.8, gimbal=(110.4, -24.4, 0.5)),
    Said("B2", f"F/6.3, SS 60, RTK ({LON}, {LAT}, 28), HOME (119.18, 26.05, 103.55m), D 75.36m, H 76.19m, "
         "H.S 0.30m/s, F.PRY (-5.3°, 2.1°, 28.3°), G.PRY (-40.0°, 0.0°, 28.2°)",
         rel_alt=76.19, gimbal=(28.2, -40.0, 0.0)),
    Said("C1", "FrameCnt : 218, DiffTime : 40ms\n2026-04-24 10:10:00,250,904\n"
         f"[color_md : default] [focal_len : 280] [latitude : {LAT}] [longtitude : {LON}]", focal_mm=28.0),
    Said("C2", f"{_FRAME}[color_md : default] [latitude: {LAT}] [longtitude: {LON}] [altitude: 28.736000] "
         "[Drone: Yaw:-146.0, Pitch:-0.6, Roll:1.3]", abs_alt=28.736),
    Said("D1", f"SrtCnt : 1, DiffTime : 33ms\n2026-04-24 10:10:00,250,808\n[fnum : 280] [focal_len : 240] {_PLACE} "
         "[altitude: 117.000000]", abs_alt=117.0, focal_mm=24.0),
    Said("D2", f"{_FRAME}[fnum: 3.2] [focal_len: 24.00] {_PLACE} [rel_alt: -2.400 abs_alt: 0.401]",
         rel_alt=-2.4, abs_alt=0.401, focal_mm=24.0),
    Said("E1", f"{_FRAME}[focal_len: 40.00] [dzoom_ratio: 1.00], {_PLACE} [rel_alt: 75.645 abs_alt: 227.888] "
         "[gb_yaw: 76.8 gb_pitch: -49.1 gb_roll: 0.0]",
         rel_alt=75.645, abs_alt=227.888, gimbal=(76.8, -49.1, 0.0), focal_mm=40.0),
    Said("E2", f"{_FRAME}[fnum: 1.0] [focal_len: 58.00] [dzoom: 1.00]\n{_PLACE} [rel_alt: 40.162 abs_alt: 97.829]\n"
         "[drone_speedx: 0.2 drone_speedy: 0.0]\n[drone_yaw: -20.4 drone_pitch: 2.4 drone_roll: -2.1]\n"
         "[gb_yaw: -30.0 gb_pitch: -29.9 gb_roll: 0.0]\n\n0\n[dzoom_ratio: 10000, delta:0] [color_md : default]",
         rel_alt=40.162, abs_alt=97.829, gimbal=(-30.0, -29.9, 0.0), focal_mm=58.0),
    Said("E3", f"FrameCnt: 1, DiffTime: 41ms, FrameId: 4787\n2026-04-24 10:10:00.250\n[focal_len: 28.00] {_PLACE} "
         "[rel_alt: 5.400 abs_alt: -124.744] [gb_yaw: -162.8 gb_pitch: 0.0 gb_roll: 0.0] [shift x: 0.00, y: 0.00] "
         "[pp_timestamp:0] [pp_target:0.000, 0.000]",
         rel_alt=5.4, abs_alt=-124.744, gimbal=(-162.8, 0.0, 0.0), focal_mm=28.0),
    Said("E4", f"{_FRAME}[ct: 5562, tint: 0] {_PLACE} [rel_alt: 12.5 abs_alt: 30.5]", rel_alt=12.5, abs_alt=30.5),
    Said("D2", f"{_FRAME}{_PLACE} [rel_alt: 1.0 abs_alt: 2.0] [cmpr: lens pos = 37(stat 18), [ag:1000 sdg:1000",
         rel_alt=1.0, abs_alt=2.0),
    Said("G", f"{LON},{LAT},0"),
)  # fmt: skip


def an_srt(*texts: str, seconds: float = 1.0) -> str:
    """Cues of equal length, one after the other."""
    return "".join(a_cue(n, text, n * seconds, (n + 1) * seconds) for n, text in enumerate(texts))


def a_cue(n: int, text: str, begin: float, end: float) -> str:
    return f'{n + 1}\n{clock(begin)} --> {clock(end)}\n<font size="28">{text}</font>\n\n'


def clock(seconds: float) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3600000:02}:{whole // 60000 % 60:02}:{whole // 1000 % 60:02},{whole % 1000:03}"


def flown(n: int, *, lat: float = LAT, lon: float = LON, rel: float = 30.0, second: float | None = None) -> str:
    """The n-th cue of a flight of an M3T, a second a cue, 10 m eastward each."""
    at = n if second is None else second
    return (
        f"FrameCnt: {n}, DiffTime: 33ms\n2026-04-24 10:{10 + int(at) // 60}:{int(at) % 60:02}.000\n"
        f"[focal_len: 40.00] [dzoom_ratio: 1.00], [latitude: {lat:.6f}] [longitude: {lon + n * 1e-4:.6f}] "
        f"[rel_alt: {rel:.3f} abs_alt: 111.000] [gb_yaw: 20.8 gb_pitch: -60.0 gb_roll: 0.0]"
    )


def a_flown_srt(path: Path, count: int = 30) -> Path:
    path.write_text(an_srt(*(flown(n) for n in range(count))), encoding="utf-8")
    return path
