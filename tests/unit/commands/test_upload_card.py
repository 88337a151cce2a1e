"""What of a folder is sent, and why the rest is not."""

from collections.abc import Mapping
from pathlib import Path

from commands.upload_card import read_card
from service.flights import FileKind

JPEG = b"\xff\xd8\xff\xe0" + bytes(99)
MP4 = b"\0\0\0\x18ftypmp42" + bytes(99)
SRT = b"1\n00:00:00,000 --> 00:00:00,033\n[latitude: 30.1]\n"


def put(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def test_footage_is_known_by_its_content_and_heat_by_how_its_maker_ends_the_name(tmp_path: Path) -> None:
    put(tmp_path, {"DCIM/a.MP4": MP4, "DCIM/b_T.JPG": JPEG, "DCIM/c.JPG": JPEG, "DCIM/a.SRT": SRT})
    assert {one.name: one.kind for one in read_card(tmp_path).files} == {
        "DCIM/a.MP4": FileKind.VIDEO,
        "DCIM/a.SRT": FileKind.TELEMETRY,
        "DCIM/b_T.JPG": FileKind.THERMAL,
        "DCIM/c.JPG": FileKind.STILL,
    }


def test_what_is_left_out_is_named_with_the_reason(tmp_path: Path) -> None:
    put(tmp_path, {"a.LRF": MP4, "b.SRT": b"", "c.mp4": b"#EXTM3U\nhttp://x/\n", "img%d.jpg": JPEG})
    card = read_card(tmp_path)
    assert card.files == ()
    assert [(one.name, one.why.split()[0]) for one in card.left_out] == [
        ("a.LRF", "预览"),
        ("b.SRT", "空文件"),
        ("c.mp4", "不是视频、照片或遥测"),
        ("img%d.jpg", "文件名“img%d.jpg”不能用：含有不允许的字符"),
    ]


def test_what_systems_hide_on_cards_and_links_that_lead_elsewhere_are_not_even_named(tmp_path: Path) -> None:
    put(tmp_path / "card", {"._a.jpg": JPEG, ".Trashes/a.jpg": JPEG, "x.jpg": JPEG})
    outside = put(tmp_path / "outside", {"y.jpg": JPEG})
    (tmp_path / "card" / "linked").symlink_to(outside)
    (tmp_path / "card" / "z.jpg").symlink_to(outside / "y.jpg")
    card = read_card(tmp_path / "card")
    assert ([one.name for one in card.files], card.left_out) == (["x.jpg"], ())


def test_a_name_that_a_mac_took_apart_is_declared_as_the_service_keeps_it(tmp_path: Path) -> None:
    (tmp_path / "e\u0301.jpg").write_bytes(JPEG)
    assert [one.name for one in read_card(tmp_path).files] == ["\u00e9.jpg"]
