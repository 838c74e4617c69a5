"""Pages about the messages that channels could not send."""

from flask_babel import LazyString

from admin.navigation import NavigationEntry, PagesOf
from survey.outgoing import DeclaredReply

from . import sms_outbox

blueprints = (sms_outbox.blueprint,)
navigation: tuple[NavigationEntry | PagesOf, ...] = ()
acts: dict[str, LazyString] = {}
downloads: dict[str, DeclaredReply] = {}
