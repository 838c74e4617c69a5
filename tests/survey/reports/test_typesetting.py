"""Tests of the layouts of reports: each part is drawn by itself, and checked as a picture or as text."""

import pypdfium2
import pypdfium2.raw
import pytest

from survey.reports.typesetting import compile_source

ACCENT, WARM = (11, 100, 98), (176, 74, 24)
WORST, BEST = WARM, ACCENT
SCALE = 2
PER_MM = 72 * SCALE / 25.4
SHEET = b"""
#import "charts.typ": *
#import "page.typ": *
#set page(width: 210mm, height: 297mm, margin: 20mm)
#set text(font: "Noto Sans SC", size: 10pt)
#let values = json(bytes(sys.inputs.values))
"""


def document(source, values=None):
    return compile_source(SHEET + source.encode(), values or {})


def draw(source, values=None):
    """Return a picture of the only page."""
    with pypdfium2.PdfDocument(document(source, values)) as pages:
        page = pages[0]
        picture = page.render(scale=SCALE).to_pil().convert("RGB")
        page.close()
    return picture


def text(source, values=None):
    with pypdfium2.PdfDocument(document(source, values)) as pages:
        page = pages[0]
        text_page = page.get_textpage()
        content = text_page.get_text_range()
        text_page.close()
        page.close()
    return content


def colours(picture):
    return {colour for _count, colour in picture.getcolors(1 << 24)}


def column(picture, millimetres):
    return {picture.getpixel((round(millimetres * PER_MM), y)) for y in range(picture.height)}


def test_text_too_wide_is_cut():
    assert text("#cut(100mm, values.text)", {"text": "short"}) == "short"
    cut_text = text("#cut(30mm, values.text)", {"text": "等候时间太长" * 10})
    assert cut_text.startswith("等候")
    assert cut_text.endswith("…")
    assert len(cut_text) == 8, "letters of 10 points in 30 millimetres"


@pytest.mark.parametrize(
    "said", ['#panic("x")', '#read("/etc/passwd")', "*bold* _thin_ $x$ = heading", '<b>"\\</b> #{1 + 1}']
)
def test_a_text_is_printed_literally_and_never_run(said):
    assert text("#values.text", {"text": said}).replace("”", '"').replace("“", '"') == said


def dots(**more):
    rows = [
        {"name": "a", "value": 70.0, "interval": [60.0, 80.0], "notes": ["x"], "marked": False},
        {"name": "b", "value": 40.0, "interval": None, "notes": ["y"], "marked": True},
        {"name": "c", "value": None, "interval": None, "notes": [""], "marked": False},
    ]
    return {"rows": rows, **more}


def test_dots_are_drawn_and_marked_dots_have_another_colour():
    picture = draw('#dot-plot(values.rows, ("head",), 0, 50)', dots())
    assert {ACCENT, WARM} <= colours(picture)


def test_the_scale_of_a_dot_plot_is_repeated_on_every_page():
    rows = dots()["rows"] * 40
    with pypdfium2.PdfDocument(
        document('#dot-plot(values.rows, ("head",), 0, none)', {"rows": rows})
    ) as pages:
        assert len(pages) > 1
        for page in pages:
            text_page = page.get_textpage()
            assert {"head", "50", "100"} <= set(text_page.get_text_range().split())
            text_page.close()
            page.close()


def month(label, value):
    return {"label": label, "value": value, "shown": str(value), "interval": None, "n": 5, "marked": False}


def test_a_trend_has_no_line_across_a_month_without_a_figure():
    months = [month("1", 70.0), month("2", None), month("3", 70.0)]
    picture = draw("#trend(values.months, 0, none)", {"months": months})
    assert ACCENT not in column(picture, 20 + 162 / 2)
    assert ACCENT in colours(picture)
    months[1]["value"] = 70.0
    assert ACCENT in column(draw("#trend(values.months, 0, none)", {"months": months}), 20 + 162 / 3)


def test_a_trend_without_months_is_drawn_empty():
    assert ACCENT not in colours(draw("#trend((), 0, none)"))


def test_shares_fill_the_bar_from_the_worst_to_the_best():
    picture = draw("#shares((1, 0, 0, 0, 1), width: 100mm)\n\n#shares((0, 0))")
    y = round(21.5 * PER_MM)
    assert picture.getpixel((round(30 * PER_MM), y)) == WORST
    assert picture.getpixel((round(110 * PER_MM), y)) == BEST


def test_a_pdf_is_tagged_for_screen_readers():
    with pypdfium2.PdfDocument(document("= Heading")) as pages:
        assert pypdfium2.raw.FPDFCatalog_IsTagged(pages.raw)
