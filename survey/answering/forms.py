"""Reading what a customer's browser sent, strictly: it is the one form that strangers post."""

from urllib.parse import parse_qsl

LONGEST_BODY = 64 * 1024
MOST_FIELDS = 200
CONTENT_TYPE = "application/x-www-form-urlencoded"


class BadForm(ValueError):
    """What was sent is not one of our forms, or not UTF-8."""


def read_form(content_type: str, body: bytes) -> dict[str, str]:
    """The fields of a urlencoded form, each once. Raises BadForm."""
    if content_type.partition(";")[0].strip().lower() != CONTENT_TYPE:
        raise BadForm("content type")
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError as error:
        raise BadForm("not a form") from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise BadForm("a field twice")
    return fields
