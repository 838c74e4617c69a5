"""The form of an export: a questionnaire, a part of the organisation, a period, a format."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import Length

from admin.forms.figure_filter import FilterForm

FORMATS = {
    "csv": _l("CSV, one row per response"),
    "long": _l("CSV, one row per answer"),
    "xlsx": _l("Excel (XLSX)"),
    "sav": _l("SPSS (SAV)"),
    "parquet": _l("Parquet"),
    "columns": _l("Column descriptions only (CSV)"),
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
        default="csv",
        name="format",
    )
