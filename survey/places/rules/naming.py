"""Rules for the codes and names of places and employees. Pure."""

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
    """Return why ``value`` cannot be a name or code, or None."""
    if len(value) > longest:
        return TOO_LONG, {"longest": longest}
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in BIDI_CONTROLS for c in value):
        return CONTROLS, {}
    return None


def code_reason(code: str) -> Reason | None:
    """Return why ``code`` cannot be a code, or None. Codes are used in addresses and in files."""
    if not code:
        return N_("is missing"), {}
    if not code[0].isalnum() or "/" in code:
        return N_("must begin with a letter or digit and contain no slash"), {}
    return text_reason(code, LONGEST_CODE)


def check_code(code: str) -> None:
    """Raise Refused when ``code`` cannot be the code of a place or employee."""
    reason = code_reason(code)
    if reason or code != code.strip():
        raise Refused(
            N_(
                "Invalid code: it must start with a letter or digit, contain no slash and no "
                "control character, and have at most 64 characters."
            )
        )


def checked_name(name: str) -> str:
    """Return ``name`` stripped. Raises Refused when it is empty, too long or unprintable."""
    name = name.strip()
    if not name or text_reason(name, LONGEST_NAME):
        raise Refused(N_("Invalid name: it must have 1 to 200 characters and no control characters."))
    return name
