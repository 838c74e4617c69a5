"""The bytes that a customer's phone loads for the answer page of every short questionnaire of the library."""

import re

import pytest

from survey.questionnaires.definition import Definition
from survey.questionnaires.publication import LIBRARY, library_document, publish
from tests import factories

MOST_BYTES = 10 * 1024
SHORT = 10
GZIP = {"Accept-Encoding": "gzip"}


def questions_of(name):
    """Return the questions of a questionnaire, without comments and statements."""
    questions = Definition.parse(library_document(name)).questions
    return [item for item in questions if item.kind != "statement" and not item.about]


NAMES = [path.stem for path in sorted(LIBRARY.glob("*.json")) if len(questions_of(path.stem)) <= SHORT]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_short_questionnaire_of_the_library_weighs_at_most_10_kb(embedded_client, name, language):
    """The sum is of the HTML as it is sent, its headers, style sheet and script; the icon is in it."""
    document = library_document(name)
    version = publish(document["slug"], document["title"], document, factories.PUBLISHED_ON)
    page = embedded_client.get(f"/s/{factories.link(of=version).code}?lang={language}", headers=GZIP)
    assert page.status_code == 200
    parts = re.findall(r"<(?:link rel=stylesheet href|script src)=(/static/[^ >]+)", page.text)
    files = [embedded_client.get(part, headers=GZIP) for part in parts]
    head = sum(len(f"{key}: {value}\r\n") for reply in (page, *files) for key, value in reply.headers)
    weight = len(page.data) + head + sum(len(file.data) for file in files)
    assert weight <= MOST_BYTES, f"{weight} bytes"


def test_the_library_has_short_questionnaires():
    assert len(NAMES) >= 5
