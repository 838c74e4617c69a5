"""QR codes: as vector paths, as images, and as modules to be drawn elsewhere."""

from html import escape
from io import BytesIO
from itertools import groupby

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules of margin that ISO/IEC 18004 asks for
NATURAL = 8  # pixels a module of the SVG measures where nothing scales it


def modules(text: str) -> list[list[bool]]:
    """Return the rows of the code for ``text``, True where dark, without margin. Its level is M (15%)."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return code.get_matrix()


def runs(rows: list[list[bool]]) -> list[tuple[int, int, int]]:
    """Return the dark stretches (x, y, length) of ``rows``: fewer shapes than modules, without gaps."""
    stretches = []
    for y, row in enumerate(rows):
        x = 0
        for dark, group in groupby(row):
            length = len(list(group))
            if dark:
                stretches.append((x, y, length))
            x += length
    return stretches


def svg(text: str, title: str = "") -> str:
    """Return the code as an SVG file that can also be embedded, black on white in every colour scheme."""
    rows = modules(text)
    side = len(rows) + 2 * QUIET
    path = "".join(f"M{x + QUIET} {y + QUIET}h{n}v1h-{n}z" for x, y, n in runs(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {side} {side}"'
        f' width="{side * NATURAL}" height="{side * NATURAL}" shape-rendering="crispEdges">'
        f"<title>{escape(title or text)}</title>"
        f'<rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" d="{path}"/></svg>'
    )


def png(text: str, pixels: int = 1000) -> bytes:
    """Return the code as a black and white PNG of at least ``pixels`` a side, every module equally large."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    code.box_size = -(-pixels // (code.modules_count + 2 * QUIET))
    target = BytesIO()
    code.make_image().save(target)
    return target.getvalue()
