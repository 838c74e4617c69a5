import pypdfium2
import pytest

from survey.reports.pdf import pdf, values
from survey.reports.typesetting import typeset
from tests import factories
from tests.survey.reports.conftest import answered, know_customers


def pages(data):
    with pypdfium2.PdfDocument(data) as document:
        found = []
        for page in document:
            text = page.get_textpage()
            found.append(text.get_text_range())
            text.close()
            page.close()
        return found


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("en", ["Satisfaction report", "Overview", "Questions", "Methods"]),
        ("zh", ["满意度月报", "概览", "题目", "计算方法"]),
    ],
)
def test_cover_overview_questions_a_page_for_each_region_and_method(tree, report, language, headings):
    top, regions, points, _version = tree
    found = pages(pdf(report(top, language=language)))
    names = [region.named(language) for region in regions]
    order = [*headings[:3], *names, headings[3]]
    assert len(found) == len(order)
    assert all(heading in page for heading, page in zip(order, found, strict=True))
    assert points[0].named(language) in found[3]
    assert points[0].named(language) not in found[4]


def test_figures_on_paper_are_those_that_were_read(tree, report):
    made = report(tree[0])
    text = "".join(pages(pdf(made)))
    for value in (made.glance.now.index.value, made.glance.now.satisfied.percent):
        assert f"{value:.1f}" in text
    assert "135" in text


def test_a_weighted_report_says_so_on_every_page(tree, report):
    know_customers(tree[2])
    made = report(tree[0], weighted=True)
    cover, overview, *others = pages(pdf(made))
    for page in (cover, overview):
        assert (
            "Weighted by customer count (totals effective from 2026-10): 135 responses have an"
            in " ".join(page.split())
        )
    assert all("weighted by customer count" in page for page in (overview, *others))
    assert f"{made.glance.now.index.value:.1f}" in cover
    assert "eighted by" not in "".join(pages(pdf(report(tree[0])))).split("Methods")[0]


def test_whoever_has_too_few_answers_is_named_without_figures(tree, report):
    top, _regions, points, _version = tree
    assert f"Too few responses, not shown: {points[-1].name_en}." in pages(pdf(report(top)))[4]
    assert "Too few responses this month" in pages(pdf(report(points[-1])))[0]


def test_every_page_says_which_it_is(tree, report):
    found = pages(pdf(report(tree[0])))
    assert [f"Page {n} of {len(found)}" in page for n, page in enumerate(found, 1)][1:] == [True] * (
        len(found) - 1
    )


def test_many_points_go_on_to_further_pages(tree, report):
    _top, regions, _points, version = tree
    more = [factories.place("point", regions[0]) for _ in range(60)]
    answered(more, version)
    found = pages(pdf(report(regions[0])))
    text = "".join(found)
    assert all(point.name_en in text for point in more[:-1])
    assert len([page for page in found if "Service points" in page.splitlines()[1]]) == 2


def test_many_questions_go_on_to_further_pages_under_their_headings(tree, report):
    shown = values(report(tree[0]))
    first = shown["questions"][0]
    many = [first | {"name": f"Number {n}."} for n in range(80)]
    found = [page for page in pages(typeset("monthly", shown | {"questions": many})) if "Number" in page]
    assert len(found) == 3
    assert all(f"Number {n}." in "".join(found) for n in range(80))
    assert all("Answers, lowest first" in page for page in found)


def test_names_that_are_long_or_odd_are_cut_or_drawn(tree, report):
    odd = factories.place("group", name="很长的名字" * 30)
    region = factories.place("region", odd, name="😀 <b>=1+1</b>" * 9)
    answered([factories.place("point", region, name="名" * 90), factories.place("point", odd)], tree[3])
    assert "…" in "".join(pages(pdf(report(odd, language="zh"))))


def test_progress_counts_the_service_points(tree, report):
    for place, number in ((tree[0], 6), (tree[1][0], 3)):
        told = []
        pdf(report(place), told.append)
        assert sum(told) == number
