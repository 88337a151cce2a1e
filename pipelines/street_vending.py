"""Street vending: what sells stays where and when selling is not allowed, and how much of the pavement it takes.

One box is not vending. Evidence is added up over time at a place (pipelines.cues): how surely and steadily it is seen
as a stall, who stays with it, who comes, what lies beside it. One incident per zone, however many stalls join.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from pipelines.blockage import Moment, Standing, Told, ZoneLife, step
from pipelines.cues import ENOUGH, STILL_ENOUGH, spoken, weighed
from pipelines.market import Market, counted, settled
from pipelines.observation import Measure, Phase, ZoneReport
from pipelines.pavement import Pavement, Place
from pipelines.plan import Zone
from pipelines.rule import RETELL_S, ZoneMemory, ZoneView, is_in_view, report
from pipelines.sighting import labelled, sighted
from pipelines.stalls import Site, Stall, boxes_of, company, each_once, key_of, sites
from pipelines.standing import LegalHours
from pipelines.street import PERSON, Scene
from pipelines.trade import at_places
from vision.labels import is_stall
from vision.stay import Stay, Tuning

STALL, MOBILE_STALL, SHOP_GOODS = "stall", "mobile_stall", "shop_goods"
"""Subjects: 占道经营; 流动摊贩, sold from a vehicle or moved on; 店外经营, goods at shop fronts without a vehicle."""
NEWS_S = 10.0
"""How soon more customers are worth telling; else an incident is told again every half minute."""
PERSON_SCORE = 0.3
STIRRING_SCORE = 0.3
STIRRING_FOR = timedelta(seconds=6)
MOVES_ON_FOR = timedelta(seconds=60)
"""Whoever pushes a stall on has not left: the incident waits while a stall is seen in the zone, but no longer than
this, since what never settles is traffic or the detector's fancy."""


