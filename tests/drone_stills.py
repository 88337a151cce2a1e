"""Stills as drones write them: a JPEG with an XMP block, and with radiometric segments of our own making."""

import struct

import cv2
import numpy as np
from numpy.typing import NDArray

_NAMES = 'xmlns:drone-dji="http://www.dji.com/drone-dji/1.0/"'

USUAL = {
    "tiff:Model": "M3T",
    "xmp:CreateDate": "2026-04-24T10:10:00+08:00",
    "drone-dji:ImageSource": "WideCamera",
    "drone-dji:GpsLatitude": "+26.056725",
    "drone-dji:GpsLongitude": "+119.183980",
    "drone-dji:AbsoluteAltitude": "+111.000",
    "drone-dji:RelativeAltitude": "+25.000",
    "drone-dji:GimbalYawDegree": "+20.80",
    "drone-dji:GimbalPitchDegree": "-60.00",
    "drone-dji:GimbalRollDegree": "+0.00",
    "drone-dji:FlightYawDegree": "+34.50",
    "drone-dji:DroneSerialNumber": "1581F5FJD234",
}


def a_jpeg(width: int = 64, height: int = 48, *, shade: int = 90) -> bytes:
    return cv2.imencode(".jpg", np.full((height, width, 3), shade, np.uint8))[1].tobytes()


def with_segment(jpeg: bytes, marker: int, body: bytes) -> bytes:
    """The body in as many segments as it needs, before everything else."""
    pieces = [body[at : at + 65_000] for at in range(0, len(body), 65_000)]
    written = b"".join(bytes([0xFF, marker]) + (len(p) + 2).to_bytes(2, "big") + p for p in pieces)
    return jpeg[:2] + written + jpeg[2:]


def with_xmp(jpeg: bytes, tags: dict[str, str]) -> bytes:
    said = " ".join(f'{name}="{value}"' for name, value in tags.items())
    packet = f'<x:xmpmeta><rdf:RDF><rdf:Description rdf:about="DJI Meta Data" {_NAMES} {said}/></rdf:RDF></x:xmpmeta>'
    return with_segment(jpeg, 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet.encode())


def a_still(**changed: str) -> bytes:
    """A usual still; `GpsLatitude="0"` changes a tag of DJI's."""
    return with_xmp(a_jpeg(), USUAL | {f"drone-dji:{name}": value for name, value in changed.items()})


WIDE, HIGH = 640, 512
_ROWS, _COLUMNS = 14, 64


def air_table(share: float = 0.8) -> bytes:
    """A table of the air's transmission that says 1 at no distance and `share` everywhere else."""
    table = np.full((_ROWS, _COLUMNS), round(share * 16384), np.uint16)
    table[:, 0] = 16384
    return b"\xff" * 256 + table.tobytes() + b"\0" * 4096


def conditions(*, air_c: float = 25.0, emissivity: float = 0.95, reflected_c: float = 25.0) -> bytes:
    figures = struct.pack("<5f", air_c, 5.0, emissivity, 0.5, reflected_c)
    return b"\xff\xd2\xd1\xffiirp" + bytes(24) + figures + bytes(204)


def a_thermal_still(
    counts: NDArray[np.uint16] | None = None, *, block: bytes | None = None, air: bytes | None = None
) -> bytes:
    """A radiometric JPEG of 640 x 512; 26.85 degrees apparent (300 K) everywhere unless told."""
    raw = np.full((HIGH, WIDE), 300 * 64, np.uint16) if counts is None else counts
    jpeg = with_segment(a_jpeg(), 0xE5, air_table() if air is None else air)
    jpeg = with_segment(jpeg, 0xE4, conditions() if block is None else block)
    return with_segment(jpeg, 0xE3, raw.astype("<u2").tobytes())
