"""Channel: the seam between the outbox and whatever reaches a department."""

from typing import Protocol

from service.county import Endpoint
from service.letters import Letter


class Channel(Protocol):
    def send(self, endpoint: Endpoint, letter: Letter) -> int:
        """Returns the HTTP status of an acceptance. Raises NotDelivered; anything not raised is delivered.

        May be called for the same letter again: the receiver knows it by its webhook_id.
        """
        ...
