"""The search finds items that can never show, and no others."""

from itertools import product
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.questionnaires.definition import Definition, Question
from survey.questionnaires.rules.possible import never_shown
from survey.questionnaires.rules.visibility import Context, visible
from tests.survey.questionnaires import strategies

SMALL = ("yes_no", "rating", "single_choice", "multiple_choice", "number", "date", "consent", "statement")


def item(code: str, kind: str = "rating", **more: object) -> dict:
    return {"code": code, "kind": kind, "texts": {"zh": code}} | more


def is_(question: str, operator: str, value: object = None) -> dict:
    return {"question": question, "is": operator, "value": value}


def hidden(*items: dict) -> tuple[str, ...]:
    return never_shown(Definition.parse({"questions": list(items)}))


def test_a_condition_that_may_hold_is_not_reported():
    assert hidden(item("q"), item("r", show=is_("q", "at_most", 2))) == ()


@pytest.mark.parametrize(
    "show",
    [
        is_("q", "more", 5),
        is_("q", "equal", 2.5),
        is_("q", "equal", "good"),
        {"all": [is_("q", "less", 3), is_("q", "more", 3)]},
        {"all": [is_("q", "answered"), {"not": is_("q", "one_of", [1, 2, 3, 4, 5])}]},
        {"any": []},
        {"context": "language", "is": "equal", "value": "ug"},
        {"all": [{"context": "channel", "is": "equal", "value": channel} for channel in ("qr", "sms")]},
        {"all": [{"context": "place", "is": "equal", "value": place} for place in ("a", "b")]},
        {
            "all": [
                {"context": "employee", "is": "equal", "value": "e"},
                {"not": {"context": "employee", "is": "answered"}},
            ]
        },
        is_("r", "answered"),
        is_("later", "answered"),
        is_("unknown", "answered"),
    ],
)
def test_a_condition_that_cannot_hold_is_found(show):
    assert hidden(item("q"), item("r", show=show), item("later")) == ("r",)


@pytest.mark.parametrize(
    "show",
    [
        {"all": [{"context": "place", "is": "contains", "value": place} for place in ("a", "b")]},
        {
            "all": [
                {"context": "place", "is": "contains", "value": "a"},
                {"context": "place", "is": "equal", "value": "b"},
            ]
        },
        {"not": {"context": "employee", "is": "answered"}},
        {"all": [{"not": {"context": "channel", "is": "equal", "value": c}} for c in ("qr", "sms")]},
        {"context": "language", "is": "equal", "value": "en"},
    ],
)
def test_any_place_employee_or_channel_is_possible(show):
    assert hidden(item("q", show=show)) == ()


def test_a_question_about_a_hidden_question_never_shows():
    assert hidden(
        item("q"),
        item("r", show=is_("q", "more", 9)),
        item("s", show=is_("r", "answered")),
        item("t", show={"not": is_("r", "answered")}),
        item("opinion", "text", about="r"),
    ) == ("r", "s", "opinion")


def test_the_questions_of_a_page_that_never_shows_never_show():
    assert hidden(item("q"), item("p", "page", show=is_("q", "more", 9)), item("r")) == ("p", "r")


def test_a_page_and_its_question_may_contradict_each_other():
    page = item("p", "page", show=is_("q", "less", 3))
    assert hidden(item("q"), page, item("r", show=is_("q", "more", 3))) == ("r",)


def test_a_condition_on_two_questions_that_never_show_together_never_holds():
    low, high = item("low", show=is_("q", "less", 3)), item("high", show=is_("q", "more", 3))
    both = {"all": [is_("low", "answered"), is_("high", "answered")]}
    assert hidden(item("q"), low, high, item("r", show=both)) == ("r",)
    either = {"any": both["all"]}
    assert hidden(item("q"), low, high, item("r", show=either)) == ()


def test_a_required_question_is_answered_before_the_next_page_but_not_on_its_own():
    unanswered = {"not": is_("q", "answered")}
    question, page, then = item("q", required=True), item("p", "page"), item("r", show=unanswered)
    assert hidden(question, then, page) == ()
    assert hidden(question, page, then) == ("r",)
    assert hidden(question | {"required": False}, page, then) == ()
    assert hidden(question | {"not_applicable": True}, page, then) == ()


def test_a_required_question_that_is_hidden_is_not_answered():
    question = item("q", required=True, show=is_("first", "equal", 1))
    assert (
        hidden(item("first"), question, item("p", "page"), item("r", show={"not": is_("q", "answered")}))
        == ()
    )


def test_options_are_chosen_together_as_the_question_allows():
    options = [{"code": code, "texts": {"zh": code}} for code in "abc"]
    both = {"all": [is_("q", "contains", "a"), is_("q", "contains", "b")]}
    none = {"all": [is_("q", "answered"), *({"not": is_("q", "contains", code)} for code in "ab")]}
    then = [item("both", show=both), item("none", show=none)]
    assert hidden(item("q", "multiple_choice", options=options), *then) == ()
    assert hidden(item("q", "multiple_choice", options=options, maximum=1), *then) == ("both",)
    assert hidden(item("q", "multiple_choice", options=options, minimum=2), *then) == ("none",)
    alone = [options[0] | {"exclusive": True}, *options[1:]]
    assert hidden(item("q", "multiple_choice", options=alone, minimum=2), *then) == ("both", "none")
    last = [*options[:2], options[2] | {"exclusive": True}]
    assert hidden(item("q", "multiple_choice", options=last, minimum=2), *then) == ()


