"""Two versions beside each other, in words."""

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
"""What it is called, as it was, as it is; "" where there is nothing."""


@dataclass(frozen=True)
class ComparedItem:
    """``lines``: what differs, or all that was added or removed."""

    pair: ItemPair
    name: str
    lines: list[ComparedSetting]

    @property
    def state(self) -> str:
        return str(STATES[self.pair.state])

    @property
    def kind(self) -> str:
        return KINDS_OF_STATES[self.pair.state]


def compare_items(found: VersionComparison, before: Document, after: Document) -> list[ComparedItem]:
    """Everything that differs, in order."""
    return [
        ComparedItem(pair, pair_name(pair), _lines(pair, before, after))
        for pair in found.pairs
        if pair.state != "same"
    ]


def pair_name(pair: ItemPair) -> str:
    untitled = kind_name(PAGE) if pair.item["kind"] == PAGE else str(UNTITLED)
    return text_of(pair.item.get("texts", {}), locale_code()) or untitled


def _lines(pair: ItemPair, before: Document, after: Document) -> list[ComparedSetting]:
    was = describe_item(pair.before, before) if pair.before else {}
    now = describe_item(pair.after, after) if pair.after else {}
    labels = dict.fromkeys([*now, *was])
    return [(one, was.get(one, ""), now.get(one, "")) for one in labels if was.get(one) != now.get(one)]


def compare_settings(
    found: VersionComparison, before: Document, after: Document
) -> Iterator[ComparedSetting]:
    """What differs in the questionnaire itself, and in the weights of its index."""
    if "title" in found.settings:
        for language in dict.fromkeys([*after.get("title", {}), *before.get("title", {})]):
            was, now = (one.get("title", {}).get(language, "") for one in (before, after))
            if was != now:
                yield _("Title (%(language)s)", language=language_name(language)), was, now
    if "languages" in found.settings:
        spoken = [
            " · ".join(map(language_name, one.get("languages", ("zh", "en")))) for one in (before, after)
        ]
        yield _("Languages"), *spoken
    if "shows_score" in found.settings:
        shown = [_("Yes") if one.get("shows_score") else _("No") for one in (before, after)]
        yield _("Shows the score after responding"), *shown
    for name, (was, now) in found.weights.items():
        yield (
            _("Weight of “%(dimension)s”", dimension=dimension_name(name)),
            "" if was is None else f"{was:g}",
            "" if now is None else f"{now:g}",
        )
