"""What one county decided: its departments, who acts on what, its limits and its rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network

from pipelines.observation import Kind
from service.errors import NoRoute, ReasonNeeded, UnknownDepartment, UnknownReason
from service.names import Name

Network = IPv4Network | IPv6Network


KIND_NAMES: Mapping[Kind, Name] = {
    Kind.FIRE_LANE: Name("消防通道堵塞", "blocked fire lane"),
    Kind.STREET_VENDING: Name("占道经营", "street vending"),
    Kind.DAM_SEEPAGE: Name("堤坝渗漏", "dam seepage"),
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a department listens.

    The administrator names the networks (`allowed`) that its address may lie in: in a government network every
    endpoint is private, so there is no other way to tell a department's server from one of ours. Several `secrets`
    sign side by side while one is being replaced.
    """

    url: str
    secrets: tuple[str, ...] = field(repr=False)
    allowed: tuple[Network, ...]
    channel: str = "webhook"


@dataclass(frozen=True, slots=True)
class Department:
    id: str
    name: Name
    endpoint: Endpoint | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """Who leads, who assists, and the filed limit. Continuous hours: nights and holidays count too."""

    kind: Kind
    lead: str
    assists: tuple[str, ...] = ()
    limit_continuous_hours: float | None = None


@dataclass(frozen=True, slots=True)
class AutoConfirm:
    kind: Kind
    min_confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Everything that acts without a person is off unless the county turns it on.

    expire_cleared: what went away before anybody looked is not shown as waiting any more.
    verify_after_s: how long after "resolved" the camera waits before it looks; verify_patience_s: how long the
    place must then stay occupied before the work is sent back.
    """

    auto_confirm: tuple[AutoConfirm, ...] = ()
    auto_dispatch: bool = False
    expire_cleared: bool = False
    close_after_verified: bool = False
    after_photo_required: bool = False
    verify_after_s: float = 3.0
    verify_patience_s: float = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    name: Name
    base_url: str = ""
    departments: Mapping[str, Department] = field(default_factory=dict)
    routes: Mapping[Kind, Route] = field(default_factory=dict)
    rules: Rules = Rules()
    rejection_reasons: Mapping[str, Name] = field(default_factory=dict)
    cameras: Mapping[str, Name] = field(default_factory=dict)

    def department(self, department_id: str) -> Department:
        try:
            return self.departments[department_id]
        except KeyError:
            raise UnknownDepartment(department_id, sorted(self.departments)) from None

    def route(self, kind: Kind) -> Route:
        try:
            return self.routes[kind]
        except KeyError:
            raise NoRoute(kind) from None

    def limit_continuous_hours(self, kind: Kind) -> float | None:
        route = self.routes.get(kind)
        return None if route is None else route.limit_continuous_hours

    def confirms(self, kind: Kind, confidence: float) -> bool:
        return any(rule.kind is kind and confidence >= rule.min_confidence for rule in self.rules.auto_confirm)

    def endpoint(self, department_id: str) -> Endpoint | None:
        """None also for a department that the county no longer has: its old letters still lie in the outbox."""
        department = self.departments.get(department_id)
        return None if department is None else department.endpoint

    def camera_name(self, camera_id: str) -> Name:
        return self.cameras.get(camera_id, Name(camera_id, camera_id))

    def check_reason(self, reason: str) -> None:
        """A rejection names one of the county's reasons, so that they can be counted."""
        if not reason:
            raise ReasonNeeded
        if reason not in self.rejection_reasons:
            raise UnknownReason(reason, sorted(self.rejection_reasons))

    def recipients(self, kind: Kind, chosen: Sequence[str] | None) -> list[str]:
        """The lead first. What an operator chose, or what the routing rule says."""
        if chosen is None:
            route = self.route(kind)
            return [route.lead, *route.assists]
        return [self.department(one).id for one in dict.fromkeys(chosen)]
