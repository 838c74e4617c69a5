"""docs/questionnaire.schema.json agrees with the checker, as far as a schema can."""

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from survey.questionnaires import publication
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.rules.checking import errors, problems
from survey.questionnaires.rules.checking.document import KEYS
from survey.questionnaires.rules.checking.items import KEYS as OF_ITEMS
from survey.questionnaires.rules.checking.items import settings as settings_of
from tests.survey.questionnaires import strategies

from .checking.documents import asks, document, item, option, page

ROOT = Path(__file__).resolve().parents[4]
SCHEMA = json.loads((ROOT / "docs/questionnaire.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
LIBRARY = sorted(path.stem for path in publication.LIBRARY.glob("*.json"))
BEYOND_A_SCHEMA = {
    *("duplicate", "language", "order", "date", "too deep", "too many", "size", "too large"),
    "no whole number",
}
"""Reasons that compare or count several parts of a document; a schema also takes 5.0 for a whole number."""


def accepted(value: Any) -> bool:
    return VALIDATOR.is_valid(value)


def refused(value: Any) -> set[str]:
    """Return the checker's reasons to reject the document, without those that a schema cannot express."""
    return {problem.reason for problem in errors(problems(value))} - BEYOND_A_SCHEMA


def test_the_schema_is_valid():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", LIBRARY)
def test_the_schema_accepts_the_library(name):
    VALIDATOR.validate(publication.library_document(name))


@given(strategies.complete())
def test_the_schema_accepts_documents_that_the_checker_accepts(generated):
    assert refused(generated) == set()
    VALIDATOR.validate(generated)


def test_the_schema_and_the_checker_have_the_same_keys():
    assert set(SCHEMA["properties"]) == set(KEYS)
    kinds = {
        branch["if"]["properties"]["kind"]["const"]: branch["then"]
        for branch in SCHEMA["$defs"]["item"]["allOf"]
    }
    assert {kind: set(then["propertyNames"]["enum"]) for kind, then in kinds.items()} == {
        kind: set(settings_of(kind)) for kind in ("page", *KINDS)
    }
    assert set(SCHEMA["$defs"]["item"]["properties"]) == OF_ITEMS


def choice(**more: Any) -> dict[str, Any]:
    return item("q", "single_choice", options=[option("a") | more, option("b")])


WRONG: dict[str, Any] = {
    "no object": [],
    "no questions": {"title": {"zh": "t"}},
    "format": document(format=2),
    "slug": document(slug="Not good"),
    "a long slug": document(slug="a" * 65),
    "a page of ours": document(slug="new"),
    "key": document(author="me"),
    "title": document(title="t"),
    "text": document(title={"zh": 5}),
    "long text": document(title={"zh": "x" * 2001}),
    "characters": document(title={"zh": "\u202e"}),
    "half a character": document(title={"zh": "\ud800"}),
    "tag": document(languages=["Chinese"]),
    "no languages": document(languages=[]),
    "many languages": document(languages=[f"{a}{b}" for a in "abcdef" for b in "abcdef"]),
    "source": document(source={"page": 3}),
    "long source": document(source={"title": "x" * 201}),
    "weights": document(weights={"quality": 0}),
    "heavy": document(weights={"quality": 1001}),
    "nameless": document(weights={" ": 1}),
    "shows": document(shows_score=1),
    "code": document(item("Q")),
    "reserved": document(item("page")),
    "kind": document(item("q", "stars")),
    "of another kind": document(item("q", "nps", scale=5)),
    "page": document(item("q"), page("p", required=True)),
    "scale": document(item("q", scale=11)),
    "look": document(item("q", look="hearts")),
    "best": document(item("q", best="middle")),
    "label": document(item("q", labels=["bad"])),
    "truth": document(item("q", required="yes")),
    "null": document(item("q", weight=None)),
    "long dimension": document(item("q", dimension="x" * 41)),
    "about": document(item("q"), item("r", "text", about="Q")),
    "option code": document(choice(code="na")),
    "option key": document(choice(colour="red")),
    "option truth": document(choice(other=1)),
    "many options": document(item("q", "ranking", options=[option(f"o{n}") for n in range(51)])),
    "decimals": document(item("q", "number", decimals=7)),
    "bound": document(item("q", "number", minimum="3")),
    "far": document(item("q", "number", minimum=10**15)),
    "day": document(item("q", "date", minimum="tomorrow")),
    "length": document(item("q", "short_text", maximum=201)),
    "no length": document(item("q", "text", maximum=0)),
    "choose": document(item("q", "multiple_choice", options=[option("a"), option("b")], minimum=51)),
    "condition": document(item("q"), item("r", show={})),
    "two conditions": document(item("q"), item("r", show={"all": [asks("q")], "any": [asks("q")]})),
    "no parts": document(item("q"), item("r", show={"all": []})),
    "many parts": document(item("q"), item("r", show={"all": [asks("q")] * 51})),
    "operator": document(item("q"), item("r", show=asks("q", "near", 3))),
    "no value": document(item("q"), item("r", show=asks("q", "equal"))),
    "a value too many": document(item("q"), item("r", show=asks("q", "answered", 3))),
    "no list": document(item("q"), item("r", show=asks("q", "one_of", 3))),
    "a list": document(item("q"), item("r", show=asks("q", "equal", [3]))),
    "a truth": document(item("q"), item("r", show=asks("q", "equal", True))),
    "context": document(item("r", show={"context": "weather", "is": "equal", "value": "rain"})),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_schema_and_the_checker_reject_the_same_documents(name):
    assert errors(problems(WRONG[name]))
    assert not accepted(WRONG[name])


@st.composite
def spoiled(draw) -> Any:
    """Draw a valid document with one part replaced by any value or by another part."""
    generated = deepcopy(draw(strategies.complete()))
    place: Any = generated
    while True:
        key = draw(st.sampled_from(list(place) if isinstance(place, dict) else list(range(len(place)))))
        if isinstance(place[key], dict | list) and place[key] and draw(st.integers(0, 3)):
            place = place[key]
            continue
        place[key] = draw(OTHER | st.sampled_from(list(parts(generated))).map(deepcopy))
        return generated


def parts(value: Any):
    """Yield every value in a document."""
    yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(inner)


OTHER = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)


@settings(max_examples=150)
@given(spoiled())
def test_the_schema_and_the_checker_reject_any_wrong_form(generated):
    if refused(generated):
        assert not accepted(generated), refused(generated)
    elif not errors(problems(generated)):
        assert accepted(generated)


def test_the_documentation_of_the_format_names_every_key_and_type():
    page = (ROOT / "docs/questionnaires.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z_]+)`", page))
    assert {*KEYS, "page", *KINDS, *OF_ITEMS} <= named
