"""How long to wait before trying a lost camera again."""

from random import Random

_FIRST_S = 0.5
_MOST_S = 30.0


class Backoff:
    """Doubles from half a second to thirty, each shortened by chance by up to half, so that cameras do not return
    all at once when a switch comes back."""

    def __init__(self, chance: Random, *, first_s: float = _FIRST_S) -> None:
        self._chance = chance
        self._first_s = first_s
        self._next_s = first_s

    def reset(self) -> None:
        self._next_s = self._first_s

    def next_s(self) -> float:
        wait, self._next_s = self._next_s, min(2 * self._next_s, _MOST_S)
        return wait * self._chance.uniform(0.5, 1.0)
