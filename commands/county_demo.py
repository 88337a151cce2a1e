"""A made-up county for the demo: two departments on this machine, and rules that confirm and dispatch by themselves."""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

HEAD = """\
zh = "示范县"
en = "Sample county"
base_url = "{service}"

[rules]
auto_dispatch = true
close_after_verified = true
after_photo_required = true
verify_patience_s = 8

[[rules.auto_confirm]]
kind = "fire_lane"
min_confidence = 0.5

[[rules.auto_confirm]]
kind = "street_vending"
min_confidence = 0.5

[[route]]
kind = "fire_lane"
lead = "fire"
assists = ["urban"]
limit_continuous_hours = 2

[[route]]
kind = "street_vending"
lead = "urban"
limit_continuous_hours = 2

[[rejection_reason]]
id = "not-blocked"
zh = "通道未被堵塞"
en = "the lane is not blocked"

[[rejection_reason]]
id = "on-duty"
zh = "执勤车辆"
en = "a vehicle on duty"
"""

DEPARTMENT = """
[[department]]
id = "{id}"
zh = "{zh}"
en = "{en}"
[department.endpoint]
url = "{url}"
secret = "{secret}"
allowed = ["127.0.0.0/8"]
"""

CAMERA = """
[[camera]]
id = "{id}"
zh = "{name}"
"""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A department of the demo: where its receiver listens, and the secret they share."""

    id: str
    zh: str
    en: str
    port: int
    secret: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"


def neighbours(ports: tuple[int, int]) -> tuple[Neighbour, Neighbour]:
    return (
        Neighbour("fire", "消防救援大队", "Fire and rescue", ports[0], _secret()),
        Neighbour("urban", "城市管理局", "Urban management", ports[1], _secret()),
    )


def county_toml(service: str, departments: tuple[Neighbour, ...], cameras: Mapping[str, str]) -> str:
    parts = [HEAD.format(service=service)]
    parts += [DEPARTMENT.format(id=d.id, zh=d.zh, en=d.en, url=d.url, secret=d.secret) for d in departments]
    parts += [CAMERA.format(id=camera, name=name) for camera, name in cameras.items()]
    return "".join(parts)


def _secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
