"""The tree of everything that can go wrong here; each error knows its HTTP status, its code and whether again helps.

ServiceError
├── BadInput            what was sent cannot be understood
│   ├── ReasonNeeded · UnknownReason · UnknownDepartment · AfterPhotoNeeded
├── Unauthorised · Forbidden · NotFound
├── Conflict            the world is not as the caller thought
│   ├── IllegalMove · PlaceTaken · AlreadyDispatched · ClaimedByAnother · NoRoute
│   └── Stale           somebody was faster: read, then try again
├── Busy                the database did not answer in time: try again
├── BadCounty           the county file is wrong: a person must look
├── LedgerBroken        a stamp was changed behind our back: a person must look
└── NotDelivered        a department was not reached: try again later
    ├── AddressRefused  the endpoint is not where the administrator allows it
    └── EndpointGone    the endpoint said it is gone for good
"""

from typing import ClassVar


class ServiceError(Exception):
    """`zh` and `en` say the same; `again` says whether repeating the very same call can succeed."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    again: ClassVar[bool] = False

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en


class BadInput(ServiceError):
    status = 422
    code = "bad_input"


class ReasonNeeded(BadInput):
    code = "reason_needed"

    def __init__(self) -> None:
        super().__init__("请写明理由", "say why")


class UnknownReason(BadInput):
    code = "unknown_reason"

    def __init__(self, reason: str, known: list[str]) -> None:
        super().__init__(f"没有这个理由：{reason}", f"no such reason: {reason}; known: {', '.join(known)}")


class UnknownDepartment(BadInput):
    code = "unknown_department"

    def __init__(self, department: str, known: list[str]) -> None:
        super().__init__(f"没有这个部门：{department}", f"no such department: {department}; known: {', '.join(known)}")


class AfterPhotoNeeded(BadInput):
    code = "after_photo_needed"

    def __init__(self) -> None:
        super().__init__("请附处置后照片", "a photo taken afterwards is needed")


class Unauthorised(ServiceError):
    status = 401
    code = "unauthorised"


class Forbidden(ServiceError):
    status = 403
    code = "forbidden"


class NotFound(ServiceError):
    status = 404
    code = "not_found"

    def __init__(self, what: str, which: str) -> None:
        super().__init__(f"找不到：{which}", f"no such {what}: {which}")


class Conflict(ServiceError):
    status = 409
    code = "conflict"


class IllegalMove(Conflict):
    code = "illegal_move"

    def __init__(self, what: str, status: str, event: str) -> None:
        super().__init__(f"当前状态“{status}”不能执行“{event}”", f"a {what} that is {status} cannot {event}")


class PlaceTaken(Conflict):
    code = "place_taken"

    def __init__(self, place: str) -> None:
        super().__init__(f"该处已有未办结事件：{place}", f"another incident is open at {place}")


class AlreadyDispatched(Conflict):
    code = "already_dispatched"

    def __init__(self, department: str) -> None:
        super().__init__(f"已派遣给该部门：{department}", f"{department} already has this incident")


class ClaimedByAnother(Conflict):
    code = "claimed_by_another"
    again = True

    def __init__(self, by: str) -> None:
        super().__init__(f"{by} 正在处理", f"{by} is working on it")


class NoRoute(Conflict):
    code = "no_route"

    def __init__(self, kind: str) -> None:
        super().__init__(f"没有配置 {kind} 的派遣部门，请人工选择", f"no department is routed for {kind}: choose one")


class Stale(Conflict):
    code = "stale"
    again = True

    def __init__(self, which: str) -> None:
        super().__init__("已被他人更新，请刷新", f"{which} was changed meanwhile: read it again")


class Busy(ServiceError):
    status = 503
    code = "busy"
    again = True

    def __init__(self) -> None:
        super().__init__("数据库忙，请稍后再试", "the database is busy: try again")


class BadCounty(ServiceError):
    """`where` is the file and the place in it; `zh` and `en` say what is wrong and what to do."""

    code = "bad_county"

    def __init__(self, where: str, zh: str, en: str) -> None:
        super().__init__(f"{where}：{zh}", f"{where}: {en}")


class LedgerBroken(ServiceError):
    code = "ledger_broken"

    def __init__(self, stamp_id: int, why: str) -> None:
        super().__init__(f"台账第 {stamp_id} 行被改动", f"ledger row {stamp_id}: {why}")
        self.stamp_id = stamp_id


class NotDelivered(ServiceError):
    """`retry_after_s` is what the receiver asked us to wait, `http_status` what it answered, if it did."""

    status = 502
    code = "not_delivered"
    again = True

    def __init__(self, why: str, *, http_status: int | None = None, retry_after_s: float | None = None) -> None:
        super().__init__("未送达", why)
        self.why = why
        self.http_status = http_status
        self.retry_after_s = retry_after_s


class AddressRefused(NotDelivered):
    code = "address_refused"
    again = False


class EndpointGone(NotDelivered):
    code = "endpoint_gone"
    again = False
