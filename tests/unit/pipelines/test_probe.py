"""What a look into a stranger's file says, and that it cannot be made to open another."""

import json
import resource
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from pipelines.probe import CPU_S, MEMORY_BYTES, WRITTEN_BYTES, look

ROOT = Path(__file__).parents[3]
CLIP = ROOT / "samples" / "dam_flight_6.mp4"


def a_jpeg(width: int, height: int) -> bytes:
    app1 = b"\xff\xe1" + struct.pack(">H", 1002) + bytes(1000)
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes(9)
    return b"\xff\xd8" + app1 + b"\xff\xdb\x00\x43" + bytes(65) + frame


def a_png(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_pictures_tell_their_size_without_being_decoded(tmp_path: Path) -> None:
    assert look("jpeg", written(tmp_path / "a", a_jpeg(4000, 3000))) == {"width": 4000, "height": 3000}
    assert look("png", written(tmp_path / "b", a_png(640, 512))) == {"width": 640, "height": 512}


@pytest.mark.parametrize("content", [b"\xff\xd8\xff", b"\xff\xd8\xff\xe0" + bytes(99), b"\xff\xd8\xff\xda\x00\x02"])
def test_a_picture_that_ends_too_soon_is_trouble_and_no_error(tmp_path: Path, content: bytes) -> None:
    assert "size can't be found" in look("jpeg", written(tmp_path / "a", content))["trouble"]


def test_a_picture_that_would_fill_the_memory_is_named(tmp_path: Path) -> None:
    assert "65535 x 65535" in look("jpeg", written(tmp_path / "a", a_jpeg(65535, 65535)))["trouble"]


def test_telemetry_is_not_opened_here(tmp_path: Path) -> None:
    assert look("srt", tmp_path / "not even there") == {}


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXTINF:1,\nfile://{clip}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '{clip}'\n",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n",
    ],
)
def test_a_list_of_other_files_is_not_followed_whatever_it_is_said_to_be(tmp_path: Path, text: str) -> None:
    seen = look("mp4", written(tmp_path / "a.mp4", text.format(clip=CLIP).encode()))
    assert set(seen) == {"trouble"}


def test_as_a_process_it_limits_itself_before_it_touches_the_file(tmp_path: Path) -> None:
    program = (
        "import json, resource, sys\nfrom pipelines import probe\n"
        "probe.look = lambda *_: {name: resource.getrlimit(getattr(resource, name))[1] for name in "
        "('RLIMIT_CPU', 'RLIMIT_AS', 'RLIMIT_FSIZE')}\nprobe.main(['mp4', 'x'])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    limits = {"RLIMIT_CPU": CPU_S, "RLIMIT_AS": MEMORY_BYTES, "RLIMIT_FSIZE": WRITTEN_BYTES}
    assert json.loads(done.stdout) == limits
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] != WRITTEN_BYTES
