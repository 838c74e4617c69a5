import re
from datetime import date

import pytest
import time_machine
from sqlalchemy import event

from survey.db import db
from survey.questionnaires import drafting, publication
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.rules.starting import new_item
from survey.targets.setting import set_targets
from tests import factories
from tests.survey.tallies.answers import ALIKE, give, release_all, some

DAY = date(2026, 11, 2)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-23T12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def client(embedded_client):
    return embedded_client


@pytest.fixture
def tree(embedded_app):
    """Return a company of two regions with a point each; both points have answers, and the first has some
    about an employee."""
    top, regions, points = factories.company(2, 1)
    version = factories.version()
    wang = factories.employee(points[0], code="WANG", name="王芳")
    for number, point in enumerate(points):
        give(point, version, *some(20, seed=number), day=DAY)
    give(points[0], version, *[ALIKE] * 5, day=DAY, served_by=wang)
    release_all()
    return top, regions, points


def page(client, path, **arguments):
    response = client.get(f"/admin/indexes/{path}", query_string={"lang": "en"} | arguments)
    return response, response.get_data(as_text=True)


@pytest.mark.parametrize(("role", "status"), [("administrator", 200), ("auditor", 200), ("marketing", 403)])
def test_only_roles_that_read_figures_see_pages(client, sign_in, tree, role, status):
    sign_in(client, factories.staff(role))
    for path in ("", tree[1][0].code, tree[2][0].code, "employees/WANG"):
        assert page(client, path)[0].status_code == status


def test_strangers_are_asked_to_sign_in(client, tree):
    assert page(client, "")[0].location.startswith("/admin/sign-in")


def test_a_manager_begins_at_their_place_and_sees_nothing_else(client, sign_in, tree):
    top, (region, other_region), (point, other_point) = tree
    sign_in(client, factories.staff("manager", region))
    response, text = page(client, "")
    assert response.status_code == 200
    assert f"<h1>{region.name_en}</h1>" in text
    assert page(client, point.code)[0].status_code == page(client, "employees/WANG")[0].status_code == 200
    assert top.name_en not in page(client, point.code)[1]
    sign_in(client, factories.staff("manager", other_region))
    for path in (top.code, region.code, point.code, "employees/WANG"):
        assert page(client, path)[0].status_code == 404
    assert other_point.name_en in page(client, "")[1]


@pytest.mark.parametrize("path", ["nowhere", "employees/nobody", "x" * 300])
def test_unknown_pages_are_not_found(client, sign_in, tree, path):
    sign_in(client, factories.staff())
    assert page(client, path)[0].status_code == 404


def test_unknown_lists_are_not_found(client, sign_in, tree):
    sign_in(client, factories.staff())
    assert page(client, "", by="planet")[0].status_code == 404


def test_pages_link_from_the_company_down_to_an_employee(client, sign_in, tree):
    top, (region, _), (point, _) = tree
    sign_in(client, factories.staff())
    assert f'href="/admin/indexes/{region.code}' in page(client, "")[1]
    assert f'href="/admin/indexes/{point.code}' in page(client, region.code)[1]
    assert 'href="/admin/indexes/employees/WANG' in page(client, point.code)[1]
    _, text = page(client, "employees/WANG")
    for above in (top, region, point):
        assert f'href="/admin/indexes/{above.code}' in text
    assert "75.0" in text  # ALIKE: four of five


@pytest.mark.parametrize("by", ["children", "region", "point", "employee"])
def test_the_list_can_be_switched(client, sign_in, tree, by):
    sign_in(client, factories.staff())
    response, text = page(client, "", by=by)
    assert response.status_code == 200
    assert ("WANG" in text) == (by == "employee")
    assert (f"indexes/{tree[2][1].code}" in text) == (by == "point")


