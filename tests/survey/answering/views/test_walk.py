"""Walks through questionnaires with all question types and many pages, without JavaScript."""

from datetime import timedelta

import pytest
import time_machine

from survey.db import db
from survey.indexes import reading
from survey.periods import Period
from survey.questionnaires import publication
from survey.responses.models import Contact, Waiting
from survey.sealing import unseal
from survey.tallies.selection import Selection
from survey.transaction import snapshot
from tests import factories
from tests.catalogue import zh
from tests.survey.answering.conftest import form_fields
from tests.survey.answering.documents import ANSWERED, EVERY_KIND, STORED, in_both, item, page, publish, when
from tests.survey.tallies.answers import release_all

PAGES = (
    item("a", required=True),
    page("second", show=when("a", "at_most", 2)),
    item("b", "text"),
    page("third"),
    item("c"),
    item("c_why", "text", show=when("c", "at_most", 2)),
)


@pytest.fixture
def walker(app, customer):
    """Return a function that publishes ``items`` and returns a customer who has opened the page."""

    def walk(*items, at=None, served_by=None, **document):
        link = factories.link(at, served_by, of=publish(*items, **document))
        who = customer(app.test_client(), link.code)
        who.open()
        return who

    return walk


def only():
    db.session.rollback()
    return db.session.query(Waiting).one()


def test_every_question_type_is_asked_and_stored(walker, stored):
    who = walker(*EVERY_KIND)
    assert who.hand_in(ANSWERED).status_code == 303
    assert only().answers == STORED
    assert only().locale == "zh"


def test_every_question_type_keeps_its_answer_when_the_page_has_errors(walker, stored):
    who = walker(*EVERY_KIND)
    reply = who.hand_in(ANSWERED | {"likely": "11"})
    assert reply.status_code == 422
    assert stored() == (0, 0, 0)
    fields = {name: text for name, text in form_fields(reply.text).items() if text and name not in who.tokens}
    assert fields == {name: text for name, text in ANSWERED.items() if name != "likely"}


def test_a_contact_is_encrypted_apart_and_shares_nothing_with_the_response(walker, stored):
    who = walker(*EVERY_KIND)
    who.hand_in(ANSWERED)
    who.hand_in(ANSWERED)
    contact = db.session.query(Contact).one()
    assert unseal(contact.name, "contact name") == "王芳"
    assert unseal(contact.phone, "contact phone") == "13800138000"
    assert contact.week.weekday() == 0
    assert contact.id != only().id
    assert b"138" not in contact.phone


def test_no_answer_is_lost_while_walking_through_the_pages(walker, stored):
    who = walker(*PAGES)
    second = who.step({"a": "1"}, "next")
    assert "2 / 3" in second.text
    assert "name=b" in second.text
    third = who.step({"b": 'line 1\r\n"<b>"'}, "next")
    assert 'name="b" value="line 1' in third.text
    back = who.step({"c": "5"}, "back")
    assert "line 1\r\n&#34;&lt;b&gt;&#34;</textarea>" in back.text
    assert stored() == (0, 0, 0)
    who.step({}, "next")
    assert who.step({}, "send").status_code == 303
    assert only().answers == {"a": 1, "b": 'line 1\n"<b>"', "c": 5}


def test_a_hidden_answer_is_kept_while_walking_and_never_stored(walker, stored):
    who = walker(*PAGES)
    who.step({"a": "1"}, "next")
    who.step({"b": "typed"}, "back")
    third = who.step({"a": "5"}, "next")
    assert "2 / 2" in third.text
    assert 'name="b" value="typed"' in third.text
    assert who.step({"c": "5"}, "send").status_code == 303
    assert only().answers == {"a": 5, "c": 5}


def test_the_page_is_shown_again_when_its_answers_reveal_a_question(walker, stored):
    who = walker(*PAGES)
    who.step({"a": "5"}, "next")
    again = who.step({"c": "1"}, "send")
    assert again.status_code == 200
    assert "name=c_why" in again.text
    assert "role=alert" in again.text
    assert stored() == (0, 0, 0)
    assert who.step({"c_why": "slow"}, "send").status_code == 303
    assert only().answers == {"a": 5, "c": 1, "c_why": "slow"}


