"""A kind of question that nobody knew of is one module and its template; nothing else is touched."""

import csv
import io
import sys

import pytest
from jinja2 import ChoiceLoader, FileSystemLoader

from admin.labels.answers import describe_answers
from survey.db import db
from survey.links.issue import issue_link
from survey.questionnaires import kinds, queries
from survey.questionnaires.rules import filing
from survey.questionnaires.rules.checking import problems
from survey.responses.models import Response
from tests import factories
from tests.admin.builder import DRAFT, EN, HTMX, SLUG, begun, draft, fields, find, post
from tests.survey.answering.conftest import Customer
from tests.survey.tallies.answers import release_all

MODULE = '''
"""A time of the day, counted by the hour."""

import re

from .kind import CLOSED, N_, HistogramColumn, InvalidAnswer, Kind, number
from .wordings import bilingual

SPELLING = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


class Clock(Kind):
    name = "clock"
    title = N_("Time of day")
    example = N_("When did you come? 14:30")
    begins = {"texts": bilingual("您几点来的？", "At what time did you come?")}
    settings = (*CLOSED, "not_applicable")
    written = False
    comparisons = ("less", "at_least", "answered")
    refusals = {"clock": N_("please write a time, like 14:30")}

    def parse(self, question, raw):
        if not SPELLING.fullmatch(raw):
            raise InvalidAnswer("clock")
        return raw

    def columns(self, question):
        return (HistogramColumn(question.code, question, tuple(range(24)), self.hour),)

    def hour(self, answer):
        return int(answer[:2]) if isinstance(answer, str) and ":" in answer else None

    def candidates(self, question, compared):
        return [f"{hour:02}:00" for hour in range(24)]


KIND = Clock()
'''
TEMPLATE = """{% from "survey/answering/kinds/question.html" import ask, not_applicable %}
{% call ask(asked, field=true) %}
<input class=t type=time id={{ asked.code }}-t name={{ asked.code }} value="{{ asked.value() }}">
{{ not_applicable(asked) }}
{% endcall %}
"""
ANSWERS = ("09:15", "09:40", "10:00", "14:30", "14:31")


@pytest.fixture
def app(embedded_app, tmp_path, monkeypatch):
    """The application with one module and one template more, found as all others are."""
    (tmp_path / "clock.py").write_text(MODULE)
    template = tmp_path / "templates/survey/answering/kinds/_clock.html"
    template.parent.mkdir(parents=True)
    template.write_text(TEMPLATE)
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(tmp_path)])
    monkeypatch.setitem(kinds.KINDS, "clock", kinds.discover()["clock"])
    more = FileSystemLoader(tmp_path / "templates")
    monkeypatch.setattr(embedded_app, "jinja_loader", ChoiceLoader([embedded_app.jinja_loader, more]))
    yield embedded_app
    del sys.modules["survey.questionnaires.kinds.clock"]


def test_a_new_type_is_built_published_answered_tallied_exported_and_filed(app):
    manager = factories.sign_in(app.test_client(), factories.staff())
    code = made(manager)
    published(manager)
    version = queries.published(queries.questionnaire(SLUG).id)
    point = factories.place("point", factories.place("region", factories.place("group")))
    link = issue_link(point, version.questionnaire)
    for answer in ANSWERS:
        answered(app, link, code, answer)
    assert describe_answers(version.definition, {code: "14:30"}, "en") == [("When were you here?", "14:30")]
    release_all()
    read(manager, point, code)
    filed(version)


def made(manager):
    """In the builder: offered, added, edited, asked about by a condition."""
    begun()
    offered = manager.get(f"{DRAFT}/questions/new", headers=HTMX).text
    assert "Time of day" in offered
    assert "When did you come? 14:30" in offered
    post(manager, f"{DRAFT}/questions/", {"kind": "clock", "after": "overall"})
    code = "clock_1"
    form = manager.get(f"{DRAFT}/questions/{code}", headers=HTMX).text
    for name in ("texts.zh", "help.en", "required", "withheld", "not_applicable", "show.0.0.on"):
        assert f'name="{name}"' in form
    sent = fields(code, texts__en="When were you here?", not_applicable="1")
    assert post(manager, f"{DRAFT}/questions/{code}", sent, htmx=True).status_code == 200
    assert find(code)["not_applicable"] is True
    late = {"show.0.0.on": f"q:{code}", "show.0.0.is": "at_least", "show.0.0.value": "12:00"}
    assert post(manager, f"{DRAFT}/questions/nps", fields("nps") | late, htmx=True).status_code == 200
    page = manager.get(f"{DRAFT}/", headers=EN).text
    assert "“When were you here?” is at least 12:00" in page
    assert "type=time" in manager.get(f"{DRAFT}/phone/", headers=EN).text
    return code


def published(manager):
    page = manager.get(f"{DRAFT}/publication/", headers=EN).text
    seen = page.partition('name="seen" value="')[2][:16]
    answer = post(manager, f"{DRAFT}/publication/", {"revision": str(draft().revision), "seen": seen})
    assert answer.status_code == 303
    assert draft() is None


def answered(app, link, code, answer):
    """What is none is refused in its own words; with its answer the question that hangs on it is asked."""
    customer = Customer(app.test_client(), link.code)
    page = customer.open("?lang=en").text
    assert f"<input class=t type=time id={code}-t" in page
    refused = customer.hand_in({code: "25:99"})
    assert refused.status_code == 422
    assert "please write a time, like 14:30" in refused.text
    later = {"nps": "9", "seen": "nps"} if answer >= "12:00" else {}
    assert customer.hand_in({code: answer, **later}).status_code == 303


def read(manager, point, code):
    """On the page of figures and in the export."""
    page = manager.get(f"/admin/indexes/{point.code}", headers=EN).text
    assert "When were you here?" in page
    administrator = factories.sign_in(manager.application.test_client(), factories.staff())
    query = {"questionnaire": SLUG, "format": "csv", "reason": "audit"}
    file = administrator.get("/admin/exports/responses", query_string=query).data
    rows = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))
    assert sorted(row[code] for row in rows) == sorted(ANSWERS)
    stored = [response.answers for response in db.session.query(Response)]
    assert sorted(answers[code] for answers in stored if answers.get("nps") == 9) == ["14:30", "14:31"]


def filed(version):
    """As a file it is what it was, and what a file may not say of it is told."""
    text = filing.serialise(version.document, SLUG, version.document["title"])
    again, wrong = filing.read(text.encode())
    assert wrong == []
    assert again["questions"] == version.document["questions"]
    again["questions"][1]["scale"] = 5
    assert [problem.reason for problem in problems(again)] == ["not of kind"]
