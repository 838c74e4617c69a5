"""The check of a whole document: its frame, its limits, and hostile documents."""

from copy import deepcopy
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires import publication
from survey.questionnaires.definition import Definition
from survey.questionnaires.rules.checking import MOST_PROBLEMS, errors, problems
from tests.survey.questionnaires import strategies

from .documents import asks, document, item, option, page


def wrong(value: object) -> list[tuple[str, str]]:
    return [(problem.where, problem.reason) for problem in problems(value)]


def test_a_wrong_language_hides_no_other_problem():
    reasons = [
        (problem.where, problem.reason)
        for problem in problems(document({"code": "q"}, languages=["zh", "x!"]))
    ]
    assert reasons == [("languages[1]", "tag"), ("questions[0].kind", "unknown kind")]


def test_a_good_document_has_no_problems():
    assert problems(document()) == []
    assert problems({"title": {"zh": "测评"}, "questions": [item("q")]}) == []


@pytest.mark.parametrize("name", sorted(path.stem for path in publication.LIBRARY.glob("*.json")))
def test_the_library_has_no_problems(name):
    assert problems(publication.library_document(name)) == []


@given(strategies.documents())
def test_generated_documents_have_no_problem_but_conditions_that_never_hold(generated):
    assert {problem.reason for problem in problems(generated)} <= {"never"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"format": 2}, ("format", "format")),
        ({"format": "1"}, ("format", "format")),
        ({"format": None}, ("format", "format")),
        ({"author": "me"}, ("", "unknown key")),
        ({"slug": "Not good"}, ("slug", "slug")),
        ({"slug": "a" * 65}, ("slug", "slug")),
        ({"slug": "new"}, ("slug", "slug")),
        ({"slug": "a\n"}, ("slug", "slug")),
        (
            {"title": "测评"},
            (
                "title",
                "no texts",
            ),
        ),
        ({"title": {"zh": 5}}, ("title.zh", "no text")),
        ({"title": {"en": "Survey"}}, ("title", "untranslated")),
        ({"title": {"zh": " "}}, ("title", "untranslated")),
        ({"title": {"zh": "a", "fr": "b"}}, ("title", "language")),
        ({"summary": {"en": "Only"}}, ("summary", "untranslated")),
        ({"languages": "zh"}, ("languages", "no list")),
        ({"languages": []}, ("languages", "empty")),
        ({"languages": ["zh", "zh"]}, ("languages[1]", "duplicate")),
        ({"languages": ["zh", "Chinese!"]}, ("languages[1]", "tag")),
        ({"languages": [["zh"]]}, ("languages[0]", "tag")),
        ({"languages": ["zh"] * 31}, ("languages", "too many")),
        ({"source": "R5"}, ("source", "no object")),
        ({"source": {"page": 3}}, ("source", "unknown key")),
        ({"source": {"regulation": 5}}, ("source.regulation", "no text")),
        ({"source": {"title": "x" * 201}}, ("source.title", "too long")),
        ({"source": {"note": {"en": "Only"}}}, ("source.note", "untranslated")),
        ({"shows_score": 1}, ("shows_score", "no truth")),
        ({"weights": []}, ("weights", "no object")),
        ({"weights": {"quality": 0}}, ("weights.quality", "above zero")),
        ({"weights": {"quality": float("nan")}}, ("weights.quality", "above zero")),
        ({"weights": {"quality": True}}, ("weights.quality", "no number")),
        ({"weights": {"": 1}}, ("weights", "dimension")),
        ({"weights": {str(n): 1 for n in range(51)}}, ("weights", "too many")),
        ({"questions": {}}, ("questions", "no list")),
        ({"questions": []}, ("questions", "no questions")),
        ({"questions": [page("p")]}, ("questions", "no questions")),
        ({"questions": [item("q"), item("q")]}, ("questions[1].code", "duplicate")),
        ({"questions": [item("q"), page("q")]}, ("questions[1].code", "duplicate")),
    ],
)
def test_the_frame_is_checked(change, expected):
    assert wrong(document() | change) == [expected]


@pytest.mark.parametrize("value", [None, [], "text", 5, True, 1.5])
def test_a_value_that_is_no_document_is_rejected(value):
    assert wrong(value) == [("", "no object")]


def test_an_unfinished_document_may_be_a_draft():
    assert errors(problems(document(title={}, questions=[]))) == []
    assert [p.severity for p in problems(document(title={}, questions=[]))] == ["unfinished", "unfinished"]
    assert [p.severity for p in errors(problems(document(format=2)))] == ["error"]