class StreetVending:
    """One zone of one camera. Holds the zone's life; give it every look that is not lost, in order."""

    def __init__(self, zone: Zone, tuning: Tuning, memory: ZoneMemory | None = None) -> None:
        memory = memory or ZoneMemory()
        self.zone = zone
        self.life: ZoneLife = memory.life
        self._market = memory.market or Market()
        self._tuning = tuning
        self._hours = LegalHours(zone)
        self._ground: Pavement | None = None
        self._places: dict[str, Place | None] = {}
        self._in_view = True

    def look(self, scene: Scene, moment: Moment) -> ZoneView:
        self._in_view = is_in_view(self.zone, scene)
        if not self._in_view:
            return ZoneView(self.zone, (), None)
        ground = self._pavement(scene)
        self._market = sighted(self._market, scene)
        stalls = self._stalls(scene, ground)
        self._count(stalls, scene, ground)
        if self.zone.legal.legal_at(scene.at):
            self._hours.saw([stall.stay for stall in stalls])
            return self._lived((), moment, ground)
        selling = self._selling(stalls, scene, ground)
        if not selling and self._moves_on(moment):
            return ZoneView(self.zone, (), None)
        return self._lived(selling, moment, ground)

    def report(self, at: datetime) -> ZoneReport:
        return report(self.zone, self.life, at, in_view=self._in_view)

    def memory(self) -> ZoneMemory:
        return ZoneMemory(self.life, self._market)

    def _pavement(self, scene: Scene) -> Pavement:
        if self._ground is None or self._ground.view_wh != scene.view_wh:
            self._ground, self._places = Pavement(self.zone, scene.view_wh), {}
        return self._ground

    def _stalls(self, scene: Scene, ground: Pavement) -> tuple[Stall, ...]:
        """Where a stay stands never changes, so it is worked out once."""
        sights = self._market.sights
        things = {key_of(stay): stay for stay in scene.stays if self._is_thing(stay)} if sights else {}
        known = {key: stay for key, stay in things.items() if key in sights}
        self._places = {k: self._places[k] if k in self._places else ground.place_of(s) for k, s in known.items()}
        placed = [(s, k, place) for k, s in known.items() if (place := self._places[k]) is not None]
        return each_once([Stall(stay, key, place, sights[key].strength) for stay, key, place in placed])

    def _is_thing(self, stay: Stay) -> bool:
        if stay.label == PERSON or stay.label in self.zone.exempt:
            return False
        return stay.seen >= self._tuning.established and stay.is_real(self._tuning)

    def _count(self, stalls: Sequence[Stall], scene: Scene, ground: Pavement) -> None:
        """Who is at which stall, and whether anything that sells is in the zone. A detector asleep counts nobody."""
        if scene.look.boxes is None:
            return
        at = at_places(labelled(scene, _is_person, PERSON_SCORE), boxes_of([stall.stay for stall in stalls]))
        self._market = counted(self._market, [stall.key for stall in stalls], at, scene.at)
        if self.life.blockage is not None and (stalls or self._stirs(scene, ground)):
            self._market = replace(self._market, stirred_at=scene.at)

    def _stirs(self, scene: Scene, ground: Pavement) -> bool:
        return any(ground.forbids(box) for box in labelled(scene, is_stall, STIRRING_SCORE))

    def _selling(self, stalls: Sequence[Stall], scene: Scene, ground: Pavement) -> tuple[Site, ...]:
        """The groups of stalls whose evidence is enough, or was and nearly is."""
        if not stalls:
            return ()
        close = ground.close([stall.place.spot for stall in stalls])
        found = sites(stalls, close, company(scene.stays), self._market.trades)
        return tuple(site for site in found if site.weight >= STILL_ENOUGH)

    def _moves_on(self, moment: Moment) -> bool:
        """Whether the stall that stood there is being moved through the zone now."""
        stirred, blockage = self._market.stirred_at, self.life.blockage
        if stirred is None or blockage is None:
            return False
        return moment.at - stirred <= STIRRING_FOR and moment.at - blockage.seen_at <= MOVES_ON_FOR

    def _lived(self, selling: Sequence[Site], moment: Moment, ground: Pavement) -> ZoneView:
        there = self._there(selling)
        stalls = [stall for site in there for stall in site.stalls]
        standing = [self._standing(stall, site) for site in there for stall in site.stalls]
        self.life, told = step(self.life, standing, moment, retell_s=RETELL_S)
        told = self._news(stalls, moment, told)
        stays = tuple(stall.stay for site in selling for stall in site.stalls)
        if told is None:
            return ZoneView(self.zone, stays, None)
        return ZoneView(self.zone, stays, told, self._measures(there, ground), _notes(there))

    def _there(self, selling: Sequence[Site]) -> Sequence[Site]:
        """What is doubtful keeps a place occupied only while its incident lasts: after the work is done it is clear."""
        open_now = self.life.blockage is not None
        return [site for site in selling if open_now or site.weight >= ENOUGH]

    def _standing(self, stall: Stall, site: Site) -> Standing:
        standing = self._hours.standing(stall.stay, allowed_s=self.zone.allowed_s)
        return replace(standing, label=_subject(stall, site), confidence=site.confidence)

    def _news(self, stalls: Sequence[Stall], moment: Moment, told: Told | None) -> Told | None:
        """What is told; and else, that a stall which had left has settled elsewhere, or that customers came."""
        if self.life.blockage is None:
            return told
        before, customers = self._market, self._market.trade.customers
        self._market = settled(self._market, [stall.place.spot for stall in stalls], moment.at)
        moved = self._market.moves > before.moves
        news_s = (moment.at - self.life.blockage.told_at).total_seconds()
        if told is None and not moved and (customers <= before.told_of or news_s < NEWS_S):
            return None
        self._market = replace(self._market, told_of=customers)
        subject = MOBILE_STALL if moved else self.life.blockage.subject
        self.life = replace(self.life, blockage=replace(self.life.blockage, subject=subject, told_at=moment.at))
        assert self.life.blockage is not None
        return Told(Phase.CONTINUES if told is None else told.phase, self.life.blockage)

    def _measures(self, selling: Sequence[Site], ground: Pavement) -> dict[str, Measure]:
        stalls = [stall.stay for site in selling for stall in site.stalls]
        found = {
            "stalls": Measure(float(len(stalls)), "1"),
            "clusters": Measure(float(len(selling)), "1"),
            "customers": Measure(float(self._market.trade.customers), "1"),
            **ground.measures(stalls),
            **_evidence(selling),
        }
        if self._market.moves:
            found["moves"] = Measure(float(self._market.moves), "1")
        if self._market.moves and ground.is_metric:
            found["moved"] = Measure(round(self._market.moved, 1), "m")
        return found


def _is_person(label: str) -> bool:
    return label == PERSON


def _subject(stall: Stall, site: Site) -> str:
    if "vehicle" in site.cues:
        return MOBILE_STALL
    return SHOP_GOODS if stall.place.at_front else STALL


def _evidence(selling: Sequence[Site]) -> dict[str, Measure]:
    """What speaks for the group that most speaks for, cue by cue, and in all."""
    if not selling:
        return {}
    site = max(selling, key=lambda one: one.weight)
    parts = {f"evidence_{name}": Measure(round(part, 2), "1") for name, part in weighed(site.cues).items()}
    return {"evidence": Measure(round(site.weight, 2), "1"), **parts}


def _notes(selling: Sequence[Site]) -> tuple[str, ...]:
    return (spoken(max(selling, key=lambda one: one.weight).cues),) if selling else ()
