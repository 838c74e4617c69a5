"""The form to choose which questions are required."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectMultipleField
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget


class RequiredForm(FlaskForm):
    based_on = IntegerField(widget=HiddenInput())
    required = SelectMultipleField(
        _l("Questions"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
