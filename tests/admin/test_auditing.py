"""Tests of what views declare for the audit log, and of what the log holds of it."""

from __future__ import annotations

from admin.auditing import hash_username
from survey.audit.queries import lines
from survey.audit.queries.lines import LineFilter
from tests import factories
from tests.admin.forms import post

PERSONAL = {"contacts.index", "exports.counts", "exports.responses", "reports.show", "audit_log.export"}


def test_views_that_show_personal_data_declare_that_access_is_logged(embedded_app):
    declared = {name for name, view in embedded_app.view_functions.items() if hasattr(view, "logged")}
    assert declared >= PERSONAL


def test_the_log_holds_only_the_parameters_that_a_view_declares(enter):
    enter("manager").get("/admin/contacts/?state=done&code=13800138000&slug=wang-fang&page=2")
    (line,) = lines.lines(LineFilter(), 0, 9)
    assert line.subject == {"state": "done", "page": "2"}


def test_the_log_of_an_act_on_a_user_does_not_hold_the_username(enter):
    factories.staff("auditor", username="li.na")
    post(enter("administrator"), "/admin/staff/li.na/retirement", "/admin/account")
    (line,) = lines.lines(LineFilter(), 0, 9)
    assert (line.act, line.subject) == ("staff.retire", {})
    assert "li.na" not in str(line.changes)


def test_an_unknown_username_is_kept_as_a_keyed_hash(embedded_app):
    assert len(hash_username("somebody")) == 16
    assert hash_username("Somebody") == hash_username("somebody")
    assert hash_username("somebody") != hash_username("nobody")


def test_a_refused_act_leaves_no_line(enter, company):
    reply = post(enter("administrator"), "/admin/places/-/new", name="", name_en="", code="A")
    assert reply.status_code == 422
    assert lines.count(LineFilter()) == 0


def test_a_user_without_the_capability_leaves_no_line(enter):
    person = factories.staff("auditor")
    assert (
        post(enter("auditor"), f"/admin/staff/{person.username}/retirement", "/admin/account").status_code
        == 403
    )
    assert lines.count(LineFilter()) == 0
