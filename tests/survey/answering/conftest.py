"""Fixtures of a customer with a phone."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from survey.db import db
from survey.responses.models import Waiting
from survey.rewards.models.claims import Claim

ANSWERS = {
    "quality": "4",
    "effectiveness": "5",
    "innovation": "3",
    "value": "4",
    "overall": "4",
    "nps": "9",
    "comment": "很好",
}
FORM = "application/x-www-form-urlencoded"


def form_fields(html):
    """Return the form fields that a browser would send from this page."""
    fields = {}
    for tag in re.findall(r"<input [^>]*>", html):
        name = re.search(r'name="?([^\s">]+)', tag)[1]
        value = re.search(r'value=(?:"([^"]*)"|([^\s>]+))', tag)
        box = re.search("type=(radio|checkbox)", tag)
        if not box or " checked" in tag:
            fields[name] = (value[1] or value[2] or "") if value else ""
    fields |= {m[1]: m[2] for m in re.finditer(r"<textarea [^>]*?name=(\w+)[^>]*>([^<]*)<", html)}
    for name, inside in re.findall(r"<select name=([\w~]+)>(.*?)</select>", html):
        chosen = re.search(r"<option selected>(\d+)", inside)
        fields[name] = chosen[1] if chosen else ""
    return {name: unescape(text) for name, text in fields.items()}


class Customer:
    """A customer who opens a link's page and submits it, like a browser without JavaScript."""

    def __init__(self, client, code):
        self.client = client
        self.code = code
        self.tokens = {}
        self.held = {}

    def open(self, query=""):
        page = self.client.get(f"/s/{self.code}{query}")
        tokens = re.findall(r"name=(page|claim) value=([^>]+)>", page.text)
        self.tokens = dict(tokens)
        self.held = form_fields(page.text)
        return page

    def step(self, answers, action, query=""):
        """Send the present page with ``answers``, as a browser does: with all of its fields."""
        body = urlencode({**self.held, **answers, "go": action})
        page = self.client.post(f"/s/{self.code}{query}", data=body, content_type=FORM)
        if "<form" in page.text:
            self.held = form_fields(page.text)
        return page

    def hand_in(self, answers=ANSWERS, **changes):
        return self.send(urlencode({**self.tokens, **answers, **changes}))

    def send(self, body, content_type=FORM):
        return self.client.post(f"/s/{self.code}", data=body, content_type=content_type)

    def thanks(self):
        return self.client.get(f"/s/{self.code}/thanks")


@pytest.fixture
def customer():
    return Customer


@pytest.fixture
def stored(app):
    """Return a function that counts the stored rows: (responses, waiting, claims)."""

    def count():
        db.session.rollback()
        return tuple(db.session.query(table).count() for table in (Waiting, Waiting, Claim))

    return count
