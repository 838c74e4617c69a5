"""The problems that a document of a questionnaire may have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from survey.questionnaires.kinds.text import FORBIDDEN
from survey.refusal import N_

ERRORS: Mapping[str, str] = {
    "size": N_("The whole document is larger than %(most)s MB."),
    "no utf-8": N_("The file is not written in UTF-8."),
    "no json": N_("Invalid JSON: line %(line)s, column %(column)s."),
    "nested": N_("Brackets are nested too deep."),
    "digits": N_("The number “%(number)s” is too long."),
    "no object": N_("This should be an object: {…}."),
    "no list": N_("This should be a list: […]."),
    "no text": N_("This should be a text."),
    "no texts": N_('This should be texts by language, such as {"en": "…"}.'),
    "no number": N_("This should be a number."),
    "no whole number": N_("This should be a whole number."),
    "no truth": N_("This should be true or false."),
    "no value": N_("This should be a text or a number."),
    "missing": N_("“%(key)s” is missing."),
    "unknown key": N_("Unknown item: “%(key)s”."),
    "not of kind": N_("A question of the type “%(kind)s” has no “%(key)s”."),
    "unknown kind": N_("“%(kind)s” is not a type of question."),
    "format": N_("This file has a newer format; this version reads format %(known)s."),
    "code": N_("Use lowercase letters, digits and _; start with a letter; at most 40 characters."),
    "reserved": N_("The code “%(key)s” cannot be used."),
    "option code": N_("An option code has at most 40 lowercase letters, digits and _, and cannot be “na”."),
    "slug": N_(
        "The address can have at most 64 lowercase letters and digits, with single "
        "hyphens between; not “new”."
    ),
    "dimension": N_("A dimension's name is 1 to 40 characters."),
    "duplicate": N_("“%(key)s” is repeated."),
    "tag": N_("“%(language)s” is no language tag such as zh or en."),
    "language": N_("“%(language)s” is not among the questionnaire's languages."),
    "characters": N_("It contains characters that cannot be shown."),
    "too long": N_("At most %(most)s characters."),
    "too many": N_("At most %(most)s."),
    "too large": N_("All texts together exceed %(most)s characters."),
    "too deep": N_("Conditions are at most %(most)s deep."),
    "empty": N_("There must be at least one."),
    "range": N_("From %(low)s to %(high)s."),
    "above zero": N_("More than 0, at most %(most)s."),
    "order": N_("The maximum is less than the minimum."),
    "choice": N_("“%(key)s” is none of: %(choices)s."),
    "date": N_("Not a valid date, such as 2026-01-31."),
    "condition": N_("A condition is one of all, any, not, question, context."),
}
"""A document with one of these problems cannot be stored."""

UNFINISHED: Mapping[str, str] = {
    "untranslated": N_("The text in the default language (%(language)s) is missing."),
    "no questions": N_("There is no question."),
    "too few options": N_("There must be at least two options."),
    "labels": N_("There must be %(number)s labels."),
    "too much to choose": N_("There are only %(number)s options."),
    "decimals": N_("This question accepts %(decimals)s decimals."),
    "no right answer": N_("No option is marked as correct, so it gives no score for a dimension."),
    "about unknown": N_("The comment refers to “%(other)s”, which does not exist."),
    "about later": N_("The comment refers to “%(other)s”, which comes later."),
    "about elsewhere": N_("The comment refers to “%(other)s”, which is on another page."),
    "about kind": N_("“%(other)s” cannot have comments."),
    "asks unknown": N_("The condition refers to “%(other)s”, which does not exist."),
    "asks itself": N_("The condition of “%(other)s” refers to itself."),
    "asks later": N_("The condition refers to “%(other)s”, which comes later."),
    "cycle": N_("Conditions go round in a circle: %(codes)s."),
    "asks nothing": N_("The condition refers to “%(other)s”, which takes no answer."),
    "incomparable": N_("“%(operator)s” cannot be used for “%(other)s”."),
    "value": N_("The condition compares “%(other)s” with “%(value)s”, which is not one of its answers."),
    "never": N_("“%(other)s” can never be shown: its condition is never met."),
}
"""A document with one of these problems may be a draft, but cannot be published."""

LONGEST_SHOWN = 60


@dataclass(frozen=True)
class DocumentProblem:
    """A problem of a document.

    ``where`` is the path in the document, such as ``questions[3].options[1].texts.zh``; "" is the document
    itself. ``code`` is that of the question or page concerned, if it has one. ``reason`` is a key of ERRORS
    or UNFINISHED; ``detail`` fills in its sentence.
    """

    where: str
    reason: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    code: str | None = None

    @property
    def severity(self) -> str:
        """Return "error" (the document cannot be stored) or "unfinished" (it may be a draft)."""
        return "error" if self.reason in ERRORS else "unfinished"

    @property
    def text(self) -> str:
        """Return the English sentence, to be translated and filled in."""
        return ERRORS.get(self.reason) or UNFINISHED[self.reason]

    def __str__(self) -> str:
        return self.text % self.detail


def excerpt(value: object) -> str:
    """Return ``value`` shortened for a message, without characters that could disturb a terminal."""
    if not isinstance(value, str | float | bool | None):
        # Converting larger numbers to digits takes long.
        small = isinstance(value, int) and abs(value) < 10**18
        return str(value) if small else "…"
    text = FORBIDDEN.sub("\ufffd", str(value)[: LONGEST_SHOWN + 1])
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
