import pypdfium2
import pytest

from survey.reports.pdf import pdf, report_values
from survey.reports.typesetting import typeset
from tests import factories
from tests.survey.reports.conftest import answer_at, save_customer_totals


def pages(data):
    with pypdfium2.PdfDocument(data) as document:
        texts = []
        for page in document:
            text = page.get_textpage()
            texts.append(text.get_text_range())
            text.close()
            page.close()
        return texts


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("en", ["Satisfaction report", "Overview", "Questions", "Methods"]),
        ("zh", ["满意度月报", "概览", "题目", "计算方法"]),
    ],
)
def test_a_report_has_a_cover_an_overview_questions_a_page_for_each_region_and_methods(
    tree, report, language, headings
):
    top, regions, points, _version = tree
    texts = pages(pdf(report(top, language=language)))
    names = [region.named(language) for region in regions]
    order = [*headings[:3], *names, headings[3]]
    assert len(texts) == len(order)
    assert all(heading in page for heading, page in zip(order, texts, strict=True))
    assert points[0].named(language) in texts[3]
    assert points[0].named(language) not in texts[4]


def test_the_figures_of_the_pdf_are_those_of_the_report(tree, report):
    monthly = report(tree[0])
    text = "".join(pages(pdf(monthly)))
    for value in (monthly.glance.now.index.value, monthly.glance.now.satisfied.percent):
        assert f"{value:.1f}" in text
    assert "135" in text


def test_a_weighted_report_shows_its_weighting_on_every_page(tree, report):
    save_customer_totals(tree[2])
    monthly = report(tree[0], weighted=True)
    cover, overview, *others = pages(pdf(monthly))
    for page in (cover, overview):
        assert (
            "Weighted by customer count (totals effective from 2026-10): 135 responses have an"
            in " ".join(page.split())
        )
    assert all("weighted by customer count" in page for page in (overview, *others))
    assert f"{monthly.glance.now.index.value:.1f}" in cover
    assert "eighted by" not in "".join(pages(pdf(report(tree[0])))).split("Methods")[0]


def test_a_place_with_too_few_responses_is_named_without_figures(tree, report):
    top, _regions, points, _version = tree
    assert f"Too few responses, not shown: {points[-1].name_en}." in pages(pdf(report(top)))[4]
    assert "Too few responses this month" in pages(pdf(report(points[-1])))[0]


def test_every_page_shows_its_number(tree, report):
    texts = pages(pdf(report(tree[0])))
    assert [f"Page {n} of {len(texts)}" in page for n, page in enumerate(texts, 1)][1:] == [True] * (
        len(texts) - 1
    )


def test_many_points_take_several_pages(tree, report):
    _top, regions, _points, version = tree
    more = [factories.place("point", regions[0]) for _ in range(60)]
    answer_at(more, version)
    texts = pages(pdf(report(regions[0])))
    text = "".join(texts)
    assert all(point.name_en in text for point in more[:-1])
    assert len([page for page in texts if "Service points" in page.splitlines()[1]]) == 2


def test_many_questions_take_several_pages_with_repeated_headings(tree, report):
    shown = report_values(report(tree[0]))
    first = shown["questions"][0]
    many = [first | {"name": f"Number {n}."} for n in range(80)]
    texts = [page for page in pages(typeset("monthly", shown | {"questions": many})) if "Number" in page]
    assert len(texts) == 3
    assert all(f"Number {n}." in "".join(texts) for n in range(80))
    assert all("Answers, lowest first" in page for page in texts)


def test_long_names_are_cut_and_unusual_characters_are_printed(tree, report):
    odd = factories.place("group", name="很长的名字" * 30)
    region = factories.place("region", odd, name="😀 <b>=1+1</b>" * 9)
    answer_at([factories.place("point", region, name="名" * 90), factories.place("point", odd)], tree[3])
    assert "…" in "".join(pages(pdf(report(odd, language="zh"))))


def test_progress_counts_the_service_points(tree, report):
    for place, number in ((tree[0], 6), (tree[1][0], 3)):
        numbers = []
        pdf(report(place), numbers.append)
        assert sum(numbers) == number
