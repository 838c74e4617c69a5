"""The audit log: who did what and when. Auditors and administrators read it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access import allow
from admin.auditing import log_access
from admin.labels import ROLES
from admin.local_time import to_local_time, to_utc
from admin.pagination import page_of
from admin.permissions import Can
from survey import settings, tabular
from survey.audit.models import AuditLine
from survey.audit.queries import lines as queries
from survey.audit.queries.lines import LineFilter
from survey.db import dumps
from survey.outgoing import AUDIT_COLUMNS, declared_table
from survey.people import queries as people
from survey.people.models import Staff

from .act_labels import ACTORS_WITHOUT_ACCOUNT, DONE, act_name
from .forms import AuditForm
from .record_labels import column_name, table_name, value_text
from .subject_labels import describe_subject

blueprint = Blueprint("audit_log", __name__, url_prefix="/admin/audit-log")

PAGE = 50
MOST = 50_000
"""The greatest number of lines in a file: it is sent as a whole, while customers wait for the web worker."""


@dataclass(frozen=True)
class ShownLine:
    """A line as it is shown.

    ``at`` is in the company's time zone, ``who`` is a name, ``subject`` are pairs of label and value.
    """

    number: int
    at: datetime
    who: str
    role: str
    act: str
    subject: list[tuple[str, str]]
    changes: list[Any]


@blueprint.get("/")
@allow(Can.READ_AUDIT_LOG)
def index() -> str:
    staff = {user.id: user for user in people.staff()}
    form = _form(staff)
    line_filter = _line_filter(form, staff)
    total = queries.count(line_filter)
    filters: dict[str, Any] = {key: value for key, value in request.args.items() if key != "page" and value}
    page = page_of(total, PAGE, lambda number: url_for("audit_log.index", **{**filters, "page": number}))
    lines = [_shown_line(line, staff) for line in queries.lines(line_filter, page.offset, PAGE)]
    values = {"total": total, "asked": filters, "done": DONE, "most": MOST}
    words = {"table_name": table_name, "column_name": column_name, "value_text": value_text}
    return render_template("admin/audit_log/index.html", form=form, lines=lines, page=page, **values, **words)


@blueprint.get("/file.csv")
@allow(Can.READ_AUDIT_LOG)
@log_access()
def export() -> Response:
    """Return the lines that the filters select as a file: times in UTC, values as they were sealed."""
    staff = {user.id: user for user in people.staff()}
    lines = queries.lines(_line_filter(_form(staff), staff), 0, MOST)
    rows = declared_table(AUDIT_COLUMNS, (_row(line, staff) for line in lines))
    response = Response(tabular.csv_file(rows), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename="audit-log.csv")
    return response


def _form(staff: dict[int, Staff]) -> AuditForm:
    form = AuditForm(formdata=request.args)
    people_choices = [
        (user.username, _("%(text)s (%(detail)s)", text=user.name, detail=user.username))
        for user in staff.values()
    ]
    form.offer(
        [*((f"-{role}", str(text)) for role, text in ACTORS_WITHOUT_ACCOUNT.items()), *people_choices],
        sorted(((act, act_name(act)) for act in queries.acts()), key=lambda choice: choice[1]),
    )
    form.validate()
    return form


def _line_filter(form: AuditForm, staff: dict[int, Staff]) -> LineFilter:
    """Return the filters of the form; values with an error are left out."""
    since, until = None, None
    if form.day.data and not form.day.errors:
        begins = datetime.combine(form.day.data, time())
        zone = settings.current().timezone
        since, until = to_utc(begins, zone), to_utc(begins + timedelta(1), zone)
    who = "" if form.person.errors else form.person.data
    ids = {user.username: user.id for user in staff.values()}
    return LineFilter(
        ids.get(who),
        who[1:] if who.startswith("-") else "",
        "" if form.act.errors else form.act.data,
        since,
        until,
    )


def _shown_line(line: AuditLine, staff: dict[int, Staff]) -> ShownLine:
    user = staff.get(line.staff_id or 0)
    return ShownLine(
        number=line.number,
        at=to_local_time(line.at, settings.current().timezone) or line.at,
        who=user.name if user else str(ACTORS_WITHOUT_ACCOUNT.get(line.role, f"#{line.staff_id}")),
        role=str(ROLES[line.role]) if line.role in ROLES else "",
        act=act_name(line.act),
        subject=describe_subject(line.subject),
        changes=line.changes,
    )


def _row(line: AuditLine, staff: dict[int, Staff]) -> dict[str, object]:
    user = staff.get(line.staff_id or 0)
    return {
        "number": line.number,
        "at": line.at.isoformat(timespec="microseconds"),
        "who": line.staff_id or "",
        "name": user.name if user else "",
        "role": line.role,
        "act": line.act,
        "subject": dumps(line.subject),
        "changes": dumps(line.changes),
        "previous": line.previous.hex(),
        "digest": line.digest.hex(),
    }
