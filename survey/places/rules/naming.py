"""What a place or an employee may be called."""

import unicodedata

from survey.refusal import N_, Refused

DEEPEST = 30
"""Levels of the tree; a path of that many ids fits its column."""

LONGEST_CODE = 64
LONGEST_NAME = 200

TOO_DEEP = N_("Units can be at most %(levels)s levels deep.")
TOO_LONG = N_("is longer than %(longest)s characters")
CONTROLS = N_("contains a control character")

BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")

Reason = tuple[str, dict[str, object]]


def text_reason(value: str, longest: int) -> Reason | None:
    """Why ``value`` cannot be stored as a name or code; None when it can."""
    if len(value) > longest:
        return TOO_LONG, {"longest": longest}
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in BIDI_CONTROLS for c in value):
        return CONTROLS, {}
    return None


def code_reason(code: str) -> Reason | None:
    """Why ``code`` cannot be a code; None when it can. Codes stand in addresses and in files."""
    if not code:
        return N_("is missing"), {}
    if not code[0].isalnum() or "/" in code:
        return N_("must begin with a letter or digit and contain no slash"), {}
    return text_reason(code, LONGEST_CODE)


def check_code(code: str) -> None:
    """Raises Refused when ``code`` cannot be the code of a place or employee."""
    reason = code_reason(code)
    if reason or code != code.strip():
        raise Refused(
            N_(
                "Invalid code: it must start with a letter or digit, contain no slash and no "
                "control character, and have at most 64 characters."
            )
        )


def checked_name(name: str) -> str:
    """``name`` without surrounding blanks. Raises Refused when it is empty, too long or unprintable."""
    name = name.strip()
    if not name or text_reason(name, LONGEST_NAME):
        raise Refused(N_("Invalid name: it must have 1 to 200 characters and no control characters."))
    return name