def test_units_with_fewer_than_k_responses_are_named_without_a_figure(client, sign_in, tree):
    point = factories.place("point", tree[1][0])
    give(point, factories.version(), *[ALIKE] * 4, day=DAY)
    sign_in(client, factories.staff())
    _, text = page(client, tree[1][0].code)
    assert point.name_en in text.split("Fewer than 5 responses: not shown")[1].split("</ul>")[0]
    assert "No responses yet" in page(client, point.code)[1]


def test_a_page_releases_nothing_and_shows_no_number_of_what_waits(client, sign_in, tree):
    point = tree[2][1]
    give(point, factories.version(), *[ALIKE] * 7, day=DAY)
    sign_in(client, factories.staff())
    text = page(client, point.code)[1]
    assert '<p class="figure">20</p>' in text
    assert '<p class="figure">27</p>' not in text
    assert "This service point is not open yet" in text


def test_an_empty_company_says_how_to_begin(client, sign_in, embedded_app):
    sign_in(client, factories.staff())
    assert "No responses yet" in page(client, "")[1]
    factories.place("group")
    assert "No responses yet" in page(client, "")[1]


def test_an_empty_page_offers_what_may_help(client, sign_in, tree):
    region = tree[1][0]
    empty = factories.place("point", region)
    make, longer = f"/admin/links/new?place={empty.code}", "Last 12 months</a>"
    sign_in(client, factories.staff("manager", region))
    _, text = page(client, empty.code, period="12-months")
    assert make in text
    assert longer not in text
    _, text = page(client, empty.code, period="month")
    assert make in text
    assert longer in text
    sign_in(client, factories.staff("auditor"))
    assert make not in page(client, empty.code)[1]


def test_figures_link_to_their_place_or_employee(client, sign_in, tree):
    sign_in(client, factories.staff("auditor"))
    code = tree[2][0].code
    assert f'href="/admin/places/{code}"' in page(client, code)[1]
    assert 'href="/admin/employees/WANG"' in page(client, "employees/WANG")[1]


def test_several_companies_are_listed(client, sign_in, tree):
    other = factories.place("group")
    sign_in(client, factories.staff())
    _, text = page(client, "")
    assert f"indexes/{tree[0].code}" in text
    assert other.name_en in text


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ({"period": "day"}, False),
        ({"period": "week"}, False),
        ({"period": "12-months"}, True),
        ({"period": "month"}, True),
        ({"period": "last-month"}, False),
        ({"period": "3-months"}, True),
        ({"period": "year"}, True),
        ({"period": "custom", "from": "2026-11-02", "to": "2026-11-02"}, True),
        ({"from": "2026-11-03", "to": "2026-12-31"}, False),
    ],
)
def test_each_period_shows_its_own_responses(client, sign_in, tree, arguments, shown):
    sign_in(client, factories.staff())
    response, text = page(client, "", **arguments)
    assert response.status_code == 200
    assert ("No responses yet" not in text) == shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"from": "2026-02-30", "to": "2026-03-01"}, "Not a valid date value"),
        ({"period": "custom"}, "Enter both dates."),
        ({"from": "2026-11-03", "to": "2026-11-02"}, "The end date is before the start date."),
        ({"from": "1000-01-01", "to": "2026-11-02"}, "At most ten years"),
        ({"from": "0001-01-01", "to": "0001-01-02"}, "between 2000 and 2100"),
        ({"from": "9999-12-01", "to": "9999-12-31"}, "between 2000 and 2100"),
        ({"period": "never"}, "Not a valid choice"),
        ({"questionnaire": "none"}, "Not a valid choice"),
    ],
)
def test_bad_filters_are_reported(client, sign_in, tree, arguments, message):
    sign_in(client, factories.staff())
    response, text = page(client, "", **arguments)
    assert response.status_code == 422
    assert message in text


def test_htmx_gets_the_part_that_the_page_contains(client, sign_in, tree):
    sign_in(client, factories.staff())
    whole = client.get("/admin/indexes/?lang=en")
    part = client.get("/admin/indexes/?lang=en", headers=HTMX)
    assert "<html" not in part.text
    assert part.text.strip() in whole.text
    assert "HX-Request" in whole.headers["Vary"]


