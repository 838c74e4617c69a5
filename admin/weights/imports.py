"""The import of known totals of customers from a file, effective from a month; see import_flow.py."""

from datetime import date

from flask import Blueprint, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from admin.forms.fields import FileForm
from admin.import_flow import ImportFlow, add_views
from admin.permissions import Can
from survey import settings
from survey.periods import month
from survey.tabular import Checked, ImportOutcome
from survey.weighting import importing
from survey.weighting.rules.files import KnownTotal

from .forms import TotalsForm

blueprint = Blueprint("total_imports", __name__, url_prefix="/admin/totals/-/import")


class TotalsImport(ImportFlow[KnownTotal]):
    """The import of totals of customers; the month from which they are effective is chosen beside the
    file."""

    name = "totals import"
    title = _l("Import customer totals")
    templates = "admin/weights/imports"
    template = importing.TEMPLATE
    template_name = "totals.csv"

    @property
    def since(self) -> date:
        """Return the first day of the month from which the totals are effective."""
        return date.fromisoformat(self.chosen)

    def trail(self) -> list[tuple[str, str]]:
        return [(_("Weighting"), url_for("totals.index"))]

    def form(self) -> FileForm:
        return TotalsForm(month=month(settings.current().today()))

    def choice(self, form: FileForm) -> str:
        since: date = form["month"].data
        return since.isoformat()

    def check(self, text: str) -> Checked[KnownTotal]:
        return importing.check_file(text)

    def write(self, text: str, good_rows: bool) -> ImportOutcome[KnownTotal]:
        return importing.import_totals(text, self.since, good_rows=good_rows)

    def success(self, written: int) -> str:
        return ngettext("%(num)s total imported.", "%(num)s totals imported.", written)


add_views(blueprint, TotalsImport, Can.SET_TOTALS)
