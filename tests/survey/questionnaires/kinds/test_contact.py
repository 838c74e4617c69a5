import pytest

from survey.questionnaires.definition import Question
from survey.questionnaires.kinds import KINDS, InvalidAnswer

KIND = KINDS["contact"]
QUESTION = Question("call", "contact")


def read(name="", phone=""):
    return KIND.read(QUESTION, {"call~name": name, "call~phone": phone})


def test_a_contact_is_stored_apart_and_neither_counted_nor_exported():
    assert KIND.apart
    assert KIND.columns(QUESTION) == KIND.exported(QUESTION) == ()


@pytest.mark.parametrize("phone", ["13800138000", "+86 138-0013-8000", "(010) 1234.5678"])
def test_a_phone_number_is_stored_without_separators(phone):
    contact = read(" 王芳 ", phone)["call"]
    assert contact["name"] == "王芳"
    assert contact["phone"].lstrip("+").isdigit()


def test_a_contact_needs_no_name():
    assert read(phone="12345") == {"call": {"name": "", "phone": "12345"}}


def test_blank_fields_are_no_contact():
    assert read("  ", " ") == KIND.read(QUESTION, {}) == {}


@pytest.mark.parametrize(
    "phone", ["", "1234", "1" * 16, "１３８００１３８０００", "138x0013800", "++8613800138000"]
)
def test_a_number_that_cannot_be_called_is_rejected(phone):
    with pytest.raises(InvalidAnswer, match="phone"):
        read("王芳", phone)


@pytest.mark.parametrize(("name", "reason"), [("x" * 81, "length"), ("a\u202eb", "characters")])
def test_an_invalid_name_is_rejected(name, reason):
    with pytest.raises(InvalidAnswer, match=reason):
        read(name, "13800138000")
