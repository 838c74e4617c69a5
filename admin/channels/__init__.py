"""Pages about the messages that channels could not send."""

from flask_babel import LazyString

from admin.navigation import Below, NavigationEntry
from survey.outgoing import DeclaredReply

from . import sms_outbox

blueprints = (sms_outbox.blueprint,)
navigation: tuple[NavigationEntry | Below, ...] = ()
acts: dict[str, LazyString] = {}
downloads: dict[str, DeclaredReply] = {}
