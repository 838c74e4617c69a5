import pypdfium2
import pytest

from survey.reports import details
from survey.reports.charts import Box, Dot, Point, dot_plot, shade, shares, trend
from survey.reports.pdf import FONT
from survey.reports.sheet import ACCENT, WARM, WIDTH, Sheet


@pytest.fixture
def sheet():
    with Sheet(FONT, "A title", "en") as made:
        made.sheet()
        yield made


def drawn(sheet):
    """The picture of the only page."""
    with pypdfium2.PdfDocument(sheet.finish()) as document:
        page = document[0]
        picture = page.render(scale=2).to_pil().convert("RGB")
        page.close()
    return picture


def colours(picture):
    return {colour for _count, colour in picture.getcolors(1 << 24)}


def test_text_too_wide_is_cut(sheet):
    assert sheet.cut("short", 10, 100) == "short"
    cut = sheet.cut("等候时间太长" * 10, 10, 30)
    assert cut.endswith("…")
    assert sheet.measure(cut) * 10 <= 30


def test_text_stands_at_its_side(sheet):
    wide = sheet.text(100, 20, "middle", align="C")
    assert wide == pytest.approx(sheet.measure("middle") * 9.5)
    assert sheet.paragraph(20, 40, "word " * 60, 50) > 60


def test_a_dot_is_drawn_and_what_is_beyond_in_another_colour(sheet):
    rows = [
        Dot("a", 70.0, (60.0, 80.0), ("x",)),
        Dot("b", 40.0, None, ("y",), marked=True),
        Dot("c", None, None, ()),
    ]
    end = dot_plot(sheet, Box(20, 20, WIDTH), rows, ["head"], 0, 100, 50)
    assert end > 20 + 3 * 5
    assert {ACCENT, WARM} <= colours(drawn(sheet))


def test_a_trend_has_no_line_over_a_month_without_figure(sheet):
    one = [Point("1", 70.0, None, 5), Point("2", None, None, 0), Point("3", 70.0, None, 5)]
    trend(sheet, Box(20, 20, WIDTH), one, 0, 100, None)
    picture = drawn(sheet)
    middle = (20 + (WIDTH - 12) / 2) / 25.4 * 144
    column = {picture.getpixel((round(middle), y)) for y in range(picture.height)}
    assert ACCENT not in column
    assert ACCENT in colours(picture)


def test_a_trend_of_nothing_is_drawn(sheet):
    assert trend(sheet, Box(20, 20, WIDTH), [], 0, 100, None) > 20


def test_shares_fill_the_bar_from_bad_to_good(sheet):
    shares(sheet, Box(20, 20, 100), [1, 0, 0, 0, 1], best_first=False)
    shares(sheet, Box(20, 40, 100), [0, 0], best_first=True)
    picture = drawn(sheet)
    y = round(21.5 / 25.4 * 144)
    assert picture.getpixel((round(30 / 25.4 * 144), y)) == shade(0, 5)
    assert picture.getpixel((round(110 / 25.4 * 144), y)) == shade(4, 5)


def test_many_questions_go_on_to_further_pages():
    assert [len(part) for part in details.parts(list(range(70)))] == [32, 32, 6]
    assert details.parts([]) == []
