"""The pages and questions that show."""

from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.definition import Definition
from survey.questionnaires.rules.conditions import holds, parse
from survey.questionnaires.rules.visibility import Context, visible
from tests.survey.questionnaires import strategies

AT = Context(place=("group", "north", "north-1"), channel="qr", language="zh")
LOW = {"question": "overall", "is": "at_most", "value": 2}


def rating(code: str, **more: object) -> dict:
    return {"code": code, "kind": "rating", "texts": {"zh": code}} | more


def page(code: str, **more: object) -> dict:
    return {"code": code, "kind": "page"} | more


def defined(*items: dict) -> Definition:
    return Definition.parse({"questions": list(items)})


def test_a_question_without_a_condition_shows():
    shown = visible(defined(rating("overall"), page("more"), rating("speed")), {}, AT)
    assert shown.pages == (0, 1)
    assert shown.questions == {"overall", "speed"}


def test_a_question_shows_when_its_condition_holds():
    definition = defined(rating("overall"), rating("why", show=LOW))
    assert visible(definition, {"overall": 2}, AT).questions == {"overall", "why"}
    assert visible(definition, {"overall": 3}, AT).questions == {"overall"}
    assert visible(definition, {}, AT).questions == {"overall"}


def test_a_page_that_does_not_show_hides_its_questions():
    definition = defined(
        rating("overall"), page("more", show=LOW), rating("speed"), page("end"), rating("again")
    )
    assert visible(definition, {"overall": 5}, AT) == visible(definition, {}, AT)
    assert visible(definition, {"overall": 5}, AT).pages == (0, 2)
    assert visible(definition, {"overall": 1}, AT).pages == (0, 1, 2)


def test_a_page_shows_only_with_a_question():
    definition = defined(rating("overall"), page("more"), rating("speed", show=LOW), page("none"))
    assert visible(definition, {}, AT).pages == (0,)
    assert visible(definition, {"overall": 1}, AT).pages == (0, 1)


def test_a_hidden_answer_does_not_count():
    definition = defined(
        rating("overall"),
        rating("speed", show=LOW),
        rating("why", show={"question": "speed", "is": "answered"}),
    )
    assert visible(definition, {"overall": 5, "speed": 1}, AT).questions == {"overall"}
    assert visible(definition, {"overall": 1, "speed": 1}, AT).questions == {"overall", "speed", "why"}


def test_not_applicable_is_no_answer():
    definition = defined(rating("overall", not_applicable=True), rating("why", show={"not": LOW}))
    answered = defined(
        rating("overall", not_applicable=True), rating("why", show={"question": "overall", "is": "answered"})
    )
    assert visible(definition, {"overall": "na"}, AT).questions == {"overall", "why"}
    assert visible(answered, {"overall": "na"}, AT).questions == {"overall"}


def test_the_text_na_is_an_answer():
    text = {"code": "comment", "kind": "text", "texts": {"zh": "c"}}
    definition = defined(text, rating("why", show={"question": "comment", "is": "answered"}))
    assert visible(definition, {"comment": "na"}, AT).questions == {"comment", "why"}


def test_a_comment_shows_with_its_question():
    opinion = {"code": "speed_opinion", "kind": "text", "about": "speed", "texts": {"zh": "o"}}
    definition = defined(rating("overall"), rating("speed", show=LOW), opinion)
    assert visible(definition, {"overall": 5}, AT).questions == {"overall"}
    assert visible(definition, {"overall": 1}, AT).questions == {"overall", "speed", "speed_opinion"}


def test_the_service_point_decides():
    definition = defined(rating("overall", show={"context": "place", "is": "contains", "value": "north"}))
    assert visible(definition, {}, AT).questions == {"overall"}
    assert visible(definition, {}, Context(place=("group", "south"))).questions == set()


def test_a_condition_on_a_later_question_does_not_hold_in_a_draft():
    definition = defined(rating("why", show=LOW), rating("overall"), rating("lost", about="gone"))
    assert visible(definition, {"overall": 1}, AT).questions == {"overall"}


@given(st.data())
def test_visible_agrees_with_conditions_evaluated_one_by_one(data):
    definition = data.draw(strategies.definitions())
    answers = data.draw(strategies.answers(definition))
    context = data.draw(strategies.contexts())
    shown = visible(definition, answers, context)
    counted = {}
    for number, shown_page in enumerate(definition.pages):
        opens = not shown_page.show or holds(parse(shown_page.show), dict(counted), context)
        for question in shown_page.questions:
            expected = (
                opens
                and (not question.show or holds(parse(question.show), counted, context))
                and (question.about is None or question.about in shown.questions)
            )
            assert (question.code in shown.questions) == expected
            answer = answers.get(question.code)
            if expected and not (question.not_applicable and answer == "na"):
                counted[question.code] = answer
        any_shows = any(question.code in shown.questions for question in shown_page.questions)
        assert (number in shown.pages) == any_shows


@given(st.data())
def test_leaving_out_hidden_answers_changes_nothing(data):
    definition = data.draw(strategies.definitions())
    answers = data.draw(strategies.answers(definition))
    context = data.draw(strategies.contexts())
    shown = visible(definition, answers, context)
    visible_answers = {code: answer for code, answer in answers.items() if code in shown.questions}
    assert visible(definition, visible_answers, context) == shown


def test_sixty_questions_are_decided_in_a_tenth_of_a_millisecond():
    items = [rating("overall")]
    for number in range(1, 60):
        before = {"question": f"q{number - 1}" if number > 1 else "overall", "is": "at_least", "value": 1}
        place = {"context": "place", "is": "contains", "value": "north"}
        items.append(rating(f"q{number}", show={"all": [before, {"any": [LOW, place]}]}))
    definition = defined(*items)
    answers = {question.code: 3 for question in definition.questions}
    assert len(visible(definition, answers, AT).questions) == 60
    times = []
    for _ in range(50):
        start = process_time()
        visible(definition, answers, AT)
        times.append(process_time() - start)
    assert min(times) < 0.0005  # 0.1 ms on the machine where it was written
