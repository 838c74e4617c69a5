"""Fixtures of a customer's phone that opens pages of wallets, and of the text messages that reach it."""

from __future__ import annotations

import re

import pytest

from survey.channels.sms import NotSent
from tests import factories

NUMBER = "13800138000"


class Texts:
    """A stub that keeps sent text messages; ``fails`` makes sending fail."""

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
    """A separate browser in English."""

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
        """Return the token of this device's forms."""
        pages = (self.get(path).text for path in ("/w/", "/w/sign-in"))
        return next(match[1] for page in pages if (match := re.search(r"name=token value=(\w+)", page)))

    def sign_in(self, number=NUMBER):
        self.post("/w/sign-in", phone=number)
        return self.post("/w/code", code=self.texts.code)

    def cookies(self, path):
        """Return the names of the cookies that are sent to ``path``."""
        kept = self.client._cookies.values()
        return {cookie.key for cookie in kept if f"{path}/".startswith(f"{cookie.path.rstrip('/')}/")}


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
