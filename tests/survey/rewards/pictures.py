"""Files that tests upload as pictures."""

from __future__ import annotations

import io

from PIL import Image


def file(size: tuple[int, int] = (400, 300), mode: str = "RGB", form: str = "PNG", **more: object) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size).save(target, form, **more)
    return target.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))
