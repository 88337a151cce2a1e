"""Which names a card's files may have: what is a name on every system, leads nowhere else, and means nothing else."""

import unicodedata
from collections.abc import Iterable

from service.upload_errors import BadName

MOST_BYTES = 200  # of one part; file systems take 255, and we append to it
MOST_PARTS = 6
_FORBIDDEN = frozenset('\\<>:"|?*%')  # Windows' own, and the sign with which FFmpeg counts through files
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"}
)


def checked(name: str) -> str:
    """`name` as it may lie on our disk: relative, parts divided by `/`, NFC. Raises BadName."""
    parts = unicodedata.normalize("NFC", name).split("/")
    if len(parts) > MOST_PARTS:
        raise BadName(name, f"文件夹超过 {MOST_PARTS} 层", f"more than {MOST_PARTS} folders deep")
    for part in parts:
        why = _why_not(part)
        if why is not None:
            raise BadName(name, *why)
    return "/".join(parts)


def all_checked(names: Iterable[str]) -> list[str]:
    """Raises BadName also when two would be one file where case does not count."""
    kept: dict[str, str] = {}
    for name in map(checked, names):
        if name.casefold() in kept:
            raise BadName(name, "同名文件重复", "it is there twice (capital letters do not count)")
        kept[name.casefold()] = name
    _nothing_inside_a_file(kept)
    return list(kept.values())


def _nothing_inside_a_file(kept: dict[str, str]) -> None:
    for folded, name in kept.items():
        above = folded
        while "/" in above:
            above = above.rpartition("/")[0]
            if above in kept:
                raise BadName(name, "文件夹与另一文件同名", f"{kept[above]} would be a file and a folder")


def _why_not(part: str) -> tuple[str, str] | None:
    if not part:
        return "含空段", "an empty part"
    if part[0] in ".- " or part[-1] in ". ":
        return "不能以点、横线或空格开头，也不能以点或空格结尾", "it begins with . - or blank, or ends with . or blank"
    if len(part.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        return f"超过 {MOST_BYTES} 字节", f"longer than {MOST_BYTES} bytes"
    if _FORBIDDEN & set(part) or any(unicodedata.category(one)[0] == "C" for one in part):
        return "含有不允许的字符", "a character that is not allowed in it"
    if part.split(".")[0].rstrip().casefold() in _RESERVED:
        return "系统保留名", "a name that some systems reserve"
    return None
