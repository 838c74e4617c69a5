import pytest

from admin.drafts.condition_form import Groups
from admin.drafts.question_settings_form import QuestionForm
from survey.questionnaires import drafting
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.rules import editing
from survey.questionnaires.rules.checking.items import settings
from tests import factories
from tests.admin.builder import DRAFT, EN, HTMX, SLUG, begun, draft, fields, find, order, post

QUESTIONS = f"{DRAFT}/questions"


@pytest.fixture
def client(embedded_app):
    begun()
    return factories.sign_in(embedded_app.test_client(), factories.staff("manager", factories.place("group")))


@pytest.fixture
def other(embedded_app):
    """Return the client of another user of the same draft."""
    return factories.sign_in(embedded_app.test_client(), factories.staff())


def add(client, kind, after=""):
    """Add a question and return its code."""
    answer = post(client, f"{QUESTIONS}/", {"kind": kind, "after": after})
    return answer.location.rpartition("/")[2]


@pytest.mark.parametrize("kind", [*KINDS, "page"])
def test_a_question_of_every_type_is_added_with_one_tap_edited_and_kept(client, kind):
    assert kind in client.get(f"{QUESTIONS}/new").text
    code = add(client, kind)
    assert order()[-1] == code
    page = client.get(f"{QUESTIONS}/{code}", headers=EN)
    assert page.status_code == 200
    before = find(code)
    assert post(client, f"{QUESTIONS}/{code}", fields(code)).status_code == 303
    assert editing.digest(find(code)) == editing.digest(before)


def test_settings_that_the_form_does_not_show_are_kept(client):
    def mark(document):
        editing.find(document, "quality")["supplied"] = True
        return document

    drafting.change(draft().id, "edit quality", mark)
    assert post(client, f"{QUESTIONS}/quality", fields("quality") | {"texts.en": "Anew"}).status_code == 303
    assert find("quality")["texts"]["en"] == "Anew"
    assert find("quality")["supplied"]


def test_a_new_question_is_added_at_its_position_and_opened(client):
    assert add(client, "yes_no", "overall") == "yesno_1"
    assert order()[order().index("overall") + 1] == "yesno_1"
    answer = post(client, f"{QUESTIONS}/", {"kind": "nps"}, htmx=True)
    assert 'class="item editing" data-code="nps_1"' in answer.text
    assert "<html" not in answer.text
    assert post(client, f"{QUESTIONS}/", {"kind": "matrix"}).status_code == 400


def test_a_form_is_a_part_for_htmx_and_a_page_for_others(client):
    part = client.get(f"{QUESTIONS}/quality", headers=HTMX).text
    assert part.lstrip().startswith('<li id="item-quality"')
    assert "<html" in client.get(f"{QUESTIONS}/quality").text
    assert client.get(f"{QUESTIONS}/nothing").status_code == 404
    assert "editing" not in client.get(f"{QUESTIONS}/quality?row", headers=HTMX).text


def test_a_question_is_changed_in_its_place(client):
    changes = {
        "texts__zh": "服务好吗？",
        "required": "1",
        "scale": "3",
        "look": "stars",
        "best": "low",
        "weight": "2.5",
    }
    sent = fields("quality", **changes, dimension_new="环境", not_applicable="1", withheld="1")
    answer = post(client, f"{QUESTIONS}/quality", sent, htmx=True)
    assert answer.status_code == 200
    assert "服务好吗？" in answer.text or "Service quality" in answer.text
    assert 'hx-swap-oob="true"' in answer.text
    item = find("quality")
    assert (item["texts"]["zh"], item["texts"]["en"]) == ("服务好吗？", "Service quality")
    assert (item["scale"], item["look"], item["best"], item["weight"]) == (3, "stars", "low", 2.5)
    assert (item["required"], item["not_applicable"], item["withheld"]) == (True, True, True)
    assert item["dimension"] == "环境"
    assert len(item["labels"]) == 3


WRONG = [
    ("texts__zh", "", "texts.zh"),
    ("texts__zh", "x" * 2001, "texts.zh"),
    ("texts__en", "a\u202eb", "texts.en"),
    ("labels__0__zh", "x" * 201, "labels.0.zh"),
    ("weight", "0", "weight"),
    ("weight", "nan", "weight"),
    ("weight", "1e3", "weight"),
]


@pytest.mark.parametrize(("name", "text", "at"), WRONG)
def test_invalid_settings_are_shown_and_not_stored(client, name, text, at):
    before = find("quality")
    answer = post(client, f"{QUESTIONS}/quality", fields("quality", **{name: text}), htmx=True)
    assert answer.status_code == 422
    assert f'href="#f-{at}"' in answer.text
    assert find("quality") == before


