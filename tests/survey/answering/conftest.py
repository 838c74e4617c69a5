"""A customer with a phone."""

import re
from urllib.parse import urlencode

import pytest

from survey.db import db
from survey.responses.models import Response, Waiting
from survey.rewards.models import Claim

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


class Customer:
    """Opens a link's page and hands it in, like a browser without JavaScript."""

    def __init__(self, client, code):
        self.client = client
        self.code = code
        self.tokens = {}

    def open(self, query=""):
        page = self.client.get(f"/s/{self.code}{query}")
        found = re.findall(rb"name=(page|claim) value=([^>]+)>", page.data)
        self.tokens = {name.decode(): value.decode() for name, value in found}
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
    """How many rows one submission has written: (responses, waiting, claims)."""

    def count():
        db.session.rollback()
        return tuple(db.session.query(table).count() for table in (Response, Waiting, Claim))

    return count
