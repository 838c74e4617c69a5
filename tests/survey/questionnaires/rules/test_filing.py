"""A questionnaire as a file: what is read, what is written, and what becomes of hostile files."""

import json
from time import process_time

import pytest
from hypothesis import given

from survey.questionnaires import publication
from survey.questionnaires.definition import Definition
from survey.questionnaires.rules import filing
from tests.survey.questionnaires import strategies

from .checking.documents import asks, document, item

LIBRARY = sorted(path.stem for path in publication.LIBRARY.glob("*.json"))


def as_file(value: object) -> bytes:
    return json.dumps(value).encode()


def reread(made: dict, slug: str = "made-up") -> dict:
    """What a version that holds ``made`` would hold after an export and an import."""
    read, _found = filing.read(filing.serialise(made, slug, made["title"]).encode())
    return filing.version_content(read, slug)


@given(strategies.complete())
def test_what_is_exported_and_imported_is_the_same(made):
    stored = filing.version_content(made, "made-up")
    assert reread(stored) == stored
    assert Definition.parse(reread(stored)) == Definition.parse(made)


@given(strategies.complete())
def test_the_same_questionnaire_gives_the_same_file_whatever_order_its_keys_are_in(made):
    def turned(value):
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return [turned(one) for one in value] if isinstance(value, list) else value

    assert filing.serialise(turned(made), "s", {}) == filing.serialise(made, "s", {})


@pytest.mark.parametrize("name", LIBRARY)
def test_a_file_of_the_library_is_read_and_comes_back_the_same(name):
    data = (publication.LIBRARY / f"{name}.json").read_bytes()
    read, found = filing.read(data)
    assert found == []
    assert reread(read, read["slug"]) == filing.version_content(read, read["slug"])


def test_a_question_stands_on_a_line_of_its_own_with_its_code_first():
    text = filing.serialise(document(item("a"), item("b")), "good", {"zh": "t"})
    assert json.loads(text)["slug"] == "good"
    assert [line[:18] for line in text.splitlines() if '"code"' in line] == [
        '    {"code": "a", ',
        '    {"code": "b", ',
    ]
    assert text.index('"format"') < text.index('"slug"') < text.index('"questions"')


def test_an_old_version_gets_the_title_of_its_questionnaire_and_its_languages():
    text = filing.serialise({"questions": [item("q")]}, "old", {"zh": "旧的"})
    read, found = filing.read(text.encode())
    assert found == []
    assert (read["title"], read["languages"]) == ({"zh": "旧的"}, ["zh", "en"])


def test_what_has_no_title_is_called_by_its_address():
    assert filing.version_content({"questions": []}, "s") == {
        "questions": [],
        "title": {"zh": "s"},
        "languages": ["zh", "en"],
    }
    named = filing.version_content(document(title={"zh": " ", "en": "Good"}), "s")
    assert named["title"] == {"zh": " ", "en": "Good"}


def test_what_is_unfinished_is_read_with_its_problems():
    read, found = filing.read(as_file(document(title={"en": "Survey"})))
    assert read is not None
    assert [problem.severity for problem in found] == ["unfinished"]


def test_a_byte_order_mark_does_not_matter():
    assert filing.read(b"\xef\xbb\xbf" + as_file(document()))[1] == []


HOSTILE = {
    "nothing": (b"", "no json"),
    "text": ("测评".encode(), "no json"),
    "cut off": (as_file(document())[:-3], "no json"),
    "GB 18030": ('{"title": "测评"}'.encode("gb18030"), "no utf-8"),
    "UTF-16": ('{"title": "测评"}'.encode("utf-16"), "no utf-8"),
    "too large": (b" " * (filing.LARGEST + 1), "size"),
    "deep lists": (b"[" * 1_000_000, "nested"),
    "deep objects": (b'{"a":' * 500_000, "nested"),
    "deep and closed": (b"[" * 500_000 + b"]" * 500_000, "nested"),
    "not a number": (b'{"weights": {"quality": NaN}}', "no value"),
    "endless": (b'{"weights": {"quality": -Infinity}}', "no value"),
    "many digits": (b'{"weights": {"quality": ' + b"9" * 1_000_000 + b"}}", "digits"),
    "a key twice": (b'{"format": 1, "format": 1}', "duplicate"),
    "many keys, one twice": (
        as_file({str(n): 0 for n in range(100_000)})[:-1] + b', "99999": 0}',
        "duplicate",
    ),
    "a half of a character": (
        as_file(document(item("q", texts={"zh": "\ud800"}))),
        "characters",
    ),
    "a half of a character as a key": (as_file(document(**{"\udfff": 1})), "unknown key"),
    "no object": (b"[]", "no object"),
    "a large exponent": (b'{"questions": [], "weights": {"quality": 1e999}}', "above zero"),
    "a hundred thousand questions": (as_file(document(*[{}] * 100_000)), "too many"),
    "a million of nothing": (b'{"questions": [' + b"0," * 1_000_000 + b"0]}", "too many"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_sentence_soon(name):
    data, reason = HOSTILE[name]
    start = process_time()
    read, found = filing.read(data)
    assert process_time() - start < 3  # 0.4 s on the machine where it was written
    assert read is None
    assert reason in [problem.reason for problem in found]
    assert all(len(str(problem)) < 300 for problem in found)
    assert all(str(problem).isprintable() for problem in found)


def test_the_place_of_what_is_no_json_is_named():
    _read, [problem] = filing.read(b'{\n  "title": oops\n}')
    assert str(problem) == "Invalid JSON: line 2, column 12."


def test_what_could_not_be_imported_again_is_too_large():
    many = [asks("q", "one_of", ["好" * 200] * 50)] * 25
    made = document(item("q", "text"), *[item(f"q{n}", show={"any": many}) for n in range(10)])
    read, found = filing.read(json.dumps(made, ensure_ascii=False).encode())
    assert read is None
    assert [problem.reason for problem in found] == ["size"]
    smaller = document(item("q", "text"), item("r", show={"any": many}))
    assert filing.read(json.dumps(smaller, ensure_ascii=False).encode())[0] == smaller
