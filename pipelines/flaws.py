"""What can be wrong with a card, a recording or its telemetry: each with a name, in Chinese and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Flaw(StrEnum):
    EMPTY = "empty"
    BROKEN = "broken"
    CUT_OFF = "cut_off"
    UNSUPPORTED = "unsupported"
    DUPLICATE = "duplicate"
    UNPAIRED = "unpaired"
    PART_MISSING = "part_missing"
    NO_GPS = "no_gps"
    ZERO_GPS = "zero_gps"
    STALE_GPS = "stale_gps"
    COARSE_GPS = "coarse_gps"
    GPS_JUMP = "gps_jump"
    HEMISPHERE = "hemisphere"
    SWAPPED = "swapped"
    NO_HEIGHT = "no_height"
    NO_GIMBAL = "no_gimbal"
    NO_CLOCK = "no_clock"
    LOCAL_CLOCK = "local_clock"
    CLOCK_OFF = "clock_off"
    CLOCK_JUMP = "clock_jump"
    ROTATED = "rotated"
    VARIABLE_RATE = "variable_rate"
    LENGTHS_DIFFER = "lengths_differ"
    STRIPPED = "stripped"
    NO_DEGREES = "no_degrees"
    NO_READER = "no_reader"


FLAWS: Mapping[Flaw, str] = {
    Flaw.EMPTY: "空文件 empty",
    Flaw.BROKEN: "文件损坏 broken",
    Flaw.CUT_OFF: "记录中断 cut off",
    Flaw.UNSUPPORTED: "格式不支持 not supported",
    Flaw.DUPLICATE: "重复文件 duplicate",
    Flaw.UNPAIRED: "未配对 unpaired",
    Flaw.PART_MISSING: "缺少分段 a part is missing",
    Flaw.NO_GPS: "无定位 no GPS",
    Flaw.ZERO_GPS: "定位为 0,0 position 0, 0",
    Flaw.STALE_GPS: "定位停滞 stale GPS",
    Flaw.COARSE_GPS: "定位粗略 coarse GPS",
    Flaw.GPS_JUMP: "定位跳变 position jumps",
    Flaw.HEMISPHERE: "半球错误 wrong hemisphere",
    Flaw.SWAPPED: "经纬度颠倒 latitude and longitude swapped",
    Flaw.NO_HEIGHT: "无高度 no height",
    Flaw.NO_GIMBAL: "无云台角度 no gimbal angles",
    Flaw.NO_CLOCK: "时间未知 clock unknown",
    Flaw.LOCAL_CLOCK: "当地时间未注明时区 local time, zone not said",
    Flaw.CLOCK_OFF: "时钟不准 clock off",
    Flaw.CLOCK_JUMP: "时间跳变 clock jumps",
    Flaw.ROTATED: "画面旋转 rotated picture",
    Flaw.VARIABLE_RATE: "帧率可变 variable frame rate",
    Flaw.LENGTHS_DIFFER: "时长不一致 lengths differ",
    Flaw.STRIPPED: "元数据被删除 metadata stripped",
    Flaw.NO_DEGREES: "仅有原始计数 counts only, no degrees",
    Flaw.NO_READER: "缺少读取工具 reader not installed",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is wrong: what, in which file, and the detail with its figures."""

    flaw: Flaw
    where: str
    detail: str

    def __str__(self) -> str:
        return f"{self.where}: {FLAWS[self.flaw]}: {self.detail}"