def test_the_second_of_two_users_at_a_question_sees_both_edits(client, other):
    mine, theirs = fields("quality", texts__zh="我的"), fields("quality", texts__zh="她的", required="1")
    assert post(other, f"{QUESTIONS}/quality", theirs, htmx=True).status_code == 200
    answer = post(client, f"{QUESTIONS}/quality", mine, htmx=True)
    assert answer.status_code == 409
    assert "Somebody else has changed this question" in answer.text
    assert "她的" in answer.text
    assert "我的" in answer.text
    assert find("quality")["texts"]["zh"] == "她的"
    seen = answer.text.partition('name="seen" value="')[2].partition('"')[0]
    assert post(client, f"{QUESTIONS}/quality", mine | {"seen": seen}, htmx=True).status_code == 200
    assert find("quality")["texts"]["zh"] == "我的"


def test_two_users_at_different_questions_do_not_conflict(client, other):
    mine, theirs = fields("quality", texts__zh="我的"), fields("value", texts__zh="她的")
    assert post(other, f"{QUESTIONS}/value", theirs).status_code == 303
    assert post(client, f"{QUESTIONS}/quality", mine).status_code == 303
    assert (find("quality")["texts"]["zh"], find("value")["texts"]["zh"]) == ("我的", "她的")


def test_editing_a_deleted_question_shows_an_alert(client, other):
    mine = fields("nps", texts__zh="我的")
    post(other, f"{QUESTIONS}/nps/deletion")
    for path, sent in (("", mine), ("/move", {"up": 5}), ("/duplicate", {}), ("/deletion", {})):
        answer = post(client, f"{QUESTIONS}/nps{path}", sent, htmx=True)
        assert answer.status_code == 409, path
        assert "has deleted this question" in answer.text
    assert find("nps") is None


def test_questions_move_by_buttons_and_by_dragging(client):
    at = order().index("nps")
    for _tap in "ab":
        answer = post(client, f"{QUESTIONS}/nps/move", {"up": at}, htmx=True)
        assert order()[-3:] == ["nps", "overall", "comment"]
        assert "Moved “How likely" in answer.text
    post(client, f"{QUESTIONS}/nps/move", {"down": at - 1})
    assert order()[-3:] == ["overall", "nps", "comment"]
    post(client, f"{QUESTIONS}/comment/move", {"before": "quality"})
    assert order()[0] == "comment"
    post(client, f"{QUESTIONS}/comment/move", {"before": ""})
    assert order()[-1] == "comment"


def test_a_question_is_duplicated_under_a_code_of_its_own(client):
    post(client, f"{QUESTIONS}/overall/duplicate")
    assert order()[order().index("overall") + 1] == "rating_1"
    assert find("rating_1")["labels"] == find("overall")["labels"]


def test_a_question_that_others_depend_on_is_deleted_only_on_confirmation(client):
    answer = post(client, f"{QUESTIONS}/quality/deletion", htmx=True)
    assert answer.status_code == 409
    assert "Your opinion on service quality" in answer.text
    assert "quality" in order()
    assert post(client, f"{QUESTIONS}/quality/deletion").status_code == 409
    post(client, f"{QUESTIONS}/quality/deletion", {"cascade": "1"})
    assert not {"quality", "quality_opinion"} & set(order())


def test_options_are_lines_and_keep_their_codes(client):
    code = add(client, "multiple_choice")
    sent = fields(code, options__1__zh="", options__1__en="", options__3__code="", options__3__zh="保养")
    assert (
        post(
            client, f"{QUESTIONS}/{code}", sent | {"options.0.exclusive": "1", "options.3.other": "1"}
        ).status_code
        == 303
    )
    options = find(code)["options"]
    assert [(option["code"], option["texts"]["zh"]) for option in options] == [
        ("o1", "咨询"),
        ("o3", "维修"),
        ("o4", "保养"),
    ]
    assert options[0]["exclusive"] is True
    assert options[2]["other"] is True
    answer = post(
        client, f"{QUESTIONS}/{code}", {"seen": editing.digest(find(code)), "texts.zh": "x"}, htmx=True
    )
    assert answer.status_code == 422
    assert "2 to 50 options" in answer.text


def test_the_code_of_a_published_option_is_never_reused(client):
    code = add(client, "single_choice")
    drafting.publish(draft().id, draft().revision, factories.PUBLISHED_ON)
    drafting.begin(SLUG)
    sent = fields(code, options__0__zh="", options__0__en="", options__3__code="", options__3__zh="广告")
    post(client, f"{QUESTIONS}/{code}", sent)
    sent = fields(code, options__1__zh="", options__1__en="", options__3__code="o1", options__3__zh="报纸")
    post(client, f"{QUESTIONS}/{code}", sent)
    assert [option["code"] for option in find(code)["options"]] == ["o2", "o4", "o5"]


