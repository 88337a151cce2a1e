"""Prints an incident's road: every stage, when it was reached, and the milliseconds since the one before."""

from typing import Any

WORDS = {
    "onset": "开始占道",
    "captured": "拍摄",
    "received": "接收",
    "detected": "识别",
    "dwell_met": "停留超时",
    "decided": "判定",
    "raised": "上报",
    "shown": "上屏",
    "confirmed": "确认",
    "dispatched": "派遣",
    "sent": "发送",
    "delivered": "送达",
    "acknowledged": "接单",
    "arrived": "到场",
    "resolved": "处置完成",
    "verified": "复核",
    "closed": "结案",
}


def print_road(incident: dict[str, Any]) -> None:
    why, camera = incident["why"], incident["camera_name"]["zh"]
    print(f"\n{incident['number']}  {camera}  {incident['kind']}  {why['zh']} / {why['en']}")
    since = {(stage["start"], stage["end"]): stage["seconds"] for stage in incident["stages"]}
    before = None
    for stop in incident["road"]:
        if stop["at"] is None:
            continue
        step = stop["step"]
        took = since.get((before, step))
        later = "" if took is None else f"+{took * 1000:,.0f} ms"
        print(f"  {step:<14}{WORDS.get(step, ''):<8}\t{stop['at']}\t{later}")
        before = step
    print(f"  现状 / status: {incident['status']}{_rework(incident)}{_unverified(incident)}")


def _rework(incident: dict[str, Any]) -> str:
    if not incident["reworks"]:
        return ""
    return f"，摄像头复核仍被占用，已退回 {incident['reworks']} 次 / the camera still saw it blocked: sent back"


def _unverified(incident: dict[str, Any]) -> str:
    if incident["status"] != "resolved":
        return ""
    return "，录像已放完，摄像头无法复核 / its footage is over, so the camera cannot verify"
