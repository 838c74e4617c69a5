"""Plain drawings for the demonstration's rewards."""

import io

from PIL import Image, ImageDraw

SIZE = (640, 480)
COLOURS = (("#f3e7d8", "#7a4a21"), ("#e2f0ec", "#0b6462"), ("#e9ecf5", "#33477a"), ("#f6e3e6", "#9a2f45"))


def picture(number: int) -> bytes:
    """Return a drawing of a cup, a label, a bag or a ticket, as PNG."""
    paper, ink = COLOURS[number % len(COLOURS)]
    image = Image.new("RGB", SIZE, paper)
    pen = ImageDraw.Draw(image)
    (_cup, _label, _bag, _ticket)[number % len(COLOURS)](pen, paper, ink)
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def _cup(pen: ImageDraw.ImageDraw, paper: str, ink: str) -> None:
    pen.ellipse((380, 190, 480, 300), fill=ink)
    pen.ellipse((405, 215, 455, 275), fill=paper)
    pen.rounded_rectangle((210, 160, 420, 350), 40, fill=ink)


def _label(pen: ImageDraw.ImageDraw, paper: str, ink: str) -> None:
    pen.polygon(((160, 240), (250, 150), (480, 150), (480, 330), (250, 330)), fill=ink)
    pen.ellipse((225, 222, 261, 258), fill=paper)


def _bag(pen: ImageDraw.ImageDraw, paper: str, ink: str) -> None:
    pen.arc((250, 90, 390, 290), 180, 360, fill=ink, width=16)
    pen.rounded_rectangle((190, 190, 450, 390), 16, fill=ink)


def _ticket(pen: ImageDraw.ImageDraw, paper: str, ink: str) -> None:
    pen.rounded_rectangle((140, 165, 500, 315), 18, fill=ink)
    for y in range(175, 310, 22):
        pen.rectangle((385, y, 391, y + 11), fill=paper)
    pen.ellipse((120, 220, 160, 260), fill=paper)
    pen.ellipse((480, 220, 520, 260), fill=paper)
