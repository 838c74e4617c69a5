"""Fixtures and helpers for tests of the builder: a draft, its forms and its users."""

from __future__ import annotations

from survey.questionnaires import drafting, queries
from survey.questionnaires.rules import editing
from tests import factories

SLUG = "service-satisfaction"
DRAFT = f"/admin/questionnaires/{SLUG}/draft"
HTMX = {"HX-Request": "true", "Accept-Language": "en"}
EN = {"Accept-Language": "en"}


def begun():
    """Return the draft after version 1 of the questionnaire of regulation R5."""
    factories.version()
    return drafting.begin(SLUG)


def draft():
    return queries.draft(queries.questionnaire(SLUG).id)


def find(code):
    return editing.find(draft().document, code)


def order():
    return [item["code"] for item in draft().document["questions"]]


def fields(_code, /, **changes):
    """Return what the form of a question sends when only ``changes`` are made in it."""
    item = find(_code)
    sent = {"seen": editing.digest(item)}
    for name in ("texts", "help", "unit"):
        sent |= {f"{name}.{language}": text for language, text in item.get(name, {}).items()}
    for number, texts in enumerate(item.get("labels", ())):
        sent |= {f"labels.{number}.{language}": text for language, text in texts.items()}
    for number, option in enumerate(item.get("options", ())):
        sent |= {f"options.{number}.code": option["code"]}
        sent |= {f"options.{number}.{language}": text for language, text in option["texts"].items()}
    for name in ("scale", "dimension", "weight", "about", "required", "minimum", "maximum"):
        if item.get(name) is not None:
            sent[name] = str(item[name])
    return sent | {name.replace("__", "."): value for name, value in changes.items()}


def post(client, path, sent=None, htmx=False):
    page = client.get("/admin/account").text
    token = page.partition('name="csrf-token" content="')[2].partition('"')[0]
    data = {**(sent or {}), "csrf_token": token}
    return client.post(path, data=data, headers=HTMX if htmx else EN)
