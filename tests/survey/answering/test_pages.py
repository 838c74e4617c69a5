"""The weight of the answer page, and the time that rendering takes."""

import re
from time import process_time

import pytest

from survey.answering import pages, walking
from survey.answering.links import look_up
from survey.questionnaires import publication
from tests import factories
from tests.survey.answering.documents import item, page, publish

MOST = 10 * 1024
HEADERS = 1280
"""More bytes than the headers of the page, its style sheet and its script have together."""
FEW = 10
TOKEN = "x" * 100
ASKS_NOTHING = {"page", "statement"}


def documents():
    return {path.stem: publication.library_document(path.stem) for path in publication.LIBRARY.glob("*.json")}


def rendered(link, language="zh"):
    return pages.render_first(link, language, TOKEN, TOKEN)


@pytest.fixture
def sheet(embedded_app):
    """Return a function that returns the bytes sent for an address."""

    def weigh(address):
        return len(embedded_app.test_client().get(address, headers={"Accept-Encoding": "gzip"}).data)

    return weigh


def test_each_page_of_the_library_s_short_questionnaires_weighs_at_most_10_kb(embedded_app, sheet):
    weights = {}
    for name, document in documents().items():
        if sum(question["kind"] not in ASKS_NOTHING for question in document["questions"]) > FEW:
            continue
        version = publication.publish(document["slug"], document["title"], document, factories.PUBLISHED_ON)
        link = look_up(factories.link(of=version).code)
        for language in version.definition.languages:
            html = rendered(link, language)
            fetched = re.findall(r"(?:href|src)=(/static/[^ >]+)", html.decode())
            weights[name, language] = len(html) + sum(map(sheet, fetched)) + HEADERS
    assert len(weights) > 2 * FEW
    assert {key: weight for key, weight in weights.items() if weight > MOST} == {}


def test_a_page_of_sixty_questions_on_five_takes_no_longer_than_two_of_seven(embedded_app):
    items = [entry for number in range(5) for entry in (page(f"p{number}"), *(some(number, 12)))]
    long = look_up(factories.link(of=publish(*items)).code)
    short = look_up(factories.link().code)
    usual = fastest(short, walking.begin(short.definition, short.context("zh")))
    for number in range(5):
        position = walking.Position(number, walking.STAY)
        step = walking.walk(long.definition, {}, long.context("zh"), position)
        assert fastest(long, step) < 2 * usual


def some(number, count):
    return [item(f"q{number}_{n}") for n in range(count)]


def fastest(link, step, times=30):
    """Return the seconds of processor time that rendering a page takes, the least of ``times``."""
    durations = []
    for _ in range(times):
        begun = process_time()
        pages.render_form(link, "zh", step, {})
        durations.append(process_time() - begun)
    return min(durations)
