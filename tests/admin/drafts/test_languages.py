import pytest

from tests import factories
from tests.admin.builder import DRAFT, EN, begun, draft, find, post

PAGE = f"{DRAFT}/languages/"
EN_REGIONS = ("AG", "AI", "AU", "BB", "BE", "BM", "BS", "BW", "BZ", "CA", "CC", "CH", "CK", "CM", "CX", "CY")
FR_REGIONS = ("BE", "BF", "BI", "BJ", "CA", "CD", "CF", "CG", "CH", "CI", "CM", "DJ", "DZ")


@pytest.fixture
def client(embedded_app):
    begun()
    return factories.sign_in(embedded_app.test_client(), factories.staff())


def test_a_language_is_added_by_its_tag_and_shows_its_own_name(client):
    answer = post(client, PAGE, {"tag": " UG "})
    assert answer.location.endswith("?language=ug")
    assert draft().document["languages"] == ["zh", "en", "ug"]
    assert "ئۇيغۇرچە was added" in client.get(answer.location, headers=EN).text
    post(client, PAGE, {"tag": "ug"})
    post(client, PAGE, {"tag": "zh_hant"})
    assert draft().document["languages"] == ["zh", "en", "ug", "zh-Hant"]


@pytest.mark.parametrize("tag", ["", "Deutsch", "xx", "../en", "<script>", "zh-Hans-CN-x-private"])
def test_an_invalid_language_tag_is_rejected(client, tag):
    answer = post(client, PAGE, {"tag": tag})
    assert answer.status_code == 422
    assert "There is no language" in answer.text
    assert "<script>" not in answer.text
    assert draft().document["languages"] == ["zh", "en"]


def test_a_questionnaire_has_a_greatest_number_of_languages(client):
    tags = [f"en-{region}" for region in EN_REGIONS]
    tags += [f"fr-{region}" for region in FR_REGIONS]
    codes = [post(client, PAGE, {"tag": tag}).status_code for tag in tags]
    assert codes == [303] * 28 + [422]
    assert len(draft().document["languages"]) == 30


def test_another_language_becomes_the_default(client):
    post(client, f"{PAGE}en/default")
    assert draft().document["languages"] == ["en", "zh"]
    post(client, f"{PAGE}tlh/default")
    assert draft().document["languages"] == ["en", "zh"]


def test_removing_a_language_removes_its_texts_and_undo_restores_them(client):
    answer = post(client, f"{PAGE}en/deletion", {"revision": draft().revision})
    assert answer.status_code == 303
    assert draft().document["languages"] == ["zh"]
    assert find("quality")["texts"] == {"zh": "服务质量"}
    assert "Undo: change of languages" in client.get(PAGE, headers=EN).text
    post(client, f"{PAGE}zh/undo", {"revision": draft().revision})
    assert find("quality")["texts"]["en"] == "Service quality"


def test_the_default_language_is_not_removed(client):
    post(client, f"{PAGE}zh/deletion", {"revision": draft().revision})
    assert draft().document["languages"] == ["zh", "en"]


@pytest.mark.parametrize("revision", ["", "x", "99"])
def test_a_language_is_not_removed_with_texts_that_were_not_shown(client, revision):
    answer = post(client, f"{PAGE}en/deletion", {"revision": revision})
    assert answer.status_code == 409
    assert "The draft has changed" in answer.text
    assert draft().document["languages"] == ["zh", "en"]


@pytest.mark.parametrize("role", ["marketing", "auditor"])
def test_users_without_the_capability_change_no_language(client, embedded_app, role):
    reader = factories.sign_in(embedded_app.test_client(), factories.staff(role))
    for path in ("", "en/default", "en/deletion"):
        assert post(reader, PAGE + path, {"tag": "ug", "revision": "0"}).status_code == 403
    assert draft().document["languages"] == ["zh", "en"]
