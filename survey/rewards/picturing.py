"""The use case "give a reward a picture": an uploaded file is decoded and redrawn, and only that is kept.

So nothing of the file itself is sent to customers: no location where it was taken, no second file hidden in
it.
"""

import hashlib
import io
import warnings

from PIL import Image, ImageOps

from survey.refusal import N_, Refused
from survey.transaction import transaction

from .queries import catalogue as queries

FORMATS = ("JPEG", "PNG", "WEBP")
LARGEST = 8 * 1024 * 1024
"""The most bytes of a file: a phone camera makes fewer."""
MOST_PIXELS = 25_000_000
SIDE = 800
"""The pixels of the longer side of a stored picture."""
SHORTEST = 100
MEDIA_TYPE = "image/webp"
QUALITY = 80
WRONG = N_("This picture cannot be read. Use a JPEG, PNG or WebP file.")


def illustrate(reward_id: int, data: bytes) -> None:
    """Give the reward the picture of a file. Raises Refused when the file has none, or it is too large."""
    content = redraw(data)
    digest = hashlib.sha256(content).hexdigest()
    with transaction() as session:
        reward = queries.lock_reward(session, reward_id)
        queries.keep_picture(session, digest, MEDIA_TYPE, content)
        reward.picture_id = digest


def remove(reward_id: int) -> None:
    """Remove the picture from the reward. The picture stays stored, because open pages show it."""
    with transaction() as session:
        queries.lock_reward(session, reward_id).picture_id = None


def redraw(data: bytes) -> bytes:
    """Return the picture of a file as a small WebP without metadata. Raises Refused."""
    if len(data) > LARGEST:
        raise Refused(N_("The picture is larger than 8 MB."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                return _redraw_image(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(N_("The picture has too many pixels. Make it smaller first.")) from None
    except (OSError, SyntaxError, ValueError, MemoryError, EOFError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(WRONG) from None


def _redraw_image(image: Image.Image) -> bytes:
    """Return the image upright, on white and small, as WebP. Raises Refused for its size."""
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise Refused(N_("The picture has too many pixels. Make it smaller first."))
    if min(width, height) < SHORTEST:
        raise Refused(N_("The picture is too small: it needs at least 100 pixels on each side."))
    image.draft("RGB", (SIDE * 2, SIDE * 2))  # a large JPEG is decoded at a fraction of its size
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((SIDE, SIDE))
    canvas = Image.new("RGB", upright.size, "white")
    colours = upright.convert("RGBA")
    canvas.paste(colours, mask=colours)
    target = io.BytesIO()
    canvas.save(target, "WEBP", quality=QUALITY, method=4)
    return target.getvalue()
