"""Places on the maps of others: shifted ones, and surveyors' planes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision.coordinates import Datum, for_map, from_gcj02, from_map, is_shifted, to_gcj02
from vision.gauss_krueger import Zones, plane

SHIFTED = {
    "Beijing": ((39.9042, 116.4074), (39.905603343, 116.413642254)),
    "Shanghai": ((31.2304, 121.4737), (31.228457738, 121.478223059)),
    "Shenzhen": ((22.5431, 114.0579), (22.540382814, 114.063013999)),
    "Chengdu": ((30.5728, 104.0668), (30.570346141, 104.069305477)),
    "Wuhan": ((30.5928, 114.3055), (30.590390564, 114.310944888)),
    "Urumqi": ((43.8256, 87.6168), (43.826805393, 87.619649949)),
    "Xi'an": ((34.3416, 108.9398), (34.340044496, 108.944455634)),
    "Hong Kong": ((22.3193, 114.1694), (22.316550799, 114.174367066)),
}
"""As prcoords 1.0.2 shifts them."""
MILLIMETRE_DEG = 1e-3 / 111_320


@pytest.mark.parametrize("city", SHIFTED)
def test_a_city_is_shifted_as_public_maps_shift_it(city: str) -> None:
    place, shown = SHIFTED[city]
    assert to_gcj02(*place) == pytest.approx(shown, abs=1e-9)


@given(lat=st.floats(20, 50), lon=st.floats(75, 132))
def test_the_way_back_ends_within_a_millimetre(lat: float, lon: float) -> None:
    assert from_gcj02(*to_gcj02(lat, lon)) == pytest.approx((lat, lon), abs=MILLIMETRE_DEG)


def test_a_track_that_lies_where_a_shifted_map_shows_it_is_suspect() -> None:
    place, shown = SHIFTED["Wuhan"]
    near = (shown[0] + 0.0005, shown[1] - 0.0005)
    assert is_shifted(near, place)
    assert not is_shifted(place, place)
    assert not is_shifted((2 * place[0] - shown[0], 2 * place[1] - shown[1]), place)


def test_outside_of_china_nothing_is_shifted() -> None:
    assert to_gcj02(48.8566, 2.3522) == from_gcj02(48.8566, 2.3522) == (48.8566, 2.3522)


@pytest.mark.parametrize("datum", [Datum.WGS84, Datum.CGCS2000])
def test_a_basemap_that_is_not_shifted_gets_the_numbers_as_they_are(datum: Datum) -> None:
    assert for_map(22.3193, 114.1694, datum) == from_map(22.3193, 114.1694, datum) == (22.3193, 114.1694)


def test_a_click_on_a_shifted_basemap_comes_back_to_the_place_shown_there() -> None:
    assert from_map(*for_map(30.5928, 114.3055, Datum.GCJ02), Datum.GCJ02) == pytest.approx((30.5928, 114.3055))


@pytest.mark.parametrize(
    ("place", "zones", "easting", "northing", "epsg"),
    [
        ((30.5928, 114.3055), Zones.THREE, 38529299.8603, 3385869.4534, 4526),
        ((30.1, 115.4), Zones.THREE, 38634951.8788, 3332025.6952, 4526),
        ((30.5928, 114.3055), Zones.SIX, 20241530.5295, 3388924.2412, 4498),
        ((40.0, 76.0), Zones.SIX, 13585394.6197, 4430008.0677, 4491),
    ],
)
def test_plane_coordinates_are_those_of_proj_to_a_tenth_of_a_millimetre(
    place: tuple[float, float], zones: Zones, easting: float, northing: float, epsg: int
) -> None:
    found = plane(*place, zones)
    assert (found.easting_m, found.northing_m) == pytest.approx((easting, northing), abs=1e-4)
    assert found.epsg == epsg


def test_on_a_zones_middle_easting_is_half_a_million_behind_its_number() -> None:
    assert plane(30.0, 117.0).easting_m == pytest.approx(39_500_000, abs=1e-6)


def test_a_place_outside_of_chinas_zones_has_no_plane_coordinates() -> None:
    with pytest.raises(ValueError, match="outside"):
        plane(48.8566, 2.3522)


def test_a_degree_of_latitude_on_the_middle_is_as_long_as_the_meridian_says() -> None:
    length = plane(31, 117).northing_m - plane(30, 117).northing_m
    e2 = 0.00669438
    radius = 6_378_137 * (1 - e2) / (1 - e2 * math.sin(math.radians(30.5)) ** 2) ** 1.5
    assert length == pytest.approx(math.radians(1) * radius, abs=0.1)