def test_a_script_is_loaded_only_where_answers_reveal_questions_on_the_same_page(walker):
    who = walker(*PAGES)
    assert "<script" not in who.open("?again").text
    assert "js/answer" in who.step({"a": "5"}, "next").text


def test_a_script_gets_only_the_questions(walker, stored):
    who = walker(*PAGES)
    who.step({"a": "5"}, "next")
    look = who.step({"c": "1"}, "look")
    assert look.text.startswith("<div id=Q>")
    assert "name=c_why" in look.text
    assert stored() == (0, 0, 0)


def test_only_the_browser_caches_a_later_page_so_that_back_shows_it(walker):
    who = walker(*PAGES)
    for reply in (who.step({"a": "1"}, "next"), who.step({"b": "x"}, "next"), who.step({"c": "9"}, "send")):
        assert reply.headers["Cache-Control"] == "private, no-cache"
        assert "Vary" not in reply.headers
    assert who.open("?again").headers["Cache-Control"] == "no-store"


def test_a_page_with_errors_is_not_left(walker):
    who = walker(*PAGES)
    reply = who.step({}, "next")
    assert reply.status_code == 422
    assert "<a href=#a>" in reply.text


def test_a_skipped_page_is_checked_in_the_end(walker, stored):
    who = walker(*PAGES)
    reply = who.hand_in({"c": "5"}, at="2", go="send")
    assert reply.status_code == 422
    assert "<a href=#a>" in reply.text
    assert stored() == (0, 0, 0)


@pytest.mark.parametrize(
    "position", [{"at": "3"}, {"at": "-1"}, {"at": "x"}, {"at": "9999"}, {"at": "²"}, {"go": "away"}]
)
def test_an_invalid_position_is_rejected(walker, stored, position):
    who = walker(*PAGES)
    assert who.hand_in({"a": "5"}, **position).status_code == 400
    assert stored() == (0, 0, 0)


def test_a_superseded_version_is_walked_to_its_end(walker, stored):
    who = walker(*PAGES)
    who.step({"a": "5"}, "next")
    publish(item("quite_other", required=True))
    assert who.step({"c": "4"}, "send").status_code == 303
    assert only().answers == {"a": 5, "c": 4}


def test_a_walk_through_a_retired_version_starts_again_with_the_answers_still_asked(walker, stored):
    who = walker(*PAGES)
    old = publish(item("x"), slug="unrelated")
    who.step({"a": "5"}, "next")
    first = db.session.query(type(old)).filter_by(state="published").order_by(type(old).id).first()
    publish(item("a"), item("other", "text"))
    publication.retire(first.id)
    reply = who.step({"c": "4"}, "send")
    assert reply.status_code == 422
    assert "name=a value=5 checked" in reply.text
    assert 'name="c"' not in reply.text
    assert stored() == (0, 0, 0)


def test_a_walk_of_more_than_a_day_starts_again_with_its_answers(walker):
    who = walker(*PAGES)
    who.step({"a": "5"}, "next")
    with time_machine.travel(timedelta(hours=25), tick=False):
        reply = who.step({"c": "4"}, "send")
        assert reply.status_code == 422
        assert "name=a value=5 checked" in reply.text
        assert 'name="c" value="4"' in reply.text


def test_names_are_put_into_the_texts_and_cannot_be_markup(walker):
    point = factories.place(name="<b>人民路</b>")
    clerk = factories.employee(point, name="李 & 娜")
    texts = {"zh": "{employee}在{place}的服务？", "en": "{employee} at {place}?"}
    text = walker(item("a", texts=texts), at=point, served_by=clerk).open("?again").text
    assert "李 &amp; 娜在&lt;b&gt;人民路&lt;/b&gt;的服务？" in text
    assert zh("company staff") in walker(item("a", texts=texts), slug="own").open().text