def test_filters_stay_in_every_address(client, sign_in, tree):
    sign_in(client, factories.staff())
    _, text = page(client, "", period="year")
    assert f'href="/admin/indexes/{tree[1][0].code}?period=year"' in text


def test_the_home_page_of_roles_that_read_figures_is_the_overview(client, sign_in, tree):
    sign_in(client, factories.staff("auditor"))
    assert client.get("/admin/").location == "/admin/indexes/"
    sign_in(client, factories.staff("marketing"))
    assert client.get("/admin/").location == "/admin/links/"


def test_every_figure_has_its_definition_and_its_interval(client, sign_in, tree):
    sign_in(client, factories.staff())
    _, text = page(client, tree[2][0].code)
    tiles = text.split('<div class="tile">')[1:]
    for number, tile in enumerate(tile.split("</div>")[0] for tile in tiles):
        target = tile.split('href="#')[1].split('"')[0]
        assert f'<div id="{target}">' in text
        assert "95%" in tile or number == 3  # the answers are counted
    assert len(tiles) == 8


def test_a_change_is_shown_in_words(client, sign_in, tree):
    _top, _regions, (point, other) = tree
    sign_in(client, factories.staff())
    assert "has too few responses to compare with" in page(client, point.code)[1]
    version = factories.version()
    for day, worst in ((date(2026, 8, 5), 1), (date(2026, 11, 5), 4)):
        give(other, version, *[ALIKE | {"quality": worst + i % 2} for i in range(60)], day=day)
    release_all()
    _, text = page(client, other.code, questionnaire=version.questionnaire.slug)
    assert "compared with the previous period (" in text
    assert "(June 1, 2026 to August 31, 2026)" in text


def test_a_page_without_significant_changes_does_not_claim_that_nothing_changed(client, sign_in, tree):
    """A page without evidence of a change says only that."""
    _top, _regions, (point, _) = tree
    give(point, factories.version(), *some(25, seed=3), day=date(2026, 8, 5))
    release_all()
    sign_in(client, factories.staff())
    assert "No significant change in satisfaction" in page(client, point.code)[1]


def test_a_point_below_the_others_needs_attention(client, sign_in, tree):
    _top, (region, _), _ = tree
    version = factories.version()
    points = [factories.place("point", region) for _ in range(32)]
    for number, point in enumerate(points):
        bad = number == 11
        give(point, version, *[ALIKE | {"quality": (1 if bad else 4) + i % 2} for i in range(60)], day=DAY)
    release_all()
    sign_in(client, factories.staff())
    _, text = page(client, "")
    first = text.split("Needs attention</h2>")[1].split("</section>")[0]
    assert points[11].name_en in first
    assert "below the others" in first
    assert points[0].name_en not in first
    _, text = page(client, points[11].code)
    assert f"Compared with the others in {region.name_en}" in text
    assert "lower than that of the others together (95" in text
    assert 'class="limit alarm"' in text


def test_a_manager_of_a_point_sees_nothing_of_the_others(client, sign_in, tree):
    _top, (region, _), (point, _) = tree
    sign_in(client, factories.staff("manager", point))
    _, text = page(client, "")
    assert "Compared with the others in" not in text
    assert region.name_en not in text


def test_the_unit_of_the_filters_redirects_to_its_page(client, sign_in, tree):
    top, (region, other), (point, _) = tree
    sign_in(client, factories.staff("manager", region))
    _, text = page(client, point.code)
    assert f'value="{region.code}"' in text
    assert f'<option selected value="">{point.name_en}' in text
    assert f'value="{other.code}"' not in text
    address = f"/admin/indexes/?at={point.code}&period=year"
    assert client.get(address).location == f"/admin/indexes/{point.code}?period=year"
    moved = client.get(address, headers=HTMX)
    assert (moved.status_code, moved.headers["HX-Redirect"]) == (
        204,
        f"/admin/indexes/{point.code}?period=year",
    )
    assert client.get(f"/admin/indexes/{point.code}?at={point.code}").status_code == 200
    assert client.get(f"/admin/indexes/?at={top.code}", follow_redirects=True).status_code == 404


