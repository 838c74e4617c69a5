"""Tests of the page of publication: problems, weights, and questions that will not pool."""

import time

import pytest

from survey.questionnaires import drafting, queries
from survey.questionnaires.rules.starting import new_document
from tests import factories
from tests.admin.builder import DRAFT, EN, SLUG, begun, draft, find, post

PAGE = f"{DRAFT}/publication/"


@pytest.fixture
def client(embedded_app):
    begun()
    return factories.sign_in(embedded_app.test_client(), factories.staff())


def change(edit):
    drafting.change(draft().id, "edit", edit)


def set_item(code, **more):
    def edit(document):
        items = [item | more if item["code"] == code else item for item in document["questions"]]
        return document | {"questions": items}

    change(edit)


def sent(client, **changes):
    """Return what the form sends when only ``changes`` are made in it."""
    page = client.get(PAGE, headers=EN).text
    fields = {"revision": str(draft().revision), "seen": page.partition('name="seen" value="')[2][:16]}
    return fields | {name.replace("__", "."): value for name, value in changes.items()}


def test_weights_are_equal_until_they_are_changed(client):
    page = client.get(PAGE, headers=EN).text
    assert page.count("25.0%") == 4
    answer = post(client, f"{PAGE}weights", sent(client, dimension__quality="2", dimension__value="0,5"))
    assert answer.status_code == 303
    assert draft().document["weights"] == {"quality": 2, "value": 0.5}
    page = client.get(PAGE, headers=EN).text
    assert "44.4%" in page
    assert 'value="0.5"' in page
    assert "The weights have changed: earlier indexes will also be computed with the new ones." in page


def test_a_question_has_a_weight_within_its_dimension(client):
    set_item("effectiveness", dimension="quality")
    answer = post(client, f"{PAGE}weights", sent(client, question__quality="3"))
    assert answer.status_code == 303
    assert find("quality")["weight"] == 3
    assert "weight" not in find("effectiveness")


@pytest.mark.parametrize("weight", ["0", "-1", "x", "", "1001", "1e3", "nan"])
def test_an_invalid_weight_is_rejected_and_stays_in_its_field(client, weight):
    for path in (f"{PAGE}weights", PAGE):
        answer = post(client, path, sent(client, dimension__quality=weight))
        assert answer.status_code == 422
        assert "Enter a number above 0 and up to 1000." in answer.text
        assert f'name="dimension.quality" value="{weight}"' in answer.text
    assert "weights" not in draft().document
    assert queries.published_number(SLUG) == 1


def test_weights_that_the_user_has_not_seen_are_not_overwritten(client):
    mine = sent(client, dimension__quality="2")
    assert post(client, f"{PAGE}weights", sent(client, dimension__value="3")).status_code == 303
    answer = post(client, f"{PAGE}weights", mine)
    assert answer.status_code == 409
    assert (
        "Somebody else has changed this draft. Nothing was saved: check it again, then publish."
        in answer.text
    )
    assert draft().document["weights"] == {"value": 3}


def test_publishing_stores_the_weights_of_the_form(client):
    set_item("overall", required=True)
    answer = post(client, PAGE, sent(client, dimension__innovation="4"))
    assert (answer.status_code, answer.location) == (303, f"/admin/questionnaires/{SLUG}")
    published = queries.published(queries.questionnaire(SLUG).id)
    assert (published.number, published.document["weights"]) == (2, {"innovation": 4})
    assert published.definition.by_code["overall"].required
    assert "Version 2 published." in client.get(answer.location, headers=EN).text


def test_a_draft_that_changed_since_the_page_was_opened_is_not_published(client):
    before = sent(client)
    set_item("overall", required=True)
    answer = post(client, PAGE, before)
    assert answer.status_code == 409
    assert (
        "Somebody else has changed this draft. Nothing was saved: check it again, then publish."
        in answer.text
    )
    assert queries.published_number(SLUG) == 1


def test_a_race_between_two_publications_shows_a_conflict(client, monkeypatch):
    def published(*_args, **_more):
        raise drafting.Conflict("published")

    monkeypatch.setattr(drafting, "publish", published)
    answer = post(client, PAGE, sent(client, dimension__quality="2"))
    assert answer.status_code == 409
    assert "The draft has changed" in answer.text


def test_a_second_tap_on_publish_is_idempotent(client):
    twice = sent(client) | {"number": "2"}
    for _tap in range(2):
        answer = post(client, PAGE, twice)
        assert (answer.status_code, answer.location) == (303, f"/admin/questionnaires/{SLUG}")
    assert "Version 2 is already published." in client.get(answer.location, headers=EN).text
    assert queries.published_number(SLUG) == 2
    assert post(client, PAGE, twice | {"number": "1"}).status_code == 404


def test_every_problem_is_shown_with_a_link_to_correct_it(client):
    set_item("comment", show={"question": "overall", "is": "more", "value": 5})
    set_item("overall", show={"question": "nps", "is": "less", "value": 3})
    set_item("nps", texts={"en": "Would you recommend us?"})
    set_item("quality", labels=[{"en": "Bad"}, *[{"zh": "好"}] * 4])
    change(lambda document: document | {"title": {"en": "Service"}})
    page = client.get(PAGE, headers=EN).text
    assert "Fix 5 issues before publishing" in page
    assert "The text in the default language (中文) is missing." in page
    assert "can never be shown: its condition is never met." in page
    assert "The condition refers to “Would you recommend us?”, which comes later." in page
    assert "· Label 1" in page
    for code in ("comment", "overall", "nps", "quality"):
        assert f'href="{DRAFT}/questions/{code}"' in page
    assert f'href="{DRAFT}/#title-zh"' in page
    assert "Publish version" not in page
    answer = post(client, PAGE, sent(client))
    assert answer.status_code == 422
    assert "Fix 5 issues before publishing" in answer.text
    assert queries.published_number(SLUG) == 1