def test_texts_of_a_questionnaire_are_never_markup(walker):
    evil = {"zh": "<script>alert(1)</script>", "en": '"><img src=x onerror=alert(1)>'}
    items = [item("z", "short_text", texts=evil, help=evil)]
    items += [text | {"texts": evil, "help": evil} for text in EVERY_KIND]
    page_text = walker(*items, title=evil).open("?again").text
    assert "<script" not in page_text
    assert "<img" not in walker(*items, title=evil, slug="evil").open("?lang=en").text


def test_every_language_of_a_questionnaire_can_be_chosen(walker):
    texts = {"zh": "服务", "en": "Service", "ug": "مۇلازىمەت", "ja": "サービス"}
    who = walker(item("a", texts=texts), languages=["zh", "en", "ug", "ja"])
    text = who.open().text
    assert [lang in text for lang in ("?lang=en", "?lang=ug", "?lang=ja", "日本語")] == [True] * 4
    uyghur = who.open("?lang=ug").text
    assert "<html lang=ug dir=rtl>" in uyghur
    assert "مۇلازىمەت" in uyghur
    assert f">{zh('Submit')}</button>" in uyghur
    assert "مۇلازىمەت" in who.open().text
    assert ">Submit</button>" in who.open("?lang=ja").text
    who.open("?lang=fr")
    who.open("?lang=ug")
    who.client.post(f"/s/{who.code}?lang=ug", data=who.tokens | {"a": "5"})
    assert only().locale == "ug"


def test_a_questionnaire_in_one_language_offers_no_other(walker):
    text = walker(item("a", texts={"en": "Service"}), languages=["en"], title={"en": "T"}).open().text
    assert "?lang=" not in text.partition("<main")[0]
    assert "<html lang=en>" in text


def test_switching_the_language_keeps_the_answers(walker):
    who = walker(*PAGES)
    who.step({"a": "1"}, "next")
    text = who.step({"b": "typed"}, "stay", "?lang=en").text
    assert "Second" in text
    assert "typed</textarea>" in text
    assert "2 / 3" in text


def test_only_large_questionnaires_accept_large_forms(walker, stored):
    many = [item(f"t{n}", "text") for n in range(25)]
    who = walker(*many)
    assert who.hand_in({f"t{n}": "好" * 2000 for n in range(25)}).status_code == 303
    small = walker(item("a"), slug="small")
    assert small.hand_in({"a": "5", "b": "x" * 70_000}).status_code == 413


def test_a_quiz_shows_its_score(walker):
    right = [{"code": "x", "texts": in_both("X"), "right": True}, {"code": "y", "texts": in_both("Y")}]
    quiz = [
        item(code, "single_choice", options=right, weight=weight) for code, weight in (("a", 2), ("b", 1))
    ]
    who = walker(*quiz, shows_score=True)
    who.hand_in({"a": "x", "b": "y"})
    assert "2 / 3" in who.thanks().text
    wrong = walker(*quiz, slug="silent")
    wrong.hand_in({"a": "x"})
    assert zh("Your score") not in wrong.thanks().text


def test_not_applicable_is_stored_without_a_score(embedded_app, customer):
    version = publish(item("a", not_applicable=True, dimension="quality"), item("b"))
    point = factories.place("point", factories.place("region", factories.place("group")))
    code = factories.link(point, of=version).code
    for answer in ("na", "na", "1", "5", "5"):
        who = customer(embedded_app.test_client(), code)
        who.open()
        assert who.hand_in({"a": answer, "b": "3"}).status_code == 303
    release_all()
    counts = reading.released_counts(Selection([version], Period()), [(point.id, 0)])
    [figures] = counts.figures([(point.id, 0)])
    assert (figures.n, figures.questions["b"].n) == (5, 5)
    assert figures.questions["a"].n is None, "three of five rated it: too few to show"
    for answer in ("5", "5"):
        who = customer(embedded_app.test_client(), code)
        who.open()
        who.hand_in({"a": answer})
    with snapshot():
        counts = reading.exact_counts([version], Period(), point.path, [(point.id, 0)])
        [figures] = counts.figures([(point.id, 0)])
    assert (figures.questions["a"].n, figures.questions["a"].mean) == (5, 4.2)
