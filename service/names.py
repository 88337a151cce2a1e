"""A name in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """Chinese first, English beside it."""

    zh: str
    en: str
