"""Room for one thing between two threads: the newest wins, and closing wakes whoever waits."""

from threading import Condition
from typing import Generic, TypeVar

T = TypeVar("T")


class Slot(Generic[T]):
    """One thread puts, another takes. After `shut` nothing comes out any more."""

    def __init__(self) -> None:
        self._news = Condition()
        self._content: T | None = None
        self._shut = False

    @property
    def is_shut(self) -> bool:
        return self._shut

    def put(self, content: T) -> bool:
        """True: something that nobody had taken was overtaken."""
        with self._news:
            overtaken = self._content is not None
            self._content = content
            self._news.notify()
        return overtaken

    def take(self, timeout_s: float) -> T | None:
        with self._news:
            self._news.wait_for(lambda: self._content is not None or self._shut, timeout_s)
            content, self._content = self._content, None
        return None if self._shut else content

    def shut(self) -> None:
        with self._news:
            self._shut = True
            self._news.notify_all()
