"""The rule engine and the pages always agree, with a script and without.

The questions on each page of a walk are those that the engine shows, and exactly their answers are stored.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from survey.answering import walking
from survey.db import db
from survey.links.issue import issue_link
from survey.questionnaires import publication
from survey.questionnaires.definition import Definition, Question
from survey.questionnaires.rules.visibility import Context, visible
from survey.responses.models import Contact, Waiting
from tests import factories
from tests.survey.questionnaires import strategies

FORM = "application/x-www-form-urlencoded"
MOST_STEPS = 80
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Shrinking is left out, since it takes minutes for a whole walk."""
SKIPPED = object()
"""This stands for the answer to a question that is left blank."""


class Page(HTMLParser):
    """A page as a browser reads it: its questions, the fields it would send, and the buttons."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.questions: set[str] = set()
        self.hidden: dict[str, str] = {}
        self.fields: dict[str, str] = {}
        self.ways: set[str] = set()
        self.script = False
        self._in: str = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        have = {key: value or "" for key, value in attributes}
        name = have.get("name", "")
        if tag == "fieldset" or (tag == "div" and have.get("class") == "a"):
            self.questions.add(have["id"])
        elif tag == "input" and have.get("type") == "hidden":
            self.hidden[name] = have.get("value", "")
        elif tag == "input" and (have.get("type") not in ("radio", "checkbox") or "checked" in have):
            self.fields[name] = have.get("value", "")
        elif tag == "textarea":
            self.questions.add(name)
            self.fields[name] = ""
            self._in = name
        elif tag == "select":
            self.fields[name] = ""
            self._in = name
        elif tag == "option" and "selected" in have:
            self._in = f"{self._in}*"
        elif tag == "button":
            self.ways.add(have.get("value", walking.SEND))
        elif tag == "script":
            self.script = True

    def handle_data(self, data: str) -> None:
        if self._in in self.fields:
            self.fields[self._in] += "" if "~" in self._in else data
        elif self._in.endswith("*"):
            self.fields[self._in[:-1]] = data

    def handle_endtag(self, tag: str) -> None:
        if tag == "option":
            self._in = self._in.removesuffix("*")
        elif tag in ("textarea", "select"):
            self._in = ""

    @property
    def number(self) -> int:
        return int(self.hidden.get("at", 0))


def typed(question: Question, answer: Any) -> dict[str, str]:
    """Return the form fields that give ``answer``."""
    code = question.code
    if answer is SKIPPED:
        return {}
    if question.kind == "contact":
        return {f"{code}~name": answer["name"], f"{code}~phone": answer["phone"]}
    if question.kind == "number" and answer == "na":
        return {f"{code}~na": "1"}
    if question.kind == "multiple_choice":
        return {f"{code}~{option}": "1" for option in answer}
    if question.kind == "ranking":
        return {f"{code}~{option}": str(rank) for rank, option in enumerate(answer, 1)}
    return {code: str(answer)}


class Walker:
    """A customer who answers, changes their mind, goes back, and submits at last."""

    def __init__(self, data: st.DataObject, client: Any, url: str, definition: Definition, context: Context):
        self.data, self.client, self.url = data, client, url
        self.definition, self.context = definition, context
        self.answers: dict[str, Any] = {}
        self.patience = 12
        self.scripted = data.draw(st.booleans(), "with a script")
        self.reply = client.get(url)
        self.page = Page(self.reply.text)
        self.first = self.page.hidden

    def shown(self) -> set[str]:
        """Return the codes of the questions that show, given all that has been typed on any page."""
        answered = {code: answer for code, answer in self.answers.items() if answer is not SKIPPED}
        return set(visible(self.definition, answered, self.context).questions)

    def walk(self) -> None:
        for _step in range(MOST_STEPS):
            if self.reply.status_code == 303:
                return
            assert self.reply.status_code == 200, self.reply.text
            on_page = {question.code for question in self.definition.pages[self.page.number].questions}
            assert self.page.questions == self.shown() & on_page
            self.fill()
            while self.scripted and self.page.script and self.look():
                assert self.page.questions == self.shown() & on_page
                self.fill()
            back = walking.BACK in self.page.ways and self.goes_back()
            forward = walking.NEXT if walking.NEXT in self.page.ways else walking.SEND
            self.send(walking.BACK if back else forward)
        raise AssertionError("it never ends")

    def goes_back(self) -> bool:
        self.patience -= 1
        return self.patience > 0 and self.data.draw(st.integers(0, 3), "back?") == 3

    def fill(self) -> None:
        for question in self.definition.questions:
            code = question.code
            if code not in self.page.questions or question.kind == "statement":
                continue
            if code not in self.answers or self.data.draw(st.integers(0, 2), "another?") == 2:
                self.answers[code] = self.data.draw(some_answer(question), code)
                typed_before = self.page.fields.items()
                self.page.fields = {
                    name: value for name, value in typed_before if name.partition("~")[0] != code
                } | typed(question, self.answers[code])

    def send(self, action: str) -> None:
        self.reply = self._post(action)
        self.page = Page(self.reply.text)

    def look(self) -> bool:
        """Do what the script does after a change; return whether the questions differ."""
        before = self.page
        self.page = Page(self._post(walking.LOOK).text)
        self.page.script = True
        return self.page.questions != before.questions

    def _post(self, action: str) -> Any:
        fields = self.first | self.page.hidden | self.page.fields | {"go": action}
        return self.client.post(self.url, data=urlencode(fields), content_type=FORM)


def some_answer(question: Question) -> st.SearchStrategy[Any]:
    answers = strategies.answer(question)
    if question.kind == "contact":
        answers = st.just({"name": "王芳", "phone": "13800138000"})
    return answers if question.required else answers | st.just(SKIPPED)


@pytest.fixture
def links(embedded_app):
    """Return the links to a questionnaire, with what conditions can refer to: way, employee and channel."""
    group = factories.place("group", code="group")
    regions = {code: factories.place("region", group, code) for code in ("north", "south")}
    version = publication.publish("made-up", {"zh": "题"}, {"questions": []}, factories.PUBLISHED_ON)
    issued = []
    for way in strategies.WAYS[:3]:
        point = factories.place("point", regions[way[1]], way[2])
        issued.append((issue_link(point, version.questionnaire, channel="sms"), way, None, "sms"))
        issued.append((issue_link(point, version.questionnaire), way, None, "qr"))
    clerk = factories.employee(point, "e1")
    issued.append((issue_link(point, version.questionnaire, clerk), way, "e1", "qr"))
    return [(link.code, way, employee, channel) for link, way, employee, channel in issued]


@settings(
    max_examples=60, phases=PHASES, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_questions_asked_and_answers_stored_are_those_that_the_engine_shows(embedded_app, links, data):
    document = data.draw(strategies.documents())
    code, way, employee, channel = data.draw(st.sampled_from(links))
    language = data.draw(st.sampled_from(strategies.LANGUAGES))
    version = publication.publish("made-up", document["title"], document, factories.PUBLISHED_ON)
    context = Context(way, employee, channel, language)
    walker = Walker(
        data, embedded_app.test_client(), f"/s/{code}?lang={language}", version.definition, context
    )
    walker.walk()

    db.session.rollback()
    response = db.session.query(Waiting).filter_by(version_id=version.id).one()
    answered = {code: walker.answers.get(code, SKIPPED) for code in walker.shown()}
    expected = {code: answer for code, answer in answered.items() if answer is not SKIPPED}
    kinds = {question.code: question.kind for question in version.definition.questions}
    contacts = [code for code in expected if kinds[code] == "contact"]
    assert response.answers == {code: expected[code] for code in expected if code not in contacts}
    assert response.locale == language
    assert db.session.query(Contact).delete() == len(contacts)
    db.session.commit()
