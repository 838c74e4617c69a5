"""What a view declares, and what becomes of it in the audit log."""

from __future__ import annotations

from admin.auditing import hashed
from survey.audit.queries import lines
from survey.audit.queries.lines import Wanted
from tests import factories
from tests.admin.forms import post

PERSONAL = {"contacts.index", "exports.responses", "reports.show", "audit_log.export"}


def test_views_that_show_what_is_personal_declare_it(embedded_app):
    noted = {name for name, view in embedded_app.view_functions.items() if hasattr(view, "noted")}
    assert noted >= PERSONAL


def test_a_name_that_nobody_has_is_kept_as_a_keyed_hash(embedded_app):
    assert len(hashed("somebody")) == 16
    assert hashed("Somebody") == hashed("somebody")
    assert hashed("somebody") != hashed("nobody")


def test_a_refused_act_leaves_no_line(enter, company):
    reply = post(enter("administrator"), "/admin/places/-/new", name="", name_en="", code="A")
    assert reply.status_code == 422
    assert lines.count(Wanted()) == 0


def test_whoever_may_not_leaves_no_line(enter):
    person = factories.staff("auditor")
    assert (
        post(enter("auditor"), f"/admin/staff/{person.username}/retirement", "/admin/account").status_code
        == 403
    )
    assert lines.count(Wanted()) == 0
