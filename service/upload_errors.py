"""What can go wrong between a drone's card and our disk; each error says what to do and whether again helps."""

from service.errors import BadInput, Conflict, Forbidden, NotFound, ServiceError


class BadName(BadInput):
    code = "bad_name"

    def __init__(self, name: str, zh: str, en: str) -> None:
        super().__init__(f"文件名“{printable(name)}”不能用：{zh}", f"the name {printable(name)!r} can't be used: {en}")


class TooManyFiles(BadInput):
    code = "too_many_files"

    def __init__(self, n: int, most: int) -> None:
        super().__init__(
            f"{n} 个文件，最多 {most} 个，请分几次飞行上传",
            f"{n} files, {most} at most: declare them as several flights",
        )


class FileTooLarge(ServiceError):
    status = 413
    code = "file_too_large"

    def __init__(self, name: str, size: int, most: int) -> None:
        super().__init__(
            f"{name} 有 {in_gib(size)}，最多 {in_gib(most)}", f"{name} has {in_gib(size)}, {in_gib(most)} at most"
        )


class QuotaSpent(Forbidden):
    code = "quota_spent"

    def __init__(self, team: str, held: int, wanted: int, most: int) -> None:
        super().__init__(
            f"{team} 已占用 {in_gib(held)}，再加 {in_gib(wanted)} 超过配额 {in_gib(most)}，"
            "请撤回未完成的飞行或请管理员增加配额",
            f"{team} holds {in_gib(held)}; {in_gib(wanted)} more exceeds its quota of {in_gib(most)}: "
            "withdraw unfinished flights or ask the administrator for more",
        )


class DiskFull(ServiceError):
    """What has come so far is kept."""

    status = 507
    code = "disk_full"
    again = True

    def __init__(self) -> None:
        super().__init__(
            "服务器磁盘已满，已收到的部分保留；腾出空间后会接着传",
            "the server's disk is full; what has come is kept: make room there, then the same request works",
        )


class NothingNew(Conflict):
    code = "nothing_new"

    def __init__(self, flights: list[str]) -> None:
        super().__init__("这些文件都已收到过", f"every file was received before, in flight {', '.join(flights)}")


class NotUploading(Conflict):
    code = "not_uploading"

    def __init__(self, what: str, status: str) -> None:
        super().__init__(f"已不再接收（{status}）", f"this {what} is {status}: nothing more is taken")


class WrongOffset(Conflict):
    code = "wrong_offset"

    def __init__(self, sent: int, held: int) -> None:
        super().__init__(
            f"偏移 {sent} 与已收到的 {held} 不符，请先查询再续传",
            f"sent for offset {sent}, but {held} bytes are here: ask with HEAD and go on from there",
        )


class BeingWritten(ServiceError):
    status = 423
    code = "being_written"
    again = True

    def __init__(self) -> None:
        super().__init__("该文件正由另一请求写入", "another request is writing or checking this file: try again")


class Stalled(ServiceError):
    status = 408
    code = "stalled"
    again = True

    def __init__(self, seconds: float) -> None:
        super().__init__("连接停滞，已收到的部分保留", f"nothing came for {seconds:.0f} s; what has come is kept")


class TooMuchSent(ServiceError):
    status = 413
    code = "too_much_sent"

    def __init__(self) -> None:
        super().__init__("内容超过声明的大小", "more was sent than was declared for this file")


class PieceDamaged(ServiceError):
    """460 is tus 1.0's own number for it."""

    status = 460
    code = "piece_damaged"
    again = True

    def __init__(self) -> None:
        super().__init__(
            "这一段在传输中损坏，请重传", "this piece was damaged on its way and thrown away: send it again"
        )


class NotWhatWasSaid(Conflict):
    """The whole file's SHA-256 differs from the declared one: it was thrown away."""

    code = "sha256_differs"
    again = True

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} 的 SHA-256 与声明不符，已丢弃，请重传",
            f"the SHA-256 of {name} is not the declared one; it was thrown away: send it again",
        )


class NotFootage(ServiceError):
    status = 415
    code = "not_footage"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} 的内容不是可接收的视频、照片或遥测（播放列表一律不收）",
            f"{name} holds no video, still or telemetry of a kind that is taken (playlists never are)",
        )


class WrongKind(ServiceError):
    status = 415
    code = "wrong_kind"

    def __init__(self, name: str, declared: str, format_: str) -> None:
        super().__init__(
            f"{name} 声明为 {declared}，内容却是 {format_}", f"{name} was declared as {declared} but holds {format_}"
        )


class NoSuchFlight(NotFound):
    def __init__(self, flight_id: str) -> None:
        super().__init__("flight", flight_id)


def in_gib(size: int) -> str:
    return f"{size / 2**30:.2f} GiB"


def printable(name: str) -> str:
    """Fit for a message: what is not printable is shown by its number."""
    shown = name.encode("unicode_escape", "backslashreplace").decode("ascii") if not name.isprintable() else name
    return shown[:80]
