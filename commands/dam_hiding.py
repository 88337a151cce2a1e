"""Hides people and plates in pictures of a flight, as in those of a street camera."""

from clock import Clock
from commands.looking import a_detector
from pipelines.dam_pictures import Hide
from pipelines.still_views import a_frame
from vision.privacy import blurred
from vision.types import Image


def hiding(clock: Clock) -> Hide:
    """Raises BadWeights. The street model looks at each picture that is shown."""
    detector = a_detector()

    def hide(image: Image) -> Image:
        [seen] = detector.detect([a_frame("flight", image, clock)])
        return blurred(image, seen)

    return hide
