"""A text holds what is declared for texts, and no more."""

import pytest

from survey.channels.sms import Message
from survey.outgoing import Undeclared

NUMBER = ("+8613800138000", "+86 138 **** 8000")


def test_the_code_is_filled_into_the_wording():
    message = Message(*NUMBER, "{code} is your code.", {"code": "123456"})
    assert (message.text, message.code) == ("123456 is your code.", "123456")


def test_a_text_without_a_code_has_none():
    assert Message(*NUMBER, "Thank you.").code == ""


@pytest.mark.parametrize("name", ["name", "points", "answer"])
def test_a_field_that_nobody_declared_is_refused(name):
    with pytest.raises(Undeclared):
        Message(*NUMBER, f"Dear {{{name}}}", {"code": "123456", name: "王芳"})
