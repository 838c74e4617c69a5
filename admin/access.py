"""Access to staff views: every view declares which roles may enter, and users see only their own scope."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Response, abort, redirect, request, url_for
from flask_login import LoginManager, current_user
from werkzeug.wrappers import Response as BaseResponse

from survey.people import queries
from survey.people.models import Staff
from survey.places import queries as place_queries
from survey.places.models import Place

from . import auditing, permissions
from .permissions import Can, roles_that_may

P = ParamSpec("P")
R = TypeVar("R")

login_manager = LoginManager()
login_manager.session_protection = None  # it compares IP addresses, which change on phones
login_manager.user_loader(queries.staff_by_session)


def allow(capability: Can) -> Callable[[Callable[P, R]], Callable[P, R | BaseResponse]]:
    """Return a decorator that lets in only users whose role holds ``capability``.

    Visitors who are not signed in are sent to the sign-in page; other users get 403.
    """
    roles = roles_that_may(capability)

    def declare(view: Callable[P, R]) -> Callable[P, R | BaseResponse]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | BaseResponse:
            if not current_user.is_authenticated:
                return _ask_to_sign_in()
            if not may(capability):
                abort(403)
            auditing.begin(me())
            return view(*args, **kwargs)

        guarded.allowed_roles = roles  # type: ignore[attr-defined]
        return guarded

    return declare


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that anybody may enter ``view``."""
    view.allowed_roles = ("anybody",)  # type: ignore[attr-defined]
    return view


def _ask_to_sign_in() -> BaseResponse:
    target = url_for("admin.sign_in", next=request.full_path if request.method == "GET" else None)
    if request.headers.get("HX-Request"):
        return Response(status=204, headers={"HX-Redirect": target})
    return redirect(target)


def may(capability: Can | str) -> bool:
    """Return whether the signed-in user holds ``capability``."""
    return permissions.may(me().role, capability)


def me() -> Staff:
    """Return the signed-in user."""
    user: Staff = current_user._get_current_object()
    return user


def scope() -> Place | None:
    """Return the top unit of the signed-in user's scope; None when their scope is the whole tree."""
    return me().place


def place_or_404(code: str) -> Place:
    """Return the unit with this code.

    Answer 404 when the unit is outside the user's scope, so that they cannot tell whether it exists.
    """
    place = place_queries.place(code)
    user_scope = scope()
    if place is None or (user_scope is not None and not user_scope.contains(place)):
        abort(404)
    return place
