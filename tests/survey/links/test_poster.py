import re
import time

import numpy as np
import pypdfium2
import pytest
import zxingcpp

from survey.links.poster import LANGUAGES, TEXTS, Poster, poster_languages, render_sheets

ADDRESS = "https://huiyin.example.cn/s/abcd2345"
LONG = (
    "上海市浦东新区陆家嘴金融贸易区世纪大道第一百二十八号综合服务中心"
    "一层大堂东侧自助服务区第三号客户服务柜台甲乙丙丁戊己庚辛"
)
LONG_EN = "International passenger service centre, terminal three, east"
NAMES = {"zh": "陆家嘴营业厅", "en": "Lujiazui branch"}


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page, without line breaks."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [re.sub(r"\s+", "", page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def squeezed(text: str) -> str:
    return text.replace(" ", "")


def painted(pdf: bytes) -> np.ndarray:
    """Return the first page in grey, at 150 dots per inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return np.array(document[0].render(scale=150 / 72, grayscale=True).to_pil())
    finally:
        document.close()


@pytest.mark.parametrize("choice", LANGUAGES)
def test_a_poster_has_all_texts_in_the_languages_chosen(choice):
    chosen = poster_languages(choice)
    (page,) = pages(render_sheets([Poster(ADDRESS, NAMES, "王小明", 20, chosen)], "a4", "t"))
    assert "huiyin.example.cn/s/abcd2345" in page
    assert "https" not in page
    for language in TEXTS:
        said = [squeezed(text).format(points=20, name="王小明") for text in TEXTS[language].values()]
        assert [text in page for text in said] == [language in chosen] * len(said)
        assert (squeezed(NAMES[language]) in page) == (language in chosen)


def test_a_poster_without_points_or_employee_mentions_neither():
    (page,) = pages(render_sheets([Poster(ADDRESS, NAMES)], "a4", "t"))
    assert "积分" not in page
    assert "Earn" not in page
    assert "为您服务" not in page


def test_posters_promise_confidentiality_and_not_anonymity():
    promises = " ".join(text for texts in TEXTS.values() for text in texts.values())
    assert "保密" in promises
    assert "confidential" in promises
    assert "匿名" not in promises
    assert "anonym" not in promises.lower()


def test_a_name_without_english_is_printed_once():
    (page,) = pages(render_sheets([Poster(ADDRESS, {"zh": "陆家嘴营业厅", "en": ""})], "a4", "t"))
    assert page.count("陆家嘴营业厅") == 1


@pytest.mark.parametrize("paper", ["a4", "a6"])
def test_every_printed_code_leads_to_its_address(paper):
    posters = [Poster(f"{ADDRESS}{n}", NAMES, "", 20) for n in range(4)]
    codes = zxingcpp.read_barcodes(painted(render_sheets(posters, paper, "t")))
    expected = posters if paper == "a6" else posters[:1]
    assert sorted(code.text for code in codes) == [poster.address for poster in expected]


def test_a_sheet_has_four_cards():
    assert len(pages(render_sheets([Poster(ADDRESS, NAMES)] * 9, "a6", "t"))) == 3
    assert len(pages(render_sheets([Poster(ADDRESS, NAMES)] * 9, "a4", "t"))) == 9


@pytest.mark.parametrize("name", [LONG, LONG_EN, "W" * 60, LONG_EN.replace(" ", "_")])
def test_a_name_of_sixty_characters_stays_whole_and_within_its_margins(name):
    assert len(name) == 60
    pdf = render_sheets([Poster(ADDRESS, {"zh": name, "en": name}, name, 10_000)], "a4", "t")
    assert pages(pdf)[0].count(squeezed(name)) >= 2
    page = painted(pdf)
    below_the_band = page[60:]
    margin = round(14 / 210 * page.shape[1])
    assert (below_the_band[:, :margin] > 250).all()
    assert (below_the_band[:, -margin:] > 250).all()


def test_two_long_names_leave_the_lines_below_free():
    """Names of any length leave white between the names and the employee, and above the rule."""
    page = painted(render_sheets([Poster(ADDRESS, {"zh": LONG * 3, "en": LONG_EN * 3}, LONG, 10)], "a4", "t"))
    height = page.shape[0] / 297
    for y in (260.5, 272.3):
        assert (page[round(y * height)] > 250).all(), y


def test_a_name_far_too_long_ends_in_an_ellipsis():
    (page,) = pages(render_sheets([Poster(ADDRESS, {"zh": "服" * 2000, "en": ""})], "a4", "t"))
    assert "…" in page


def test_sixty_posters_share_one_small_font():
    posters = [Poster(f"{ADDRESS}{n}", {"zh": f"服务点 {n}", "en": f"Point {n}"}, "", 20) for n in range(60)]
    start = time.process_time()
    pdf = render_sheets(posters, "a4", "t")
    assert time.process_time() - start < 10
    assert len(pdf) < 1_000_000
    assert len(pages(pdf)) == 60
