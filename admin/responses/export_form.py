"""The form of an export: a questionnaire, a part of the organisation, a period, a format."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import Length, ValidationError

from admin.forms.figure_filter import FilterForm
from admin.labels.purposes import PURPOSES

COUNTS = "counts"
FORMATS = {
    COUNTS: _l("Counts by service point and month (CSV)"),
    "csv": _l("Responses: CSV, one row each"),
    "long": _l("Responses: CSV, one row per answer"),
    "xlsx": _l("Responses: Excel (XLSX)"),
    "sav": _l("Responses: SPSS (SAV)"),
    "parquet": _l("Responses: Parquet"),
    "columns": _l("Responses: column descriptions only (CSV)"),
}


class ExportForm(FilterForm):
    channel = language = care = weights = None  # rows do not have these: see docs/exporting.md

    place = StringField(
        _l("Unit code"),
        [Length(max=64)],
        filters=[lambda text: (text or "").strip()],
        description=_l("A company, region or service point. Leave empty for everything you can see."),
    )
    form = SelectField(
        _l("Format"),
        choices=[SelectChoice(*choice) for choice in FORMATS.items()],
        default=COUNTS,
        name="format",
    )
    reason = SelectField(
        _l("Purpose"),
        choices=[SelectChoice(*choice) for choice in PURPOSES.items()],
        default="",
        description=_l("Needed for single responses. It is kept in the audit log."),
    )

    def validate_reason(self, field: SelectField) -> None:
        if self.form.data != COUNTS and not field.data:
            raise ValidationError(_l("Choose what single responses are for."))

    def offer_counts_only(self) -> None:
        """Offer counts: whoever is assessed by figures gets no rows of single responses."""
        self.form.choices = [SelectChoice(COUNTS, FORMATS[COUNTS])]
        del self.reason
