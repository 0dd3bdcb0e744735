"""A picture file or a photograph, decoded with care: its kind and size are checked before a pixel is unpacked."""

import io
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from rnn_core.arrays import Array
from ui.i18n import _

Problem = Literal["kind", "large", "damaged"]
LARGEST = 10_000_000  # bytes of a file
MOST_PIXELS = 50_000_000  # of a picture, before it is made smaller
SIDE = 512  # of the longer side, with which digits are cut out
KINDS = ("PNG", "JPEG")
NARROWEST = 16  # pixels of the shorter side, after that


@dataclass(frozen=True)
class Refused:
    problem: Problem


def brightness(data: bytes) -> Array | Refused:
    """(h, w) from 0 to 1, with the longer side of SIDE pixels, turned as the camera says."""
    if len(data) > LARGEST:
        return Refused("large")
    try:
        with Image.open(io.BytesIO(data), formats=KINDS) as image:
            if image.width * image.height > MOST_PIXELS:
                return Refused("large")
            image.draft("L", (2 * SIDE, 2 * SIDE))  # a JPEG is decoded at a fraction of its size
            turned = ImageOps.exif_transpose(image)
            grey = _on_white(turned).convert("L")
    except Image.DecompressionBombError:
        return Refused("large")
    except UnidentifiedImageError:
        return Refused("kind")
    except (OSError, SyntaxError, ValueError, KeyError, EOFError, MemoryError, OverflowError):
        return Refused("damaged")
    scale = SIDE / max(grey.size)
    size = max(NARROWEST, round(grey.width * scale)), max(NARROWEST, round(grey.height * scale))
    return np.asarray(grey.resize(size, Image.Resampling.BILINEAR), np.float64) / 255.0


def _on_white(image: Image.Image) -> Image.Image:
    """Transparent parts show white paper."""
    if image.mode not in ("RGBA", "LA", "PA", "P") and "transparency" not in image.info:
        return image
    coloured = image.convert("RGBA")
    white = Image.new("RGBA", coloured.size, "white")
    return Image.alpha_composite(white, coloured)


def refusal(problem: Problem) -> str:
    """Why the picture was refused, and what to do about it."""
    match problem:
        case "kind":
            return _("This is no PNG or JPEG picture. Save it as one of these, and try again.")
        case "large":
            return _("This picture is too large: at most {size} MB and {pixels} million pixels are read.").format(
                size=LARGEST // 1_000_000, pixels=MOST_PIXELS // 1_000_000
            )
        case "damaged":
            return _("This picture is damaged: a part of it is missing. Save it again, and try again.")