def test_a_cycle_of_conditions_is_shown_by_its_questions(client):
    set_item("quality", show={"question": "value", "is": "more", "value": 1})
    set_item("value", show={"question": "quality", "is": "more", "value": 1})
    page = client.get(PAGE, headers=EN).text
    assert "Conditions go round in a circle: Service quality → Value for money → Service quality." in page


def test_questions_that_will_not_pool_are_shown_with_a_link_to_the_comparison(client):
    set_item("overall", scale=7, best="low", labels=[])
    set_item("nps", kind="yes_no", labels=[])
    page = client.get(PAGE, headers=EN).text
    assert "New answers to these questions will be counted separately from earlier ones" in page
    assert "another scale, the other direction" in page
    assert "another type" in page
    assert f"/admin/questionnaires/{SLUG}/comparison?before=1&amp;after=2" in page
    assert "Changed: 2" in page


def test_a_new_text_pools_and_needs_no_warning(client):
    set_item("overall", texts={"zh": "总体如何？"}, required=True)
    page = client.get(PAGE, headers=EN).text
    assert "Changed: 1" in page
    assert "will be counted separately" not in page


def test_an_unchanged_draft_is_not_offered_for_publication(client):
    page = client.get(PAGE, headers=EN).text
    assert "No differences." in page
    assert "Publish version" not in page


def test_the_first_version_is_compared_with_nothing(client):
    title = {"zh": "新问卷"}
    drafting.create("brand-new", new_document(title))
    page = client.get("/admin/questionnaires/brand-new/draft/publication/", headers=EN)
    assert "Publish version 1" in page.text
    assert ", which customers see now" not in page.text


@pytest.mark.parametrize("role", ["marketing", "auditor"])
def test_users_without_the_capability_see_the_page_and_publish_nothing(client, embedded_app, role):
    reader = factories.sign_in(embedded_app.test_client(), factories.staff(role))
    page = reader.get(PAGE, headers=EN).text
    assert "Weights of the index" in page
    assert "Publish version" not in page
    assert "Save weights only" not in page
    assert post(reader, PAGE, sent(client)).status_code == 403
    assert post(reader, f"{PAGE}weights", sent(client)).status_code == 403


def test_a_questionnaire_without_a_draft_has_no_page_of_publication(client):
    drafting.discard(draft().id)
    assert client.get(PAGE).status_code == 404
    assert post(client, PAGE, {}).status_code == 404


def large():
    """Return 60 questions on 5 pages, with conditions on earlier answers."""
    items = []
    for number in range(60):
        if number % 12 == 0 and number:
            items.append({"code": f"page_{number}", "kind": "page"})
        item = {"code": f"q{number}", "kind": "rating", "dimension": f"d{number % 8}"}
        item["texts"] = {"zh": f"第 {number} 题", "en": f"Question {number}"}
        item["labels"] = [{"zh": f"{n} 分", "en": f"{n} points"} for n in range(1, 6)]
        if number % 4 == 3:
            parts = [{"question": f"q{number - n}", "is": "at_most", "value": 2} for n in (1, 2, 3)]
            item["show"] = {"any": parts}
        items.append(item)
    return {"title": {"zh": "大", "en": "Large"}, "languages": ["zh", "en"], "questions": items}


def test_sixty_questions_are_published_within_a_second(client, record_property):
    made = drafting.create("large", large())
    token = client.get("/admin/account").text.partition('name="csrf-token" content="')[2].partition('"')[0]
    started = time.process_time()
    fields = {"csrf_token": token, "revision": str(made.revision)}
    answer = client.post("/admin/questionnaires/large/draft/publication/", data=fields)
    took = time.process_time() - started
    record_property("seconds of processor time", took)
    print(f"published within {took:.3f} s of processor time")
    assert answer.status_code == 303
    assert queries.published_number("large") == 1
    assert took < 1


def publish_draft(client):
    return post(client, PAGE, sent(client))


def test_only_an_administrator_publishes_a_version_that_no_longer_withholds_a_question(client, embedded_app):
    set_item("quality", withheld=True)
    assert publish_draft(client).status_code == 303
    manager = factories.staff("manager", factories.place())
    drafting.begin(SLUG)
    set_item("quality", withheld=False)
    browser = factories.sign_in(embedded_app.test_client(), manager)
    answer = publish_draft(browser)
    assert answer.status_code == 403
    assert "Only an administrator can publish a version that no longer withholds" in answer.text
    assert queries.published_number(SLUG) == 2
    assert publish_draft(client).status_code == 303
    assert queries.published_number(SLUG) == 3


def test_a_manager_publishes_a_version_that_withholds_as_before(client, embedded_app):
    set_item("quality", withheld=True)
    assert publish_draft(client).status_code == 303
    drafting.begin(SLUG)
    set_item("value", withheld=True)
    browser = factories.sign_in(embedded_app.test_client(), factories.staff("manager", factories.place()))
    assert publish_draft(browser).status_code == 303
