import pytest

from survey.questionnaires.definition import Question
from survey.questionnaires.kinds import KINDS, InvalidAnswer

KIND = KINDS["contact"]
QUESTION = Question("call", "contact")


def read(name="", phone=""):
    return KIND.read(QUESTION, {"call~name": name, "call~phone": phone})


def test_it_is_stored_apart_neither_counted_nor_exported():
    assert KIND.apart
    assert KIND.columns(QUESTION) == KIND.exported(QUESTION) == ()


@pytest.mark.parametrize("phone", ["13800138000", "+86 138-0013-8000", "(010) 1234.5678"])
def test_a_number_is_kept_without_what_people_put_between(phone):
    kept = read(" 王芳 ", phone)["call"]
    assert kept["name"] == "王芳"
    assert kept["phone"].lstrip("+").isdigit()


def test_a_name_is_not_needed_to_be_called():
    assert read(phone="12345") == {"call": {"name": "", "phone": "12345"}}


def test_nothing_typed_is_no_contact():
    assert read("  ", " ") == KIND.read(QUESTION, {}) == {}


@pytest.mark.parametrize(
    "phone", ["", "1234", "1" * 16, "１３８００１３８０００", "138x0013800", "++8613800138000"]
)
def test_what_cannot_be_called_is_refused(phone):
    with pytest.raises(InvalidAnswer, match="phone"):
        read("王芳", phone)


@pytest.mark.parametrize(("name", "reason"), [("x" * 81, "length"), ("a\u202eb", "characters")])
def test_a_name_that_is_none_is_refused(name, reason):
    with pytest.raises(InvalidAnswer, match=reason):
        read(name, "13800138000")
