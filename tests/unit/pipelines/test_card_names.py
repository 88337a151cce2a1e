"""What a file on a card is, by its name."""

from datetime import datetime
from pathlib import PurePosixPath

import pytest

from pipelines.card_names import Name, What, name_of, what_is

AT = datetime(2026, 4, 24, 10, 10)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("DJI_0001.MP4", Name("dji_0001", number=1)),
        ("DJI_0001_T.JPG", Name("dji_0001", "T", number=1)),
        ("DJI_0001_R.JPG", Name("dji_0001", "T", number=1)),
        ("DJI_20260424101000_0042_W.MP4", Name("dji_20260424101000_0042", "W", AT, 42)),
        ("DJI_20260424101000_0042_Z.JPG", Name("dji_20260424101000_0042", "Z", AT, 42)),
        ("DJI_20261399101000_0042.MP4", Name("dji_20261399101000_0042", number=42)),
        ("dam_flight_6.mp4", Name("dam_flight_6")),
        ("dam_flight_6_thermal.mp4", Name("dam_flight_6", "T")),
        ("dam_flight_6_thermal_0050.tiff", Name("dam_flight_6", "T", frame=50)),
        ("Left bank_T.mov", Name("left bank", "T")),
    ],
)
def test_a_name_says_whose_press_which_lens_and_when(name: str, found: Name) -> None:
    assert name_of(PurePosixPath(name)) == found


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("DCIM/100MEDIA/DJI_0001.MP4", What.VIDEO),
        ("DCIM/100MEDIA/DJI_0001.srt", What.SUBTITLES),
        ("DCIM/100MEDIA/DJI_0001.DNG", What.RAW),
        ("DCIM/100MEDIA/DJI_0001.LRF", What.JUNK),
        ("DCIM/100MEDIA/._DJI_0001.MP4", What.JUNK),
        (".Trashes/501/DJI_0001.MP4", What.JUNK),
        ("MISC/THM/100/DJI_0001.JPG", What.JUNK),
        ("notes.docx", What.OTHER),
    ],
)
def test_a_path_says_what_a_file_is(path: str, what: What) -> None:
    assert what_is(PurePosixPath(path)) is what