def test_each_problem_has_a_sentence():
    problem = problems(document(weights={"quality": -1}))[0]
    assert str(problem) == "More than 0, at most 1000."
    assert problem.text % problem.detail == str(problem)


def test_excerpts_are_short_and_harmless():
    shortened = problems(document(**{"\x1b[2J\u202e" + "x" * 500: 1}))[0]
    assert "\x1b" not in str(shortened)
    assert "\u202e" not in str(shortened)
    assert len(str(shortened)) < 120


def deep(levels: int, key: str) -> dict:
    inner: dict = asks("q")
    for _ in range(levels):
        inner = {"not": inner} if key == "not" else {key: [inner]}
    return inner


def nested_list(levels: int) -> list:
    inner: list = []
    for _ in range(levels):
        inner = [inner]
    return inner


HOSTILE = {
    "a hundred thousand questions": document(*[item(f"q{n}") for n in range(100_000)]),
    "a hundred thousand of nothing": document(*[None] * 100_000),
    "a hundred thousand options": document(
        item("q", "single_choice", options=[option(f"o{n}") for n in range(100_000)])
    ),
    "a hundred thousand unknown keys": document(item("q", **{f"k{n}": n for n in range(100_000)})),
    "a hundred thousand languages": document(title={f"l{n}": "x" for n in range(100_000)}),
    "a deep not": document(item("q"), item("r", show=deep(100_000, "not"))),
    "a deep all": document(item("q"), item("r", show=deep(100_000, "all"))),
    "deep lists": document(item("q", labels=nested_list(100_000))),
    "a wide condition": document(item("q"), item("r", show={"any": [asks("q")] * 100_000})),
    "a long code": document(item("q" * 10_000_000)),
    "a long text": document(item("q", texts={"zh": "x" * 10_000_000})),
    "the same code everywhere": document(*[item("q") for _ in range(300)]),
    "many texts": document(
        *[
            item(
                f"q{n}",
                "single_choice",
                options=[option(f"o{o}", texts={"zh": "x" * 2000}) for o in range(50)],
            )
            for n in range(300)
        ]
    ),
    "large numbers": document(item("q", "number", minimum=10**5000, maximum=-(10**5000), decimals=10**5000)),
    "everything asks about everything": document(
        *[item(f"q{n}", show={"any": [asks(f"q{m}") for m in range(n + 1, n + 51)]}) for n in range(300)]
    ),
    "everything asks about all before": document(
        *[
            item(
                f"q{n}",
                "nps",
                show={"any": [asks(f"q{m}", "equal", m % 11) for m in range(max(n - 50, 0), n)]},
            )
            if n
            else item("q0", "nps")
            for n in range(300)
        ]
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_rejected_quickly_with_a_short_list(name):
    start = process_time()
    listed = problems(HOSTILE[name])
    assert process_time() - start < 3  # 1 s on the machine where it was written
    assert len(listed) <= MOST_PROBLEMS
    assert listed or name == "everything asks about all before"
    assert all(len(str(problem)) < 300 and len(problem.where) < 200 for problem in listed)


def test_a_script_in_a_text_is_accepted_as_text():
    """A script is harmless, because pages escape texts."""
    assert problems(document(item("q", texts={"zh": "<script>alert(1)</script>{{ 7 * 7 }}"}))) == []


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def spoiled(draw) -> dict:
    """Draw a valid document in which one or two parts are replaced by any value."""
    generated = deepcopy(draw(strategies.documents(4)))
    for _ in range(draw(st.integers(1, 2))):
        place: object = generated
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            key = draw(st.sampled_from(keys))
            if isinstance(place[key], dict | list) and place[key] and draw(st.integers(0, 3)):
                place = place[key]
                continue
            place[key] = draw(ANYTHING)
            break
        if not isinstance(generated.get("questions"), list):
            break
    return generated


@given(spoiled())
def test_any_document_is_checked_and_a_valid_one_is_parsed(generated):
    listed = problems(generated)
    assert all(isinstance(str(problem), str) and problem.severity for problem in listed)
    if not errors(listed):
        Definition.parse(generated)


@given(ANYTHING)
def test_any_value_gets_a_list_of_problems(value):
    assert problems(value)
    assert problems({"questions": value, "languages": ["zh"], "title": {"zh": "t"}}) or not errors([])
