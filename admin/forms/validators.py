"""Rules of the product as validators of a form."""

from collections.abc import Callable

from wtforms import Field, Form, ValidationError

from admin.labels import reason_text
from survey.refusal import Refused


def refused_by(rule: Callable[[str], object]) -> Callable[[Form, Field], None]:
    """Return a validator that rejects a value for which ``rule`` raises Refused, with its reason."""

    def check(_form: Form, field: Field) -> None:
        try:
            rule(field.data)
        except Refused as refused:
            raise ValidationError(reason_text(refused)) from refused

    return check
