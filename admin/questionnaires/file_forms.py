"""The form to import a questionnaire from a file."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField


class QuestionnaireFileForm(FlaskForm):
    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))], description=_l("JSON, up to 3 MB."))
    target = SelectField(_l("Import as"), default="")
