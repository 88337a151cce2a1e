"""The eight ways to lay a square picture on a table: from above none is the right one."""

from dataclasses import dataclass

import numpy as np

from vision.types import Boxes, Image


@dataclass(frozen=True, slots=True)
class Turn:
    """Quarter turns counter-clockwise, after left and right were swapped when `mirrored`."""

    quarters: int
    mirrored: bool

    def lay(self, image: Image) -> Image:
        """The square picture (side, side, 3) laid this way."""
        swapped = image[:, ::-1] if self.mirrored else image
        return np.ascontiguousarray(np.rot90(swapped, self.quarters))

    def back(self, boxes: Boxes, side: int) -> Boxes:
        """Boxes (n, 4) xyxy px of the laid picture, in pixels of the picture as it was."""
        x1, y1, x2, y2 = boxes.T
        for _ in range(self.quarters % 4):
            x1, y1, x2, y2 = side - y2, x1, side - y1, x2
        if self.mirrored:
            x1, x2 = side - x2, side - x1
        return np.stack([x1, y1, x2, y2], axis=1).astype(np.float32)


AS_IT_IS = Turn(0, False)
FOUR = (AS_IT_IS, Turn(2, False), Turn(1, True), Turn(3, True))
"""Each corner of the picture comes to lie in each corner once."""
EIGHT = tuple(Turn(quarters, mirrored) for mirrored in (False, True) for quarters in range(4))