def test_numbers_between_others_respect_their_decimals():
    between = {"all": [is_("q", "more", 1), is_("q", "less", 2)]}
    assert hidden(item("q", "number"), item("r", show=between)) == ("r",)
    assert hidden(item("q", "number", decimals=1), item("r", show=between)) == ()
    assert hidden(item("q", "number", minimum=2), item("r", show=is_("q", "less", 2))) == ("r",)
    assert hidden(item("q", "number", decimals=2, maximum=0.05), item("r", show=is_("q", "more", 0.04))) == ()
    assert hidden(item("q", "number"), item("r", show=is_("q", "more", 1e300))) == ("r",)


def test_days_have_neighbours():
    between = {"all": [is_("q", "more", "2028-02-28"), is_("q", "less", "2028-03-01")]}
    assert hidden(item("q", "date"), item("r", show=between)) == ()
    between = {"all": [is_("q", "more", "2027-02-28"), is_("q", "less", "2027-03-01")]}
    assert hidden(item("q", "date"), item("r", show=between)) == ("r",)
    assert hidden(item("q", "date"), item("r", show=is_("q", "more", "9999-12-31"))) == ("r",)
    assert hidden(item("q", "date"), item("r", show=is_("q", "less", "0001-01-01"))) == ("r",)


def test_words_are_combined_side_by_side_and_within_each_other():
    whole = {"all": [is_("q", "contains", "waiting"), {"not": is_("q", "contains", "wait")}]}
    assert hidden(item("q", "text"), item("r", show=whole)) == ("r",)
    both = {
        "all": [is_("q", "contains", "late"), is_("q", "contains", "dear"), is_("q", "different", "late")]
    }
    assert hidden(item("q", "text"), item("r", show=both)) == ()
    exact = {
        "all": [is_("q", "contains", "late"), is_("q", "equal", "too late"), is_("q", "different", "late")]
    }
    assert hidden(item("q", "text"), item("r", show=exact)) == ()
    assert hidden(item("q", "text", maximum=3), item("r", show=is_("q", "contains", "late"))) == ("r",)


def every(question: Question) -> list:
    """Return all answers to ``question``."""
    tenths = [tenth / 10 for tenth in range(-10, 21)]
    return {
        "yes_no": lambda: [0, 1],
        "rating": lambda: list(range(1, question.scale + 1)),
        "single_choice": lambda: [option.code for option in question.options],
        "multiple_choice": lambda: strategies.choices(question),
        "number": lambda: tenths if question.decimals else [-1, 0, 1, 2],
        "date": lambda: [day.isoformat() for day in strategies.DAYS],
        "consent": lambda: [1],
        "statement": list,
    }[question.kind]()


def shows_somehow(definition: Definition, context: Context) -> set[str]:
    """Return the codes that show for any answers, by trying all combinations."""
    codes: set[str] = set()
    page = {
        question.code: number for number, part in enumerate(definition.pages) for question in part.questions
    }
    for combination in product(*([None, *every(question)] for question in definition.questions)):
        chosen = dict(zip(page, combination, strict=True))
        answers = {code: answer for code, answer in chosen.items() if answer is not None}
        shown = visible(definition, answers, context).questions
        missing = [
            page[code]
            for code in shown - answers.keys()
            if definition.by_code[code].required and not definition.by_code[code].not_applicable
        ]
        reached = min(missing, default=len(definition.pages))
        codes |= {code for code in shown if page[code] <= reached}
    return codes


def without_context(show: dict) -> bool:
    if "all" in show or "any" in show:
        return all(without_context(part) for part in show.get("all", show.get("any")))
    return without_context(show["not"]) if "not" in show else "context" not in show


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_the_search_agrees_with_trying_all_answers(data):
    definition = data.draw(strategies.definitions(4, SMALL))
    shows = [shown.show for shown in (*definition.questions, *definition.pages) if shown.show]
    never = set(never_shown(definition))
    if all(without_context(show) for show in shows):
        assert never & set(definition.by_code) == set(definition.by_code) - shows_somehow(
            definition, Context()
        )
    else:
        assert not never & shows_somehow(definition, data.draw(strategies.contexts()))


def test_a_long_chain_is_followed():
    items = [item("q0")]
    items += [item(f"q{n}", show=is_(f"q{n - 1}", "at_least", 2)) for n in range(1, 300)]
    start = process_time()
    assert hidden(*items) == ()
    assert process_time() - start < 3


def test_a_condition_that_takes_too_long_is_assumed_to_be_possible():
    questions = [item(f"q{n}", "nps") for n in range(40)]
    sums = [{"any": [is_(f"q{n}", "equal", v) for v in (3, 7)]} for n in range(20)]
    odd = {
        "all": [{"any": [{"not": part}, sums[n - 1]]} for n, part in enumerate(sums)]
        + [{"any": sums}, {"not": {"all": sums}}]
    }
    conditional = [item(f"r{n}", show=odd) for n in range(200)]
    options = [{"code": f"o{n}", "texts": {"zh": "o"}} for n in range(50)]
    many = {"all": [{"not": is_("many", "contains", f"o{n}")} for n in range(50)] + [is_("many", "answered")]}
    start = process_time()
    hidden(
        *questions, *conditional, item("many", "multiple_choice", options=options), item("last", show=many)
    )
    assert process_time() - start < 3
