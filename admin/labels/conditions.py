"""A condition in words: "if “Overall satisfaction” is at most 2 and the channel is qr"."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from survey.i18n import locale_code, text_of
from survey.questionnaires.definition import Document, Question
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.rules.editing import find

from .channels import channel_name
from .questions import CONTEXTS, item_name, language_name, operator_name


def describe_condition(show: Mapping[str, Any], document: Document, nested: bool = False) -> str:
    """Return the condition ``show`` in the language of the screen. The document need not be checked yet."""
    if "not" in show:
        return _("not (%(condition)s)", condition=describe_condition(show["not"], document))
    for join, between in (("all", _(" and ")), ("any", _(" or "))):
        if join in show:
            text = between.join(describe_condition(part, document, True) for part in show[join])
            return _("(%(text)s)", text=text) if nested and len(show[join]) > 1 else text
    return _comparison(show, document)


def _comparison(show: Mapping[str, Any], document: Document) -> str:
    operator = operator_name(show.get("is", ""), "context" in show)
    if "context" in show:
        about = str(CONTEXTS.get(show["context"], show["context"]))
    else:
        about = _("“%(name)s”", name=item_name(document, show.get("question", "")))
    values = (
        show["value"] if isinstance(show.get("value"), list) else [show["value"]] if "value" in show else []
    )
    if not values:
        return _("%(subject)s %(operator)s", subject=about, operator=operator)
    listed = _(", ").join(value_name(show, value, document) for value in values)
    return _("%(subject)s %(operator)s %(values)s", subject=about, operator=operator, values=listed)


def value_name(show: Mapping[str, Any], value: Any, document: Document) -> str:
    """Return the text of a value with which the comparison ``show`` compares."""
    if show.get("context") == "language":
        return language_name(str(value))
    if show.get("context") == "channel":
        return channel_name(str(value))
    item = find(document, show.get("question", "")) or {}
    kind = KINDS.get(item.get("kind", ""))
    if kind is None or kind.is_scale:
        return str(value)
    return text_of(kind.words(Question.parse(item)).get(value, {}), locale_code()) or str(value)
