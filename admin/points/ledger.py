"""The books: what each campaign's accounts hold, and the journal. For auditors and administrators."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access import allow
from admin.auditing import log_access
from admin.labels import title_of
from admin.permissions import Can
from admin.replies import Page422
from survey import tabular
from survey.input_guard import LARGEST
from survey.outgoing import JOURNAL_COLUMNS, table
from survey.rewards.queries import campaigns, journal, statement
from survey.rewards.queries.journal import TransferFilter

from .labels import ACCOUNTS, REASONS, signed
from .ledger_forms import JournalForm

blueprint = Blueprint("books", __name__, url_prefix="/admin/books")

PAGE = 50
# A second or so; more would keep a web worker from its customers.
MOST = 100_000


@blueprint.context_processor
def words() -> dict[str, object]:
    return {"accounts": ACCOUNTS, "reasons": REASONS, "signed": signed}


@blueprint.get("/")
@allow(Can.READ_LEDGER)
def index() -> str:
    sums = statement.balances()
    found = [(one, title, sums[one]) for one, title in _titles().items() if one in sums]
    total = {kind: sum(kinds.get(kind, 0) for kinds in sums.values()) for kind in ACCOUNTS}
    return render_template("admin/points/ledger/index.html", found=found, total=total)


@blueprint.get("/journal")
@allow(Can.READ_LEDGER)
def entries() -> str | Page422:
    form = _form()
    if not form.validate():
        return _journal_page(form, []), 422
    before = request.args.get("before", type=int)
    if before is not None and not 0 < before <= LARGEST:
        abort(404)
    found = list(journal.transfers(form.wanted(), before, PAGE + 1))
    asked: dict[str, Any] = request.args.to_dict()
    older = None
    if len(found) > PAGE:
        found.pop()
        older = url_for("books.entries", **asked | {"before": found[-1].id})
    newest = url_for("books.entries", **asked | {"before": None}) if before else None
    return _journal_page(form, found, older, newest)


@blueprint.get("/journal.csv")
@allow(Can.READ_LEDGER)
@log_access("from", "to")
def file() -> Response | Page422:
    """The same as a file, an entry a line, the oldest first."""
    form = _form()
    if not form.validate():
        return _journal_page(form, []), 422
    wanted = form.wanted()
    number = journal.count_entries(wanted)
    if number > MOST:
        form.first.errors = [
            _(
                "There are %(number)s entries; one file holds at most %(most)s. Choose fewer days.",
                number=f"{number:,}",
                most=f"{MOST:,}",
            )
        ]
        return _journal_page(form, []), 422
    response = Response(tabular.file(table(JOURNAL_COLUMNS, _lines(wanted))), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename="journal.csv")
    return response


def _lines(wanted: TransferFilter) -> Iterator[dict[str, object]]:
    titles = _titles()
    for line in journal.all_entries(wanted):
        yield {
            "transfer": line.transfer_id,
            "day": line.day,
            "reason": line.reason,
            "reverses": line.reverses_id,
            "campaign": line.campaign_id,
            "campaign_title": titles.get(line.campaign_id, ""),
            "account": line.kind,
            "wallet": line.number,
            "expires_on": line.expires_on,
            "points": line.amount,
        }


def _form() -> JournalForm:
    titles = [(str(one), title) for one, title in _titles().items()]
    return JournalForm.of(request.args, list(REASONS.items()), titles)


def _titles() -> dict[int, str]:
    return {one.id: title_of(one) for one in campaigns.campaigns()}


def _journal_page(form: JournalForm, found: list, older: str | None = None, newest: str | None = None) -> str:
    return render_template(
        "admin/points/ledger/journal.html",
        form=form,
        found=found,
        lines=journal.entries([one.id for one in found]),
        titles=_titles(),
        older=older,
        newest=newest,
    )
