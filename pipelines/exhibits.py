"""Adds the evidence to what a patrol tells: stills at onset, dwell met, latest and clear, and a clip round the raise.

Evidence that can't be written never holds a fact back: the fact goes on without it, and says so. What a still must
hide is looked for in that very picture: people walk on while the patrol's own detector sleeps.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

import numpy as np

from pipelines.camera_patrol import Seen
from pipelines.captions import boxes_in, caption_of, name_of, outline_in
from pipelines.evidence import EvidenceFolder
from pipelines.evidence_files import EvidenceFailed
from pipelines.observation import Evidence, EvidenceRole, Kind, Observation, Phase, ZoneReport, ZoneState
from pipelines.plan import Camera, Zone
from pipelines.rule import ZoneView
from pipelines.runner import Audience, Post
from pipelines.street import Scene
from vision.caption import Caption
from vision.detector import Detector, DetectorFailed
from vision.stay import Stay
from vision.types import Detections, Frame

PRE_ROLL = timedelta(seconds=8)
POST_ROLL = timedelta(seconds=5)
LONGEST = timedelta(seconds=30)
_REMEMBERED = 240
_ROLE_OF = {Phase.BEGAN: EvidenceRole.DWELL, Phase.CONTINUES: EvidenceRole.LATEST, Phase.ENDED: EvidenceRole.CLEAR}
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, eq=False)
class Exposure:
    """All that a still needs: one look with its picture. `detections` is None when the detector slept."""

    frame: Frame
    detections: Detections | None
    scene: Scene


@dataclass(frozen=True, slots=True, eq=False)
class _Onset:
    """The first look at which something was found to stand in a zone that now may become blocked."""

    exposure: Exposure
    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Clip:
    """A clip that waits for its post-roll."""

    observation: Observation
    start: datetime
    end: datetime


class Exhibitor:
    """Wraps an audience: what it passes on carries evidence. One per camera; `folder` None writes nothing."""

    def __init__(self, inner: Audience, folder: EvidenceFolder | None, detector: Detector) -> None:
        self._inner = inner
        self._detector = detector
        self._folder = folder
        self._onsets: dict[str, _Onset] = {}
        self._clips: list[_Clip] = []
        self._told: dict[UUID, Observation] = {}
        self._known: deque[Detections] = deque(maxlen=_REMEMBERED)
        self._last: Exposure | None = None
        self.trouble = ""

    def seen(self, post: Post, frame: Frame, detections: Detections | None, seen: Seen) -> None:
        exposure = self._exposed(frame, detections, seen.scene)
        if self._folder is not None:
            seen = replace(seen, observations=self._with_stills(post, exposure, seen) + self._due_clips(post, exposure))
            self._remember_onsets(exposure, seen)
        self._inner.seen(post, frame, detections, seen)

    def finish(self, post: Post) -> None:
        """The footage is over: clips that still wait get the post-roll there is."""
        if self._folder is None or self._last is None:
            return
        at = self._last.scene.at
        self._clips = [replace(c, end=min(c.end, max(at, c.start + timedelta(seconds=1)))) for c in self._clips]
        told = self._due_clips(post, self._last)
        if told:
            last = self._last
            self._inner.seen(post, last.frame, last.detections, Seen(last.scene, (), told))

    def look_again(self, post: Post, report: ZoneReport) -> ZoneReport:
        """The report with a still of the zone as it looks now, for whoever must verify."""
        last, zone = self._last, _zone(post.patrol.camera, report.zone_id)
        if self._folder is None or last is None or zone is None:
            return report
        role = EvidenceRole.CLEAR if report.state is ZoneState.CLEAR else EvidenceRole.LATEST
        key = f"{zone.id}-check-{last.scene.at:%H%M%S}"
        caption = caption_of(post.patrol.camera, zone, last.scene, None)
        return replace(report, still=self._still(role, last, zone, (), caption, key))

    def _exposed(self, frame: Frame, detections: Detections | None, scene: Scene) -> Exposure:
        if detections is not None:
            self._known.append(detections)
        self._last = Exposure(frame, detections, scene)
        return self._last

    def _to_hide(self, exposure: Exposure) -> Detections:
        """Raises EvidenceFailed: a picture in which nobody could look for people is not shown."""
        if exposure.detections is not None:
            return exposure.detections
        try:
            return self._detector.detect([exposure.frame])[0]
        except DetectorFailed as error:
            raise EvidenceFailed(f"what must be hidden can't be found: {error}", again=error.again) from error

    def _with_stills(self, post: Post, exposure: Exposure, seen: Seen) -> tuple[Observation, ...]:
        views = {view.zone.id: view for view in seen.views}
        return tuple(self._with_still(post, exposure, o, views[o.zone_id]) for o in seen.observations)

    def _with_still(self, post: Post, exposure: Exposure, told: Observation, view: ZoneView) -> Observation:
        camera, key = post.patrol.camera, _key(told)
        self._told[told.life] = told
        caption = caption_of(camera, view.zone, exposure.scene, told, view.notes)
        still = self._still(_ROLE_OF[told.phase], exposure, view.zone, view.stays, caption, key)
        if told.phase is not Phase.BEGAN:
            return replace(told, evidence=_present(still))
        self._await_clip(told)
        return replace(told, evidence=_present(self._onset(camera, view, told, key), still))

    def _onset(self, camera: Camera, view: ZoneView, told: Observation, key: str) -> Evidence | None:
        onset = self._onsets.get(view.zone.id)
        if onset is None:
            return None
        caption = caption_of(camera, view.zone, onset.exposure.scene, told)
        return self._still(EvidenceRole.ONSET, onset.exposure, view.zone, onset.stays, caption, key)

    def _remember_onsets(self, exposure: Exposure, seen: Seen) -> None:
        for view in seen.views:
            known = self._onsets.get(view.zone.id)
            if not view.stays:
                self._onsets.pop(view.zone.id, None)
            elif known is None or min(stay.began_at for stay in view.stays) > known.exposure.scene.at:
                self._onsets[view.zone.id] = _Onset(exposure, view.stays)

    def _await_clip(self, told: Observation) -> None:
        end = told.captured_at + POST_ROLL
        self._clips.append(_Clip(told, max(told.began_at - PRE_ROLL, end - LONGEST), end))

    def _due_clips(self, post: Post, exposure: Exposure) -> tuple[Observation, ...]:
        due = [clip for clip in self._clips if exposure.scene.at >= clip.end]
        self._clips = [clip for clip in self._clips if exposure.scene.at < clip.end]
        made = ((clip, self._cut(post, clip)) for clip in due)
        told = ((self._told[clip.observation.life], cut) for clip, cut in made if cut is not None)
        return tuple(_told_again(latest, exposure.scene, cut) for latest, cut in told)

    def _cut(self, post: Post, clip: _Clip) -> Evidence | None:
        folder = self._folder
        assert folder is not None
        key = _key(clip.observation)
        return self._tried(
            lambda: folder.clip(source=post.source, start=clip.start, end=clip.end, key=key, boxes_at=self._boxes_at)
        )

    def _boxes_at(self, moment: datetime) -> Detections | None:
        return min(self._known, key=lambda d: abs(d.ref.captured_at - moment), default=None)

    def _still(
        self, role: EvidenceRole, exposure: Exposure, zone: Zone, stays: tuple[Stay, ...], caption: Caption, key: str
    ) -> Evidence | None:
        folder, scene = self._folder, exposure.scene
        assert folder is not None
        return self._tried(
            lambda: folder.still(
                role=role,
                frame=exposure.frame,
                detections=self._to_hide(exposure),
                zone_polygon_px=outline_in(zone, scene),
                boxes_of_interest=boxes_in(stays, scene),
                caption=caption,
                key=key,
                labels=[name_of(stay, zone.kind) for stay in stays],
                stalls=np.full(len(stays), zone.kind is Kind.STREET_VENDING),
            )
        )

    def _tried(self, make: Callable[[], _T]) -> _T | None:
        try:
            made = make()
        except EvidenceFailed as error:
            self.trouble = str(error)
            return None
        self.trouble = ""
        return made


def _told_again(latest: Observation, scene: Scene, clip: Evidence) -> Observation:
    """What was told last, with the clip: a clip that is ready after the end must not say that it goes on."""
    phase = Phase.ENDED if latest.phase is Phase.ENDED else Phase.CONTINUES
    return replace(latest, phase=phase, captured_at=scene.at, received_at=scene.ref.received_at, evidence=(clip,))


def _zone(camera: Camera, zone_id: str) -> Zone | None:
    return next((zone for zone in camera.zones if zone.id == zone_id), None)


def _key(told: Observation) -> str:
    return f"{told.zone_id}-{str(told.life)[:8]}"


def _present(*evidence: Evidence | None) -> tuple[Evidence, ...]:
    return tuple(e for e in evidence if e is not None)
