"""A customer's phone that opens pages of wallets, and the texts that reach it."""

from __future__ import annotations

import re

import pytest

from survey.channels.sms import NotSent
from tests import factories

NUMBER = "13800138000"


class Texts:
    """Keeps what is sent; ``fails`` makes it fail."""

    is_sending = True

    def __init__(self):
        self.sent = []
        self.fails = False

    def send(self, message):
        if self.fails:
            raise NotSent
        self.sent.append(message)

    @property
    def code(self):
        return self.sent[-1].code


class Phone:
    """A browser of its own, speaking English."""

    def __init__(self, app, texts, **headers):
        self.client = app.test_client()
        self.texts = texts
        self.headers = {"Accept-Language": "en", **headers}

    def get(self, path, follow=True):
        return self.client.get(path, headers=self.headers, follow_redirects=follow)

    def post(self, path, follow=True, token=True, **fields):
        if token:
            fields["token"] = self.token()
        return self.client.post(path, data=fields, headers=self.headers, follow_redirects=follow)

    def token(self):
        """That of this device's forms."""
        pages = (self.get(path).text for path in ("/w/", "/w/sign-in"))
        return next(found[1] for page in pages if (found := re.search(r"name=token value=(\w+)", page)))

    def sign_in(self, number=NUMBER):
        self.post("/w/sign-in", phone=number)
        return self.post("/w/code", code=self.texts.code)

    def cookies(self, path):
        """The names of what is sent along to ``path``."""
        kept = self.client._cookies.values()
        return {one.key for one in kept if f"{path}/".startswith(f"{one.path.rstrip('/')}/")}


@pytest.fixture
def texts(embedded_app):
    before = embedded_app.extensions["sms"]
    embedded_app.extensions["sms"] = Texts()
    yield embedded_app.extensions["sms"]
    embedded_app.extensions["sms"] = before


@pytest.fixture
def new_phone(embedded_app, texts):
    def make(**headers):
        return Phone(embedded_app, texts, **headers)

    return make


@pytest.fixture
def phone(new_phone):
    return new_phone()


@pytest.fixture
def claim(embedded_app):
    return factories.claim(20)
