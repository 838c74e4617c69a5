"""The pages of the ledger: the balances of each campaign, and the journal. For auditors and
administrators."""

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
from survey.outgoing import JOURNAL_COLUMNS, declared_table
from survey.rewards.queries import campaigns, journal, statement
from survey.rewards.queries.journal import TransferFilter

from .labels import ACCOUNTS, REASONS, signed
from .ledger_forms import JournalForm

blueprint = Blueprint("books", __name__, url_prefix="/admin/books")

PAGE = 50
# A file of so many entries takes about a second; a larger one would block a web worker.
MOST = 100_000


@blueprint.context_processor
def words() -> dict[str, object]:
    return {"accounts": ACCOUNTS, "reasons": REASONS, "signed": signed}


@blueprint.get("/")
@allow(Can.READ_LEDGER)
def index() -> str:
    sums = statement.balances()
    rows = [
        (campaign_id, title, sums[campaign_id])
        for campaign_id, title in _titles().items()
        if campaign_id in sums
    ]
    total = {kind: sum(kinds.get(kind, 0) for kinds in sums.values()) for kind in ACCOUNTS}
    return render_template("admin/points/ledger/index.html", rows=rows, total=total)


@blueprint.get("/journal")
@allow(Can.READ_LEDGER)
def entries() -> str | Page422:
    form = _form()
    if not form.validate():
        return _journal_page(form, []), 422
    before = request.args.get("before", type=int)
    if before is not None and not 0 < before <= LARGEST:
        abort(404)
    transfers = list(journal.transfers(form.transfer_filter(), before, PAGE + 1))
    arguments: dict[str, Any] = request.args.to_dict()
    older = None
    if len(transfers) > PAGE:
        transfers.pop()
        older = url_for("books.entries", **arguments | {"before": transfers[-1].id})
    newest = url_for("books.entries", **arguments | {"before": None}) if before else None
    return _journal_page(form, transfers, older, newest)


@blueprint.get("/journal.csv")
@allow(Can.READ_LEDGER)
@log_access("from", "to")
def file() -> Response | Page422:
    """Return the journal as a CSV file with an entry on each line, the oldest first."""
    form = _form()
    if not form.validate():
        return _journal_page(form, []), 422
    transfer_filter = form.transfer_filter()
    number = journal.count_entries(transfer_filter)
    if number > MOST:
        form.first.errors = [
            _(
                "There are %(number)s entries; one file holds at most %(most)s. Choose fewer days.",
                number=f"{number:,}",
                most=f"{MOST:,}",
            )
        ]
        return _journal_page(form, []), 422
    response = Response(
        tabular.csv_file(declared_table(JOURNAL_COLUMNS, _lines(transfer_filter))), mimetype="text/csv"
    )
    response.headers.set("Content-Disposition", "attachment", filename="journal.csv")
    return response


def _lines(transfer_filter: TransferFilter) -> Iterator[dict[str, object]]:
    """Yield the rows of the journal's file, by column."""
    titles = _titles()
    for line in journal.all_entries(transfer_filter):
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
    titles = [(str(campaign_id), title) for campaign_id, title in _titles().items()]
    return JournalForm.of(request.args, list(REASONS.items()), titles)


def _titles() -> dict[int, str]:
    return {campaign.id: title_of(campaign) for campaign in campaigns.campaigns()}


def _journal_page(
    form: JournalForm, transfers: list, older: str | None = None, newest: str | None = None
) -> str:
    return render_template(
        "admin/points/ledger/journal.html",
        form=form,
        transfers=transfers,
        lines=journal.entries([transfer.id for transfer in transfers]),
        titles=_titles(),
        older=older,
        newest=newest,
    )
