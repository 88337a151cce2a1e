"""Prints what each sample shows beside what was raised, and where they differ."""

from collections.abc import Sequence

from commands.sample_list import WITHIN_S, Verdict
from pipelines.observation import Kind
from pipelines.words import KINDS


def print_table(verdicts: Sequence[Verdict]) -> None:
    """Nothing for no verdicts: footage of one's own has no truth to compare with."""
    if not verdicts:
        return
    print(f"\n与真值核对（误差不超过 {WITHIN_S:g} s）/ held against the truth (within {WITHIN_S:g} s)")
    for verdict in verdicts:
        print("  " + line(verdict))
    wrong = sum(not verdict.holds for verdict in verdicts)
    known = sum(verdict.is_known_miss for verdict in verdicts)
    beside = f"，另有 {known} 处已知漏报 / besides {known} known to be missed" if known else ""
    print(("  其余相符 / all as shown" if not wrong else f"  {wrong} 处不符 / {wrong} differ") + beside)


def line(verdict: Verdict) -> str:
    mark = "△" if verdict.is_known_miss else "✓" if verdict.holds else "✗"
    return f"{mark} {verdict.sample.name:<14} {_said(verdict)}"


def _said(verdict: Verdict) -> str:
    if not verdict.kind:
        return "无事，也未上报 / nothing happens, nothing was raised"
    where = f"{KINDS[Kind(verdict.kind)]} @ {verdict.zone}: "
    if verdict.true_s is None:
        return where + f"误报 / raised at {verdict.raised_s:.1f} s, and nothing is there"
    if verdict.is_known_miss:
        return where + f"已知漏报 / known to be missed: {verdict.sample.missed}"
    if verdict.raised_s is None:
        return where + f"漏报 / begins at {verdict.true_s:.1f} s, and was not raised"
    late = verdict.raised_s - verdict.true_s
    return where + f"真值 / true {verdict.true_s:.1f} s · 上报 / raised {verdict.raised_s:.1f} s · {late:+.1f} s"
