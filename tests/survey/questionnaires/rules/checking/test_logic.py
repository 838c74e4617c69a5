"""References between questions."""

import pytest

from survey.questionnaires.rules.checking import problems

from .documents import asks, document, item, option, page

CHOICE = item("choice", "single_choice", options=[option("a"), option("b")])
CHOICES = item("choices", "multiple_choice", options=[option("a"), option("b")])


def wrong(*items: object) -> list[tuple[str, str]]:
    return [(problem.where, problem.reason) for problem in problems(document(*items))]


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("gone", "about unknown"),
        ("later", "about later"),
        ("opinion", "about later"),
        ("p", "about kind"),
        ("before", "about kind"),
        ("first", "about elsewhere"),
    ],
)
def test_a_comment_refers_to_an_earlier_question_of_its_page(about, expected):
    items = [item("first"), page("p"), item("q"), item("before", "text", about="q")]
    opinion, later = item("opinion", "text", about=about), item("later")
    assert wrong(*items, opinion, later) == [("questions[4].about", expected)]


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        (asks("gone"), "asks unknown"),
        (asks("q"), "asks itself"),
        (asks("later"), "asks later"),
        (asks("said"), "asks nothing"),
        (asks("call"), "asks nothing"),
        (asks("p"), "asks nothing"),
        (asks("choice", "less", "a"), "incomparable"),
        (asks("choices", "equal", "a"), "incomparable"),
        (asks("rating", "contains", 3), "incomparable"),
        (asks("comment", "more", "a"), "incomparable"),
        (asks("rating", "equal", "good"), "value"),
        (asks("choice", "equal", "c"), "value"),
        (asks("choices", "contains", "c"), "value"),
        (asks("choice", "one_of", ["a", 1]), "value"),
        (asks("day", "more", "2026-02-30"), "value"),
        (asks("comment", "contains", 5), "value"),
        ({"context": "place", "is": "less", "value": "x"}, "incomparable"),
        ({"context": "language", "is": "answered"}, "incomparable"),
        ({"context": "channel", "is": "equal", "value": 5}, "value"),
        (asks("rating", "more", 5), "never"),
        ({"context": "language", "is": "equal", "value": "ug"}, "never"),
    ],
)
def test_a_condition_refers_to_questions_with_an_answer(show, expected):
    items = [page("p"), item("rating"), CHOICE, CHOICES, item("comment", "text"), item("day", "date")]
    items += [item("said", "statement"), item("call", "contact")]
    assert wrong(*items, item("q", show=show), item("later")) == [("questions[8].show", expected)]
    assert [p.severity for p in problems(document(*items, item("q", show=show)))][:1] == ["unfinished"]


def test_cycles_of_conditions_are_reported():
    first = item("a", show=asks("c"))
    cycles = problems(document(item("q"), first, item("b", show=asks("a")), item("c", show=asks("b"))))
    assert (cycles[0].where, cycles[0].reason) == ("questions[1].show", "cycle")
    assert str(cycles[0]) == "Conditions go round in a circle: a → c → b → a."


def test_a_page_with_a_condition_on_its_own_question_is_a_cycle():
    cycles = problems(document(item("q"), page("p", show=asks("r")), item("r")))
    assert [(p.reason, p.detail["codes"]) for p in cycles] == [("cycle", "p → r → p")]


def test_a_reference_to_a_later_question_alone_is_no_cycle():
    assert wrong(item("a", show=asks("b")), item("b", show=asks("c")), item("c")) == [
        ("questions[0].show", "asks later"),
        ("questions[1].show", "asks later"),
    ]


def test_each_question_with_a_wrong_reference_is_reported_once():
    show = {"all": [asks("gone"), asks("gone", "equal", 1), asks("lost")]}
    assert wrong(item("q", show=show)) == [("questions[0].show", "asks unknown")] * 2


def test_only_the_condition_of_a_page_that_never_shows_is_reported():
    never = asks("q", "more", 9)
    inside = [item("r", show=asks("q")), item("opinion", "text", about="r")]
    listed = problems(
        document(item("q"), page("p", show=never), *inside, page("end"), item("s", show=asks("r")))
    )
    assert [(p.where, str(p)) for p in listed] == [
        ("questions[1].show", "“p” can never be shown: its condition is never met."),
        ("questions[5].show", "“s” can never be shown: its condition is never met."),
    ]
