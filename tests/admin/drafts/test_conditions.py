"""Tests of conditions in the form of a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.drafts import condition_form
from survey.questionnaires import drafting
from survey.questionnaires.rules import editing
from survey.questionnaires.rules.conditions import Context, holds, parse
from tests import factories
from tests.admin.builder import DRAFT, HTMX, begun, draft, fields, find, post

NPS = f"{DRAFT}/questions/nps"


@pytest.fixture
def client(embedded_app):
    begun()
    east = factories.place("region", factories.place("group"), code="EAST")
    factories.employee(factories.place("point", east), code="E-1")
    return factories.sign_in(embedded_app.test_client(), factories.staff())


def rows(*comparisons, join="all"):
    return group(0, *comparisons, join=join)


def group(at, *comparisons, join="all"):
    sent = {f"show.{at}.join": join}
    for number, (on, operator, value) in enumerate(comparisons):
        name = f"show.{at}.{number}"
        sent |= {f"{name}.on": on, f"{name}.is": operator, f"{name}.value": value}
    return sent


def save(client, sent, code="nps"):
    return post(client, f"{DRAFT}/questions/{code}", fields(code) | sent, htmx=True)


def shown(client, condition):
    """Return the form of the last question when ``show`` is its condition."""
    seen = editing.digest(find("nps"))
    changed = find("nps") | {"show": condition}
    drafting.change(draft().id, "edit nps", lambda d: editing.replace(d, "nps", seen, changed))
    return client.get(NPS, headers=HTMX).text


COMPARISONS = [
    (("q:quality", "at_most", "2"), {"question": "quality", "is": "at_most", "value": 2}),
    (("q:quality", "one_of", "1，2, 3"), {"question": "quality", "is": "one_of", "value": [1, 2, 3]}),
    (("q:quality", "answered", ""), {"question": "quality", "is": "answered"}),
    (
        ("q:quality_opinion", "contains", "慢"),
        {"question": "quality_opinion", "is": "contains", "value": "慢"},
    ),
    (("c:place", "contains", "EAST"), {"context": "place", "is": "contains", "value": "EAST"}),
    (("c:language", "equal", "en"), {"context": "language", "is": "equal", "value": "en"}),
    (("c:channel", "one_of", ["qr", "sms"]), {"context": "channel", "is": "one_of", "value": ["qr", "sms"]}),
    (("c:employee", "different", "E-1"), {"context": "employee", "is": "different", "value": "E-1"}),
]


@pytest.mark.parametrize(("row", "stored"), COMPARISONS)
def test_a_row_becomes_a_comparison_and_a_row_again(client, row, stored):
    assert save(client, rows(row, ("", "equal", ""))).status_code == 200
    assert find("nps")["show"] == {"all": [stored]}
    form = client.get(NPS, headers=HTMX).text
    assert f'value="{row[0]}" selected' in form
    assert f'value="{row[1]}" selected' in form


def test_rows_can_be_joined_by_any(client):
    save(client, rows(("q:quality", "less", "3"), ("q:value", "less", "3"), join="any"))
    assert find("nps")["show"] == {
        "any": [
            {"question": "quality", "is": "less", "value": 3},
            {"question": "value", "is": "less", "value": 3},
        ]
    }


def test_empty_rows_store_no_condition(client):
    save(client, rows(("q:quality", "less", "3")))
    save(client, rows(("", "equal", "")))
    assert "show" not in find("nps")


@pytest.mark.parametrize("value", ["", "two", "2.5.1", "inf"])
def test_a_value_that_cannot_be_compared_is_rejected(client, value):
    answer = save(client, rows(("q:quality", "less", value)))
    assert answer.status_code == 422
    assert "show" not in find("nps")


@pytest.mark.parametrize("context", ["place", "employee"])
def test_a_name_instead_of_a_code_is_rejected(client, context):
    answer = save(client, rows((f"c:{context}", "equal", "East shop")))
    assert answer.status_code == 422
    assert "“East shop” is not the code of a unit." in answer.text
    assert "show" not in find("nps")


def test_a_condition_on_a_question_that_now_comes_later_is_kept_and_marked(client):
    asked = {"all": [{"question": "value", "is": "at_most", "value": 2}]}
    shown(client, asked)
    drafting.change(draft().id, "move", lambda d: editing.move(d, "nps", "quality"))
    form = client.get(NPS, headers=HTMX).text
    assert (
        '<option value="q:value" selected>Value for money (not asked before this question)</option>' in form
    )
    save(client, rows(("q:value", "at_most", "3")))
    assert find("nps")["show"]["all"][0]["value"] == 3
    page = client.get(f"{DRAFT}/", headers=HTMX).text
    assert "1 issue to fix before publishing" in page


def test_the_points_of_a_scale_are_offered_with_their_words(client):
    answer = save(client, rows(("q:quality", "at_most", "")) | {"do": "refresh"}).text
    assert answer.count('<option value="2">2 · ') == 1
    answer = save(client, rows(("c:channel", "equal", "")) | {"do": "refresh"}).text
    assert '<option value="qr">QR code</option>' in answer


def test_values_are_offered_where_they_can_be_listed(client):
    post(client, f"{DRAFT}/questions/", {"kind": "yes_no", "after": "overall"})
    sent = rows(("q:yesno_1", "equal", "")) | {"do": "refresh"}
    answer = save(client, sent).text
    assert '<option value="1">Yes</option>' in answer
    save(client, rows(("q:yesno_1", "equal", "0")))
    assert find("nps")["show"] == {"all": [{"question": "yesno_1", "is": "equal", "value": 0}]}
    assert "if “Was your problem solved?” is No" in client.get(f"{DRAFT}/", headers=HTMX).text


def test_more_rows_are_offered(client):
    three = rows(*[("q:quality", "less", "3")] * 3)
    assert save(client, three | {"do": "more-conditions.0"}).text.count('name="show.0.3.on"') == 1


LOW = ("q:quality", "at_most", "2"), {"question": "quality", "is": "at_most", "value": 2}
EAST = ("c:place", "contains", "EAST"), {"context": "place", "is": "contains", "value": "EAST"}
GIVEN = ("q:value", "answered", ""), {"question": "value", "is": "answered"}


@pytest.mark.parametrize(
    ("join", "stored"),
    [
        ("not_all", {"not": {"all": [LOW[1], EAST[1]]}}),
        ("none", {"not": {"any": [LOW[1], EAST[1]]}}),
    ],
)
def test_a_group_can_be_negated(client, join, stored):
    assert save(client, rows(LOW[0], EAST[0], join=join)).status_code == 200
    assert find("nps")["show"] == stored
    form = client.get(NPS, headers=HTMX).text
    assert f'<option value="{join}" selected>' in form
    assert 'value="q:quality" selected' in form


@pytest.mark.parametrize(
    ("outer", "stored"),
    [
        ("all", {"all": [LOW[1], {"not": {"any": [EAST[1], GIVEN[1]]}}]}),
        ("any", {"any": [LOW[1], {"not": {"any": [EAST[1], GIVEN[1]]}}]}),
        ("not_all", {"not": {"all": [LOW[1], {"not": {"any": [EAST[1], GIVEN[1]]}}]}}),
    ],
)
def test_groups_are_joined_in_the_same_way_as_rows(client, outer, stored):
    sent = group(0, LOW[0]) | group(1, EAST[0], GIVEN[0], join="none") | {"show.join": outer}
    assert save(client, sent).status_code == 200
    assert find("nps")["show"] == stored
    form = client.get(NPS, headers=HTMX).text
    joins = form.partition('name="show.join"')[2].partition("</select>")[0]
    assert f'<option value="{outer}" selected>' in joins
    assert 'name="show.1.1.on"' in form
    save(client, sent)
    assert find("nps")["show"] == stored


def test_a_group_is_added_and_an_empty_group_is_left_out(client):
    form = save(client, rows(LOW[0]) | {"do": "more-groups"}).text
    assert 'name="show.1.0.on"' in form
    assert 'name="show.join"' in form
    save(client, rows(LOW[0]) | group(1, ("", "equal", ""), join="none") | {"show.join": "any"})
    assert find("nps")["show"] == {"all": [LOW[1]]}
    save(client, rows(LOW[0]) | group(1, ("", "equal", "")) | {"show.join": "none"})
    assert find("nps")["show"] == {"not": {"any": [LOW[1]]}}


CONDITIONS = st.recursive(
    st.sampled_from([LOW[1], EAST[1], GIVEN[1]]),
    lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=6,
)


@given(
    show=CONDITIONS,
    quality=st.sampled_from([None, 2, 5]),
    value=st.sampled_from([None, 4]),
    east=st.booleans(),
)
def test_groups_keep_the_meaning_of_the_condition(show, quality, value, east):
    document = {"questions": [{"code": c, "kind": "rating", "texts": {}} for c in ("quality", "value")]}
    groups = condition_form.groups_of(show, document)
    again = condition_form.condition(groups, document, lookups={})
    answers = {code: n for code, n in (("quality", quality), ("value", value)) if n is not None}
    where = Context(place=("EAST",) if east else ("WEST",))
    assert holds(parse(again), answers, where) == holds(parse(show), answers, where)


NESTED = {
    "any": [
        {"question": "quality", "is": "less", "value": 3},
        {"not": {"all": [{"any": [{"question": "value", "is": "answered"}]}]}},
    ]
}


def test_a_condition_that_rows_cannot_show_is_described_and_kept(client):
    form = shown(client, NESTED)
    assert "“Service quality” is less than 3 or not (“Value for money” is answered)" in form
    save(client, {"show.kept": "1", "texts.en": "Recommend?"})
    assert find("nps")["show"] == NESTED
    save(client, {"show.kept": "1", "show.drop": "1"})
    assert "show" not in find("nps")


def test_more_groups_than_a_form_has_are_kept(client):
    negated = {"not": {"question": "quality", "is": "equal", "value": 1}}
    many = {"any": [negated] * (condition_form.MOST_GROUPS + 1)}
    assert 'name="show.kept"' in shown(client, many)
    assert 'name="show.0.0.on"' in shown(client, many | {"any": many["any"][1:]})


def test_only_earlier_questions_are_offered(client):
    form = client.get(f"{DRAFT}/questions/quality", headers=HTMX).text
    assert 'value="c:place"' in form
    assert 'value="q:' not in form
