"""Kills the patrol or the service 100 times at random moments, and counts what was lost or doubled.

.venv/bin/python -m benchmarks.kill [KILLS] [SEED]
"""

import sys
import tempfile
from pathlib import Path

from tests.acceptance.kills import CAMERAS
from tests.acceptance.test_kill import kill_and_count


def main() -> int:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        count = kill_and_count(Path(folder), kills, seed=seed)
    doubled = sum(n - 1 for n in count.incidents.values()) + sum(n - 1 for n in count.received.values())
    print("| kill -9 | incidents expected | lost | dispatches | not received | doubled | unsaid | onsets (s) |")
    print("|---|---|---|---|---|---|---|---|")
    print(
        f"| {count.kills} | {CAMERAS} | {CAMERAS - len(count.incidents)} | {count.dispatches} | "
        f"{count.dispatches - len(count.received)} | {doubled} | {count.unsaid} | "
        f"{min(count.onsets.values()):.1f} to {max(count.onsets.values()):.1f} |"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
