"""The workbook that a translator sends back."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class TranslationForm(FlaskForm):
    file = FileField(
        _l("Workbook (XLSX)"),
        [FileRequired(_l("Choose a file."))],
        render_kw={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    )
