"""Forms from a customer's browser are read strictly, because anybody can post them."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from survey.questionnaires.definition import Definition
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.kinds.short_text import LONGEST as LONGEST_LINE

from .walking import ACTIONS, SEND, Position

BYTES_A_CHARACTER = 12  # of UTF-8, each written as %xx
OWN_FIELDS = 8
CONTENT_TYPE = "application/x-www-form-urlencoded"


class BadForm(ValueError):
    """The request is not one of our forms, or not UTF-8."""


@dataclass(frozen=True)
class FieldLimits:
    """The most fields and bytes that a form may have."""

    fields: int = 200
    bytes: int = 64 * 1024


DEFAULT_LIMITS = FieldLimits()
LARGEST_LIMITS = FieldLimits(2000, 512 * 1024)


def form_limits(definition: Definition) -> FieldLimits:
    """Return the limits of this version's form: more than usual only where it has so many questions."""
    fields, size = OWN_FIELDS, 0
    for question in definition.questions:
        kind = KINDS[question.kind]
        names = kind.names(question)
        fields += len(names)
        longest = max(kind.longest, LONGEST_LINE)
        size += sum(2 * len(name) + 8 for name in names) + longest * BYTES_A_CHARACTER
    return FieldLimits(
        min(max(fields, DEFAULT_LIMITS.fields), LARGEST_LIMITS.fields),
        min(max(size, DEFAULT_LIMITS.bytes), LARGEST_LIMITS.bytes),
    )


def read_form(content_type: str, body: bytes, most: int = DEFAULT_LIMITS.fields) -> dict[str, str]:
    """Return the fields of a urlencoded form. Raises BadForm for more than ``most``, or one sent twice."""
    if content_type.partition(";")[0].strip().lower() != CONTENT_TYPE:
        raise BadForm("content type")
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=most)
    except ValueError as error:
        raise BadForm("not a form") from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise BadForm("a field twice")
    return fields


def take_position(fields: MutableMapping[str, str]) -> Position:
    """Remove the position from ``fields`` and return it. Raises BadForm."""
    page, action, seen = fields.pop("at", "0"), fields.pop("go", SEND), fields.pop("seen", "")
    if len(page) > 3 or not (page.isascii() and page.isdigit()) or action not in ACTIONS:
        raise BadForm("position")
    return Position(int(page), action, frozenset(seen.split()))