@pytest.mark.parametrize("sort", ["likely", "index", "n", "change", "nps", "name", "nonsense"])
def test_every_order_of_the_ranking_is_a_page(client, sign_in, tree, sort):
    sign_in(client, factories.staff())
    response, text = page(client, "", by="point", sort=sort)
    assert response.status_code == 200
    assert 'aria-current="true"' in text


def test_a_draft_changes_no_figure(client, sign_in, tree):
    sign_in(client, factories.staff())
    before = page(client, tree[0].code)[1].split('class="tiles"')[1].split("<section")[0]
    document = publication.library_document("r5") | {"weights": {"quality": 9}}
    drafting.begin("service-satisfaction", document)
    after = page(client, tree[0].code)[1].split('class="tiles"')[1].split("<section")[0]
    assert before == after


def count_statements(client, path) -> int:
    """Return the number of SQL statements of a page."""
    run = []

    def record(*_) -> None:
        run.append(1)

    event.listen(db.engine, "before_cursor_execute", record)
    try:
        assert client.get(path).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", record)
    return len(run)


def test_the_number_of_statements_does_not_grow(client, sign_in, tree):
    top, (region, _), _points = tree
    sign_in(client, factories.staff())
    paths = (f"/admin/indexes/{top.code}?by=point", f"/admin/indexes/{region.code}")
    # The minimum of three, because some caches of the process expire every few seconds.
    before = [min(count_statements(client, path) for _ in range(3)) for path in paths]
    assert max(before) <= 28
    version = factories.version()
    for number in range(20):
        give(factories.place("point", region), version, *some(10, seed=number), day=DAY)
    release_all()
    after = [min(count_statements(client, path) for _ in range(3)) for path in paths]
    assert all(now <= then for now, then in zip(after, before, strict=True))


def test_options_show_their_texts_and_withheld_questions_are_for_auditors(client, sign_in):
    document = publication.library_document("r5")
    where = {
        "code": "where",
        "kind": "multiple_choice",
        "texts": {"zh": "您在哪里办的？", "en": "Where were you served?"},
        "options": [
            {"code": "shop", "texts": {"zh": "门店", "en": "In the shop"}},
            {"code": "phone", "texts": {"zh": "电话", "en": "By telephone"}},
        ],
    }
    hinted = {
        "code": "hinted",
        "kind": "yes_no",
        "withheld": True,
        "texts": {"zh": "有人暗示您怎样打分吗？", "en": "Did anybody hint how to score?"},
    }
    questions = [*document["questions"], where, hinted]
    version = publication.publish("r5", document["title"], {"questions": questions}, DAY)
    top, _, [point] = factories.company(1, 1)
    answers = [ALIKE | {"where": ["shop"] if i % 3 else ["phone", "shop"], "hinted": i % 2} for i in range(6)]
    give(point, version, *answers)
    release_all()
    sign_in(client, factories.staff("auditor"))
    text = page(client, top.code)[1]
    for words in ("Where were you served?", "In the shop", "2 of 6", "Did anybody hint", "3 of 6"):
        assert words in text
    sign_in(client, factories.staff("manager", top))
    text = page(client, top.code)[1]
    assert "Where were you served?" in text
    assert "Did anybody hint" not in text


