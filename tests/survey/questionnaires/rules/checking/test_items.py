"""The checks of each question and page by itself."""

import pytest

from survey.questionnaires.kinds import KINDS
from survey.questionnaires.rules.checking import problems
from survey.questionnaires.rules.checking.items import KEYS, settings

from .documents import document, item, option, page

OPTIONS = [option("a"), option("b")]


def wrong(*items: object) -> list[tuple[str, str]]:
    return [(problem.where, problem.reason) for problem in problems(document(*items))]


def test_every_question_type_is_valid():
    assert set().union(*map(settings, ["page", *KINDS])) == KEYS
    more = {kind: {"options": OPTIONS} for kind in ("single_choice", "multiple_choice", "ranking")}
    assert wrong(*[item(f"q_{kind}", kind, **more.get(kind, {})) for kind in KINDS], page("p")) == []


def test_faces_need_their_own_labels_unless_there_are_five():
    assert wrong(item("q", look="faces")) == []
    assert wrong(item("q", look="faces", scale=2, labels=[{"zh": "差"}, {"zh": "好"}])) == []
    assert wrong(item("q", look="stars", scale=7)) == []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (None, ("", "no object")),
        ([], ("", "no object")),
        (item("Q"), (".code", "code")),
        (item("1q"), (".code", "code")),
        (item("page"), (".code", "reserved")),
        (item("q\n"), (".code", "code")),
        (item("a" * 41), (".code", "code")),
        (item(5), (".code", "code")),
        (item(["q"]), (".code", "code")),
        ({"kind": "nps", "texts": {"zh": "q"}}, (".code", "code")),
        (item("q", "stars"), (".kind", "unknown kind")),
        (item("q", ["nps"]), (".kind", "unknown kind")),
        ({"code": "q", "texts": {"zh": "q"}}, (".kind", "unknown kind")),
        (item("q", colour="red"), ("", "unknown key")),
        (item("q", "nps", scale=5), (".scale", "not of kind")),
        (item("q", "text", dimension="quality"), (".dimension", "not of kind")),
        (item("q", "statement", required=True), (".required", "not of kind")),
        (item("q", texts={}), (".texts", "untranslated")),
        ({"code": "q", "kind": "nps"}, (".texts", "untranslated")),
        (item("q", texts={"en": "Good?"}), (".texts", "untranslated")),
        (
            item("q", texts=["Good?"]),
            (
                ".texts",
                "no texts",
            ),
        ),
        (item("q", texts={"zh": "好\u202e?"}), (".texts.zh", "characters")),
        (item("q", texts={"zh": "好\x00?"}), (".texts.zh", "characters")),
        (item("q", texts={"zh": "好" * 2001}), (".texts.zh", "too long")),
        (item("q", help={"en": "Only"}), (".help", "untranslated")),
        (item("q", required="yes"), (".required", "no truth")),
        (item("q", supplied=1), (".supplied", "no truth")),
        (item("q", withheld=None), (".withheld", "no truth")),
        (item("q", weight=0), (".weight", "above zero")),
        (item("q", weight=float("inf")), (".weight", "above zero")),
        (item("q", dimension=" "), (".dimension", "dimension")),
        (item("q", dimension=["quality"]), (".dimension", "no text")),
        (item("q", scale=11), (".scale", "range")),
        (item("q", scale=1), (".scale", "range")),
        (item("q", scale=5.0), (".scale", "no whole number")),
        (item("q", scale=True), (".scale", "no whole number")),
        (item("q", look="hearts"), (".look", "choice")),
        (item("q", look=["stars"]), (".look", "choice")),
        (item("q", look="words"), (".labels", "labels")),
        (item("q", look="words", labels=[{"zh": "好"}] * 4 + [{}]), (".labels", "labels")),
        (item("q", look="faces", scale=7), (".labels", "labels")),
        (item("q", look="faces", scale=2, labels=[{"zh": "差"}, {"zh": " "}]), (".labels", "labels")),
        (item("q", best="middle"), (".best", "choice")),
        (item("q", labels={}), (".labels", "no list")),
        (item("q", labels=[{"zh": "x"}] * 4), (".labels", "labels")),
        (item("q", labels=[{"zh": "x"}] * 11), (".labels", "too many")),
        (
            item("q", labels=["x"] + [{}] * 4),
            (
                ".labels[0]",
                "no texts",
            ),
        ),
        (item("q", labels=[{"en": "x"}] + [{}] * 4), (".labels[0]", "untranslated")),
        (item("q", "nps", labels=[{"zh": "x"}]), (".labels", "labels")),
        (item("q", "single_choice"), (".options", "too few options")),
        (item("q", "single_choice", options=OPTIONS[:1]), (".options", "too few options")),
        (item("q", "single_choice", options={}), (".options", "no list")),
        (item("q", "single_choice", options=[*OPTIONS, "c"]), (".options[2]", "no object")),
        (item("q", "single_choice", options=[*OPTIONS, option("a")]), (".options[2].code", "duplicate")),
        (item("q", "single_choice", options=[*OPTIONS, option("na")]), (".options[2].code", "option code")),
        (item("q", "single_choice", options=[*OPTIONS, option("~")]), (".options[2].code", "option code")),
        (
            item("q", "single_choice", options=[*OPTIONS, option("c", texts={})]),
            (".options[2].texts", "untranslated"),
        ),
        (
            item("q", "single_choice", options=[*OPTIONS, option("c", right=1)]),
            (".options[2].right", "no truth"),
        ),
        (
            item("q", "single_choice", options=[*OPTIONS, option("c", image="x")]),
            (".options[2]", "unknown key"),
        ),
        (item("q", "single_choice", options=[option(f"o{n}") for n in range(51)]), (".options", "too many")),
        (item("q", "single_choice", options=OPTIONS, dimension="quality"), (".dimension", "no right answer")),
        (item("q", "multiple_choice", options=OPTIONS, minimum=2, maximum=1), (".maximum", "order")),
        (item("q", "multiple_choice", options=OPTIONS, minimum=3), (".minimum", "too much to choose")),
        (item("q", "multiple_choice", options=OPTIONS, maximum=1.5), (".maximum", "no whole number")),
        (item("q", "number", minimum=2, maximum=1), (".maximum", "order")),
        (item("q", "number", minimum="2"), (".minimum", "no number")),
        (item("q", "number", minimum=float("nan")), (".minimum", "range")),
        (item("q", "number", maximum=10**16), (".maximum", "range")),
        (item("q", "number", maximum=0.25, decimals=1), (".maximum", "decimals")),
        (item("q", "number", decimals=7), (".decimals", "range")),
        (item("q", "date", minimum="2026-02-30"), (".minimum", "date")),
        (item("q", "date", minimum="20260201"), (".minimum", "date")),
        (item("q", "date", minimum="2026-02-02", maximum="2026-02-01"), (".maximum", "order")),
        (item("q", "text", maximum=0), (".maximum", "range")),
        (item("q", "text", maximum=2001), (".maximum", "range")),
        (item("q", "short_text", maximum=201), (".maximum", "range")),
        (item("q", "text", about=5), (".about", "code")),
    ],
)
def test_a_question_is_checked(question, expected):
    first, *others = wrong(question, item("good"))
    assert first == ("questions[0]" + expected[0], expected[1])
    assert {reason for _where, reason in others} <= {"range", "order", "decimals", "no text"}


def test_the_problem_names_its_question():
    assert [problem.code for problem in problems(document(item("speed", scale=1)))] == ["speed"]


def test_only_the_ends_of_a_scale_may_have_labels():
    assert wrong(item("q", labels=[{"zh": "差"}, {}, {}, {}, {"zh": "好"}])) == []


def test_a_page_needs_no_title():
    assert wrong(page("p"), item("q"), page("r", texts={"zh": "第二页"}), item("s")) == []


def test_a_null_setting_counts_as_missing():
    assert (
        wrong(
            item("q", dimension=None, show=None),
            item("r", "number", minimum=None),
            item("s", "text", about=None),
        )
        == []
    )


def test_a_quiz_may_have_a_dimension():
    assert (
        wrong(item("q", "single_choice", options=[option("a", right=True), option("b")], dimension="x")) == []
    )
