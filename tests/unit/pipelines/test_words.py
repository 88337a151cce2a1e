"""What evidence says of things and measures."""

from pipelines.observation import Measure
from pipelines.words import label_of, measured


def test_a_row_of_stalls_is_told_with_its_count_its_area_and_its_customers() -> None:
    row = {"customers": Measure(4.0, "1"), "area": Measure(7.46, "m2"), "stalls": Measure(3.0, "1")}
    assert measured(row) == ("摊位 stalls 3", "占地 taken 7.5 m²", "顾客 customers 4")


def test_a_blocked_lane_has_its_width_elsewhere_and_nothing_to_count() -> None:
    assert measured({"clear_width": Measure(2.6, "m"), "things": Measure(1.0, "1")}) == ()


def test_what_sells_is_named_in_chinese_first() -> None:
    assert [label_of(label) for label in ("stall", "mobile_stall")] == ["摊位 stall", "流动摊贩 mobile stall"]
