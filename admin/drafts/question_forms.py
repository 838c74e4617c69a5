"""An item of a draft as a form, read with the errors in what was typed."""

import re
from collections.abc import Collection

from flask_babel import gettext as _

from survey.questionnaires.definition import Document, Item
from survey.questionnaires.kinds import asks
from survey.questionnaires.kinds.wordings import WORDINGS
from survey.questionnaires.rules.checking.items import KEYS
from survey.questionnaires.rules.starting import labels_of

from . import condition_form
from .comparison_form import Lookups
from .question_settings_form import READERS, Form, QuestionForm, read_setting_texts

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
SHOWN = KEYS - {"supplied"}
"""The keys of an item that its form shows; other keys keep their values."""


def stored_form(item: Item, document: Document) -> QuestionForm:
    """Return the form of a stored item."""
    return QuestionForm(item, condition_form.groups_of(item.get("show"), document))


def typed_form(
    form: Form, before: Item, document: Document, fixed: bool, used: Collection[str], lookups: Lookups
) -> QuestionForm:
    """Return the form as it was sent, with its errors.

    ``fixed`` says that the code was published and cannot change. ``used`` are the codes of published options,
    which a new option must not take. ``lookups`` find the codes that a condition may name.
    """
    groups = condition_form.read_groups(form, document, before.get("show"))
    question = QuestionForm({"code": before["code"], "kind": before["kind"]}, groups)
    languages = document["languages"]
    for name in ("texts", "help"):
        read_setting_texts(question, form, name, languages, before.get(name, {}))
    if asks(before["kind"]) and form.get("required"):
        question.item["required"] = True
    for setting in question.settings:
        READERS[setting](question, form, document, before, used)
    if not fixed and "code" in form:
        _code(question, form["code"].strip())
    try:
        show = condition_form.condition(groups, document, lookups)
    except ValueError as wrong:
        question.errors["show"] = str(wrong)
        show = before.get("show")
    question.item |= {"show": show} if show else {}
    question.item |= {name: value for name, value in before.items() if name not in SHOWN}
    if before["kind"] != "page" and not question.item.get("texts", {}).get(languages[0]):
        question.errors.setdefault(f"texts.{languages[0]}", _("Enter the text in the default language."))
    return question


def _code(question: QuestionForm, code: str) -> None:
    if CODE.fullmatch(code):
        question.item["code"] = code
    else:
        question.errors["code"] = _(
            "Start with a lowercase letter, then lowercase letters, digits and _; at most 40."
        )


def rearrange(question: QuestionForm, do: str, form: Form, document: Document) -> QuestionForm:
    """Return the form after a button that changes it without saving: another option, a wording, more rows."""
    what, _dot, number = do.partition(".")
    options = question.item.get("options", [])
    if what == "remove-option" and number.isdigit() and int(number) < len(options):
        del options[int(number)]
    elif what == "raise-option" and number.isdigit() and 0 < int(number) < len(options):
        options[int(number) - 1 : int(number) + 1] = reversed(options[int(number) - 1 : int(number) + 1])
    elif what == "wording" and form.get("wording") in WORDINGS:
        question.item["labels"] = labels_of(form["wording"], document["languages"])
        question.item["scale"] = len(question.item["labels"])
    grown = int(number) if what == "more-conditions" and number.isdigit() else None
    groups = condition_form.pad(question.condition, document, grown, further=what == "more-groups")
    return QuestionForm(question.item, groups, {})
