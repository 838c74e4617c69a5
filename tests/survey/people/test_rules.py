import pytest

from survey.people.rules import check_password, check_username
from survey.refusal import Refused


@pytest.mark.parametrize("username", ["a", "7", "wang.fang@east_1-2", "x" * 64])
def test_what_may_be_a_user_name(username):
    check_username(username)


@pytest.mark.parametrize("username", ["", "A", "-", ".a", "a b", "a/b", "王芳", "a\n", "a\0", "x" * 65])
def test_what_may_not_be_a_user_name(username):
    with pytest.raises(Refused, match="lowercase letters"):
        check_username(username)


@pytest.mark.parametrize("length", [10, 256])
def test_a_password_may_be_as_long_as(length):
    check_password("密" * length)


@pytest.mark.parametrize("length", [0, 9, 257])
def test_a_password_may_not_be_as_long_as(length):
    with pytest.raises(Refused, match="10 to 256"):
        check_password("密" * length)
