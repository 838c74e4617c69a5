import pytest

from survey.people.rules import check_password, check_username
from survey.refusal import Refused


@pytest.mark.parametrize("username", ["a", "7", "wang.fang@east_1-2", "x" * 64])
def test_valid_usernames_are_accepted(username):
    check_username(username)


@pytest.mark.parametrize("username", ["", "A", "-", ".a", "a b", "a/b", "王芳", "a\n", "a\0", "x" * 65])
def test_invalid_usernames_are_rejected(username):
    with pytest.raises(Refused, match="lowercase letters"):
        check_username(username)


@pytest.mark.parametrize("length", [10, 256])
def test_passwords_of_an_allowed_length_are_accepted(length):
    check_password("密" * length)


@pytest.mark.parametrize("length", [0, 9, 257])
def test_passwords_of_other_lengths_are_rejected(length):
    with pytest.raises(Refused, match="10 to 256"):
        check_password("密" * length)
