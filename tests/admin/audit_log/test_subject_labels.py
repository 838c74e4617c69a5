"""Tests of what acts were done to, in words."""

from admin.audit_log.subject_labels import SUBJECTS, describe_subject
from survey.audit.rules import allowlist


def test_every_subject_has_a_name():
    assert SUBJECTS.keys() == allowlist.SUBJECTS.keys()


def test_a_subject_is_in_words(embedded_app):
    with embedded_app.test_request_context("/?lang=en"):
        assert describe_subject(
            {
                "month": "2026-10",
                "kind": "xlsx",
                "period": "custom",
                "state": "done",
                "language": "zh",
                "reason": "audit",
            }
        ) == [
            ("Month", "2026-10"),
            ("Format", "XLSX"),
            ("Period", "Custom dates"),
            ("Status", "Called"),
            ("Language", "中文"),
            ("Purpose", "Audit"),
        ]