def test_buttons_in_the_form_save_nothing(client):
    code = add(client, "single_choice")
    before = find(code)
    for do, shown in (("remove-option.0", "网络"), ("raise-option.1", "路过"), ("more-options", "朋友介绍")):
        answer = post(client, f"{QUESTIONS}/{code}", fields(code) | {"do": do}, htmx=True)
        assert answer.status_code == 200
        assert shown in answer.text
    page = post(client, f"{QUESTIONS}/{code}", fields(code) | {"do": "remove-option.0"}).text
    assert "朋友介绍" not in page
    answer = post(
        client, f"{QUESTIONS}/overall", fields("overall", wording="agree") | {"do": "wording"}, htmx=True
    )
    assert "很同意" in answer.text
    assert "Strongly agree" in answer.text
    assert find(code) == before
    assert post(client, f"{QUESTIONS}/{code}", fields(code) | {"do": "remove-option.99"}).status_code == 200


def test_a_code_can_be_changed_until_it_is_published(client):
    code = add(client, "nps")
    assert post(client, f"{QUESTIONS}/{code}", fields(code, code="Would")).status_code == 422
    assert post(client, f"{QUESTIONS}/{code}", fields(code, code="nps")).status_code == 422
    assert post(client, f"{QUESTIONS}/{code}", fields(code, code="would")).status_code == 303
    assert find("would") is not None
    post(client, f"{QUESTIONS}/overall", fields("overall", code="other"))
    assert find("overall") is not None
    assert find("other") is None


@pytest.mark.parametrize("role", ["marketing", "auditor"])
def test_users_without_the_capability_change_no_question(client, embedded_app, role):
    reader = factories.sign_in(embedded_app.test_client(), factories.staff(role))
    before = draft().document
    assert reader.get(f"{QUESTIONS}/new").status_code == 403
    for path, sent in (
        ("/", {"kind": "nps"}),
        ("/nps", {}),
        ("/nps/move", {}),
        ("/nps/duplicate", {}),
        ("/nps/deletion", {}),
    ):
        assert post(reader, QUESTIONS + path, sent).status_code == 403
    assert draft().document == before


NAMES = {"bounds": {"minimum", "maximum"}, "longest": {"maximum"}}
EVERYWHERE = {"code", "kind", "texts", "help", "required", "show", "supplied"}


@pytest.mark.parametrize("kind", [*KINDS, "page"])
def test_every_setting_of_a_type_can_be_set_and_is_kept(kind):
    form = QuestionForm({"code": "x", "kind": kind}, Groups())
    offered = set().union(*(NAMES.get(name, {name}) for name in form.settings))
    assert offered == set(settings(kind)) - EVERYWHERE


@pytest.mark.parametrize("do", [{"do": "refresh"}, {}])
def test_a_changed_scale_keeps_the_highest_label_at_the_highest_point(client, do):
    code = add(client, "rating")
    sent = fields(code, scale="7") | do
    form = post(client, f"{QUESTIONS}/{code}", sent, htmx=True).text
    if not do:
        assert find(code)["labels"][6]["en"] == "Very satisfied"
        assert find(code)["labels"][3]["en"] == "Neutral"
        form = client.get(f"{QUESTIONS}/{code}", headers=HTMX).text
    assert 'name="labels.6.en" type="text" value="Very satisfied"' in form


def test_a_question_on_its_own_page_leads_back_to_the_draft_when_it_is_saved(client):
    path = f"{QUESTIONS}/nps"
    assert 'name="alone"' not in client.get(path, headers=HTMX).text
    assert 'name="alone"' in client.get(path, headers=EN).text
    sent = fields("nps", texts__en="Recommend?") | {"alone": "1"}
    assert 'name="alone"' in post(client, path, sent | {"do": "refresh"}, htmx=True).text
    saved = post(client, path, sent, htmx=True)
    assert saved.headers["HX-Redirect"] == f"{DRAFT}/#item-nps"
    assert "Saved." in client.get(f"{DRAFT}/", headers=EN).text


def test_a_double_tap_adds_and_duplicates_once(client):
    chooser = client.get(f"{QUESTIONS}/new").text
    form = {"kind": "yes_no", "after": "overall", "made_with": number_in(chooser)}
    first, second = (post(client, f"{QUESTIONS}/", form) for _tap in range(2))
    assert first.location == second.location
    assert [code for code in order() if code.startswith("yesno")] == ["yesno_1"]
    again = form | {"made_with": number_in(client.get(f"{QUESTIONS}/new").text)}
    assert post(client, f"{QUESTIONS}/", again).location.endswith("yesno_2")
    page = {"made_with": number_in(client.get(f"{DRAFT}/").text)}
    for _tap in range(2):
        assert post(client, f"{QUESTIONS}/yesno_1/duplicate", page).status_code == 303
    assert sum(code.startswith("yesno") for code in order()) == 3
    assert post(client, f"{QUESTIONS}/yesno_2/duplicate", page).status_code == 303
    assert sum(code.startswith("yesno") for code in order()) == 4


def number_in(page):
    return page.partition('name="made_with" value="')[2].partition('"')[0]
