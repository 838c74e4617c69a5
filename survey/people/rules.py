"""Rules for user names and passwords. Pure."""

import re

from survey.refusal import N_, Refused

LONGEST_USERNAME = 64
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 256
"""In characters."""

_USERNAME = re.compile(rf"[a-z0-9][a-z0-9._@-]{{0,{LONGEST_USERNAME - 1}}}")


def check_username(username: str) -> None:
    """Raise Refused for an invalid user name. User names are used in addresses."""
    if not _USERNAME.fullmatch(username):
        text = N_(
            "A username has up to 64 lowercase letters, digits and . _ @ - and starts with a letter or digit."
        )
        raise Refused(text)


def check_password(password: str) -> None:
    """Raise Refused when ``password`` is too short to be safe, or too long to be hashed for a stranger."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Refused(N_("A password must have 10 to 256 characters."))
