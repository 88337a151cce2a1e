"""Tells the service what a dam flight raised. Told twice it is the same fact, so the command may be run again."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx2 as http

from pipelines.dam_flight import DamFlight
from pipelines.dam_report import ClockUnknown, kept_evidence, observation_of
from pipelines.finding_entry import seen_between
from pipelines.observation import Observation, to_json
from pipelines.seepage import Finding
from pipelines.wire import client_for

DECIDED_BY = "dam-flight"


@dataclass(frozen=True, slots=True)
class Post:
    """Where the service is, the key to it, and the folder whose evidence it shows."""

    service: str
    key_file: Path
    data: Path

    def tell(
        self, findings: Sequence[Finding], seen: DamFlight, pictures: Mapping[str, list[str]], out: Path, now: datetime
    ) -> bool:
        """Whether everything raised was taken."""
        raised = [one for one in findings if one.raised]
        try:
            facts = [self._fact(one, seen, pictures.get(one.id, []), out, now) for one in raised]
            with client_for(self.service, self.key_file.read_text(encoding="utf-8").strip()) as client:
                refused = [why for fact in facts if (why := _refusal(client, fact))]
        except (ClockUnknown, OSError, http.TransportError) as error:
            refused = [str(error)]
        for why in refused:
            print(f"patrol: not told to {self.service}: {why}. Run the same command again", file=sys.stderr)
        return not refused

    def _fact(self, finding: Finding, seen: DamFlight, names: Sequence[str], out: Path, now: datetime) -> Observation:
        watch = next(one for one in seen.watches if one.region.id == finding.found.region_id)
        _, last = seen_between(watch, finding.found)
        evidence = kept_evidence(names, out, self.data / "evidence", seen.dam, last or now)
        return observation_of(finding, watch, seen.dam, evidence, now=now, decided_by=DECIDED_BY)


def _refusal(client: http.Client, fact: Observation) -> str:
    """Empty when it was taken."""
    answer = client.post("/api/observations", content=to_json(fact), headers={"Content-Type": "application/json"})
    return "" if answer.is_success else f"{answer.status_code} {answer.text[:200]}"
