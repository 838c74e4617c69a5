"""The differences between two versions, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from survey.i18n import locale_code, text_of
from survey.questionnaires.definition import PAGE, Document
from survey.questionnaires.rules.comparing import ItemPair, VersionComparison

from .dimensions import dimension_name
from .items import describe_item
from .questions import UNTITLED, kind_name, language_name

STATES = {
    "added": _l("Added"),
    "removed": _l("Removed"),
    "changed": _l("Changed"),
    "moved": _l("Moved"),
    "same": _l("Unchanged"),
}
KINDS_OF_STATES = {
    "added": "good",
    "removed": "bad",
    "changed": "info",
    "moved": "neutral",
    "same": "neutral",
}

ComparedSetting = tuple[str, str, str]
"""(label, old text, new text) of a setting; "" where a version does not have it."""


@dataclass(frozen=True)
class ComparedItem:
    """An item in two versions. ``lines`` are the settings that differ, or all of an added or removed item."""

    pair: ItemPair
    name: str
    lines: list[ComparedSetting]

    @property
    def state(self) -> str:
        return str(STATES[self.pair.state])

    @property
    def kind(self) -> str:
        return KINDS_OF_STATES[self.pair.state]


def compare_items(comparison: VersionComparison, before: Document, after: Document) -> list[ComparedItem]:
    """Return the items that differ, in the order of the comparison."""
    return [
        ComparedItem(pair, pair_name(pair), _lines(pair, before, after))
        for pair in comparison.pairs
        if pair.state != "same"
    ]


def pair_name(pair: ItemPair) -> str:
    """Return the text of an item of two versions, or else the name of an untitled item of its type."""
    untitled = kind_name(PAGE) if pair.item["kind"] == PAGE else str(UNTITLED)
    return text_of(pair.item.get("texts", {}), locale_code()) or untitled


def _lines(pair: ItemPair, before: Document, after: Document) -> list[ComparedSetting]:
    old = describe_item(pair.before, before) if pair.before else {}
    new = describe_item(pair.after, after) if pair.after else {}
    labels = dict.fromkeys([*new, *old])
    return [
        (label, old.get(label, ""), new.get(label, ""))
        for label in labels
        if old.get(label) != new.get(label)
    ]


def compare_settings(
    comparison: VersionComparison, before: Document, after: Document
) -> Iterator[ComparedSetting]:
    """Yield the settings of the questionnaire itself, and the weights of its index, that differ."""
    if "title" in comparison.settings:
        for language in dict.fromkeys([*after.get("title", {}), *before.get("title", {})]):
            old, new = (document.get("title", {}).get(language, "") for document in (before, after))
            if old != new:
                yield _("Title (%(language)s)", language=language_name(language)), old, new
    if "languages" in comparison.settings:
        languages = [
            " · ".join(map(language_name, document.get("languages", ("zh", "en"))))
            for document in (before, after)
        ]
        yield _("Languages"), *languages
    if "shows_score" in comparison.settings:
        texts = [_("Yes") if document.get("shows_score") else _("No") for document in (before, after)]
        yield _("Shows the score after responding"), *texts
    for name, (old, new) in comparison.weights.items():
        yield (
            _("Weight of “%(dimension)s”", dimension=dimension_name(name)),
            "" if old is None else f"{old:g}",
            "" if new is None else f"{new:g}",
        )
