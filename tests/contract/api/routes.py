"""Every route that the application really has, so that a new one cannot escape the tests."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts


@dataclass(frozen=True)
class Route:
    name: str
    method: str
    path: str

    def at(self, ids: Mapping[str, str]) -> str:
        """The path with real ids in it."""
        return self.path.format(**ids)

    def names(self, *parameters: str) -> bool:
        return any(f"{{{parameter}}}" in self.path for parameter in parameters)


def routes_of(app: FastAPI) -> list[Route]:
    return [
        Route(context.name or "", method, context.path or "")
        for context in iter_route_contexts(app.routes)
        for method in _asked(context.methods or {"GET"})
    ]


def _asked(methods: Collection[str]) -> list[str]:
    """HEAD comes along with GET, except where a route answers nothing else."""
    return sorted(set(methods) - {"HEAD"}) or ["HEAD"]
