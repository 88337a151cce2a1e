"""The one font that signs, plates and captions are set in."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import ImageFont

_FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
_SIMPLIFIED = 2


class MissingFont(Exception):
    """Chinese can't be drawn on this machine until a person installs the font."""


def font(pixels: int) -> "ImageFont.FreeTypeFont":
    """Raises MissingFont."""
    from PIL import ImageFont

    try:
        return ImageFont.truetype(_FONT, pixels, index=_SIMPLIFIED)
    except OSError as error:
        raise MissingFont("no Chinese font: on Debian or Ubuntu, apt-get install fonts-noto-cjk") from error
