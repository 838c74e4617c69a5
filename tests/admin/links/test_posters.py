from __future__ import annotations

import pytest

from admin.links import posters
from survey.links import upkeep
from tests import factories


@pytest.fixture
def link(company):
    return factories.link(company["P1"])


@pytest.mark.parametrize("role", ["administrator", "manager", "marketing", "auditor"])
def test_posters_of_a_link_and_of_a_region_are_downloaded(enter, link, role):
    client = enter(role)
    for path in (f"link/{link.code}", "EAST"):
        for options in ("", "?format=a6&language=en"):
            answer = client.get(f"/admin/posters/{path}.pdf{options}")
            assert answer.data.startswith(b"%PDF")
            assert "attachment" in answer.headers["Content-Disposition"]


def test_a_place_without_links_has_no_posters(enter, link):
    client = enter("administrator")
    for path in ("WEST", "nowhere", "link/unknown1"):
        assert client.get(f"/admin/posters/{path}.pdf").status_code == 404


@pytest.mark.parametrize("options", ["format=a3", "language=fr"])
def test_an_unknown_format_or_language_is_rejected(enter, link, options):
    assert enter("administrator").get(f"/admin/posters/link/{link.code}.pdf?{options}").status_code == 400


def test_a_manager_gets_no_posters_outside_their_scope(enter, company):
    link = factories.link(company["P2"])
    client = enter("manager")
    for path in ("TOP", "WEST", f"link/{link.code}"):
        assert client.get(f"/admin/posters/{path}.pdf").status_code == 404


def test_too_many_posters_at_once_are_rejected(enter, link, monkeypatch):
    monkeypatch.setattr(posters, "MOST", 0)
    assert enter("administrator").get("/admin/posters/TOP.pdf").status_code == 422


def test_a_retired_link_has_no_poster(enter, link):
    upkeep.retire(link, factories.PUBLISHED_ON)
    assert enter("administrator").get(f"/admin/posters/link/{link.code}.pdf").status_code == 410
