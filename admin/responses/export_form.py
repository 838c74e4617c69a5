"""Choosing what an export holds: a questionnaire, a part of the organisation, a period, a format."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import Length

from admin.forms.figure_filter import FilterForm

FORMATS = {
    "csv": _l("CSV, a line for each response"),
    "long": _l("CSV, a line for each answer"),
    "xlsx": _l("Excel (XLSX)"),
    "sav": _l("SPSS (SAV)"),
    "parquet": _l("Parquet"),
    "columns": _l("Only what the columns mean (CSV)"),
}


class ExportForm(FilterForm):
    channel = language = care = weights = None  # a row tells neither: see docs/exporting.md

    place = StringField(
        _l("Code of the place"),
        [Length(max=64)],
        filters=[lambda text: (text or "").strip()],
        description=_l("A group, a region or a service point. Empty: all that you may see."),
    )
    form = SelectField(
        _l("Format"),
        choices=[SelectChoice(*one) for one in FORMATS.items()],
        default="csv",
        name="format",
    )
