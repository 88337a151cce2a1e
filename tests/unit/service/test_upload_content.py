"""What is footage, by its first bytes."""

from pathlib import Path

import pytest

from service.upload_content import HEAD, Format, format_of

FIXTURES = Path(__file__).parents[4] / "shared" / "data" / "drone"
NOT_TELEMETRY = frozenset({"juanirache_broken_empty.SRT", "juanirache_broken_empty2.SRT"})
_CUE = b"1\r\n00:00:00,000 --> 00:00:00,033\r\n[latitude: 30.1]\r\n"
_TS = (b"\x47" + bytes(187)) * 9
_M2TS = (bytes(4) + b"\x47" + bytes(187)) * 9


@pytest.mark.parametrize(
    ("head", "format_"),
    [
        (b"\xff\xd8\xff\xe1", Format.JPEG),
        (b"\x89PNG\r\n\x1a\n", Format.PNG),
        (b"II*\0" + bytes(9), Format.TIFF),
        (b"MM\0*" + bytes(9), Format.TIFF),
        (b"\0\0\0\x18ftypheic", Format.HEIF),
        (b"\0\0\0\x18ftypqt  ", Format.MP4),
        (b"\0\0\0\x08wide\0\0\0\0mdat", Format.MP4),
        (b"\x1a\x45\xdf\xa3", Format.MATROSKA),
        (b"RIFF\0\0\0\0AVI LIST", Format.AVI),
        (_TS, Format.MPEG_TS),
        (_M2TS, Format.MPEG_TS),
        (bytes.fromhex("060e2b34020b01010e01030101000000"), Format.KLV),
        (bytes.fromhex("0b01010e0103010100000081"), Format.KLV),  # begins within a packet
        (_CUE, Format.SUBTITLES),
        (b"\xef\xbb\xbf" + _CUE, Format.SUBTITLES),
        (b"1\n2017.08.05 14:11:51,393\n[latitude : -20.2]\n", Format.SUBTITLES),
        ("时间,纬度,经度\n1,30.1,110.2\n".encode(), Format.TABLE),
        (b'<?xml version="1.0"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">', Format.TRACK),
        (b"<gpx>", Format.TRACK),
    ],
)
def test_what_a_drone_brings_is_known(head: bytes, format_: Format) -> None:
    assert format_of(head) is format_


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"1\n",
        b"#EXTM3U\n#EXTINF:1,a,b\nhttp://10.0.0.1/\n",
        b"ffconcat version 1.0\nfile 'a,b,c'\n",
        b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nc=IN IP4 224.2.36.42\r\n",
        b'<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011">',
        b'<?xml version="1.0"?>\n<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml>',
        b"[playlist]\nFile1=http://x,y,z\n",
        b"[InternetShortcut]\nURL=file:///a,b,c",
        b"<html><script>,,,</script>",
        b'{"a": 1, "b": 2, "c": 3}',
        b"MZ\x90\0",
        b"\x7fELF",
        b"PK\x03\x04",
        b"GIF89a",
        b"%PDF-1.7",
        b"one,two,three\n\0\0\0",
        b"\x47" + bytes(900),
        b"1\njust some words\n",
    ],
)
def test_what_is_no_footage_or_leads_elsewhere_is_not_taken(head: bytes) -> None:
    assert format_of(head) is None


def test_every_real_drone_file_that_holds_something_is_taken() -> None:
    if not FIXTURES.is_dir():
        pytest.skip("the drone sample data is not beside the project")
    wanted = {".srt", ".jpg", ".klv", ".mp4", ".csv", ".tif"}
    files = [path for path in FIXTURES.rglob("*") if path.suffix.lower() in wanted and path.name not in NOT_TELEMETRY]
    refused = [path.name for path in files if format_of(path.read_bytes()[:HEAD]) is None]
    assert len(files) > 50
    assert refused == []
