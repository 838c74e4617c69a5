"""The form for the workbook that a translator sends back."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from admin.forms.fields import FileForm


class TranslationForm(FileForm):
    file = FileField(
        _l("Workbook (XLSX)"),
        [FileRequired(_l("Choose a file."))],
        render_kw={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    )
