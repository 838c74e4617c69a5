"""The page on which administrators let the responses of service points be counted."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import PagesOf
from survey.outgoing import DeclaredReply

from . import releases

blueprints = (releases.blueprint,)
navigation = (PagesOf("indexes.index"),)
acts: dict[str, LazyString] = {
    "releases.expect": _l("Set expected responses of service points"),
    "releases.open_chosen": _l("Opened service points for counting"),
}
downloads: dict[str, DeclaredReply] = {}