def test_every_kind_of_question_has_its_summary_on_the_page(client, sign_in):
    items = [new_item(kind, kind) for kind in KINDS]
    items = [item | {"dimension": "quality"} if item["kind"] == "rating" else item for item in items]
    version = publication.publish("kinds", {"en": "Kinds"}, {"questions": items}, DAY)
    top, _, [point] = factories.company(1, 1)
    answers = {
        "rating": 4,
        "nps": 9,
        "single_choice": "o2",
        "multiple_choice": ["o1", "o3"],
        "yes_no": 1,
        "short_text": "Model X",
        "text": "Fine",
        "number": 12,
        "date": "2026-11-01",
        "ranking": ["o3", "o1", "o2"],
        "consent": 1,
    }
    give(point, version, *[answers] * 5, answers | {"number": 30, "ranking": ["o1", "o3", "o2"]})
    release_all()
    sign_in(client, factories.staff("administrator"))
    response, text = page(client, top.code, questionnaire="kinds")
    assert response.status_code == 200
    cells = re.findall(r'data-label="([^"]+)">([^<]+)<', text)
    assert [value for label, value in cells if label == "Mean"] == ["15.00"]
    assert [value for label, value in cells if label == "Median"] == ["12", "1", "2", "3"]
    assert [value for label, value in cells if label == "Mean rank"] == ["1.17", "1.83", "3.00"]
    ranked = re.findall(r'<th scope="row">(Attitude|Price|Quality)</th>', text)
    assert ranked[-3:] == ["Attitude", "Price", "Quality"]
    for path in (f"comparison/{top.code}", f"drivers/{top.code}", f"comments/{top.code}"):
        assert page(client, path, questionnaire="kinds")[0].status_code == 200


def test_flagged_answers_can_be_excluded_or_shown_alone(client, sign_in, tree):
    point, version = tree[2][0], factories.version("other")
    best = dict.fromkeys(ALIKE, 5) | {"nps": 10, "comment": "好"}
    give(point, version, *[best] * 6, *[ALIKE] * 18, day=DAY)
    release_all()
    sign_in(client, factories.staff())
    about = {"questionnaire": "other"}
    text = page(client, point.code, **about)[1]
    assert "6 of 24" in text
    assert "Too few responses have a recorded time." in text
    assert "Show without flagged responses" in text
    without = page(client, point.code, care="unflagged", **about)[1]
    assert "Without flagged responses" in without
    assert '<p class="figure">18</p>' in without
    assert '<p class="figure">75.0</p>' in without
    assert "Show all responses" in without
    assert '<p class="figure">100.0</p>' in page(client, point.code, care="flagged", **about)[1]
    assert page(client, point.code, care="sleepy", **about)[0].status_code == 422


def test_the_ranking_shows_targets_and_the_probability_of_missing_them(client, sign_in, tree):
    top, regions, _points = tree
    month = DAY.replace(day=1)
    set_targets(top, None, "index", month, month, 40)
    sign_in(client, factories.staff())
    text = page(client, top.code)[1]
    assert "Dashed line: target 40. Hollow: below target." in text
    assert "Probability below target" in text
    set_targets(regions[0], None, "index", month, month, 99)
    text = page(client, top.code)[1]
    assert "Dashed line: target. Hollow: below target." in text
    assert re.search(r'<td class="num">99\.0</td>\s*<td class="num">100%</td>', text)
    assert text.count('class="dot below"') == 1
    assert (
        "Probability below target"
        not in page(client, top.code, period="custom", **{"from": "2026-10-01", "to": "2026-10-31"})[1]
    )


def test_the_questions_have_the_mean_and_standard_deviation_of_their_answers(client, sign_in):
    version, point = factories.version(), factories.place("point")
    give(point, version, *[ALIKE | {"quality": quality} for quality in (1, 2, 3, 4, 5, 5)], day=DAY)
    release_all()
    sign_in(client, factories.staff())
    _, text = page(client, point.code)
    table = text.split('id="questions"')[-1]
    assert "Standard deviation</th>" in table
    assert '<td class="num">3.33</td>\n<td class="num">1.63</td>' in table  # statistics.stdev
