"""What the county decided, as far as a page needs it."""

from pydantic import BaseModel

from pipelines.observation import Kind
from service.api.door import Admitted
from service.api.edge import AtEdge
from service.api.parts import router
from service.api.present import words
from service.api.views import Words

county = router("county")


class ReasonView(BaseModel):
    id: str
    name: Words


class DepartmentView(BaseModel):
    id: str
    name: Words


class RouteView(BaseModel):
    """Who leads and who assists; the filed limit in hours, nights and holidays included."""

    kind: Kind
    lead: str
    assists: list[str]
    limit_continuous_hours: float | None


class CountyView(BaseModel):
    name: Words
    departments: list[DepartmentView]
    rejection_reasons: list[ReasonView]
    routes: list[RouteView]


@county.get("/county")
def get_county(edge: AtEdge, _: Admitted) -> CountyView:
    here = edge.county
    return CountyView(
        name=words(here.name),
        departments=[DepartmentView(id=one.id, name=words(one.name)) for one in here.departments.values()],
        rejection_reasons=[ReasonView(id=id_, name=words(name)) for id_, name in here.rejection_reasons.items()],
        routes=[
            RouteView(
                kind=kind, lead=one.lead, assists=list(one.assists), limit_continuous_hours=one.limit_continuous_hours
            )
            for kind, one in here.routes.items()
        ],
    )
