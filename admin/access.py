"""Who may enter: every staff view declares it, and sees only the part of the tree that is hers."""

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
login_manager.session_protection = None  # it reads the address, which changes on phones
login_manager.user_loader(queries.staff_by_session)


def allow(capability: Can) -> Callable[[Callable[P, R]], Callable[P, R | BaseResponse]]:
    """Let only staff enter whose role holds ``capability``; ask others to sign in, or refuse them."""
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
    """Declares that anybody may enter."""
    view.allowed_roles = ("anybody",)  # type: ignore[attr-defined]
    return view


def _ask_to_sign_in() -> BaseResponse:
    target = url_for("admin.sign_in", next=request.full_path if request.method == "GET" else None)
    if request.headers.get("HX-Request"):
        return Response(status=204, headers={"HX-Redirect": target})
    return redirect(target)


def may(capability: Can | str) -> bool:
    """Say whether whoever is signed in holds ``capability``."""
    return permissions.may(me().role, capability)


def me() -> Staff:
    """Whoever is signed in."""
    person: Staff = current_user._get_current_object()
    return person


def scope() -> Place | None:
    """The part of the tree that is mine; None when it is all of it."""
    return me().place


def place_or_404(code: str) -> Place:
    """The place with this code when it lies in my part of the tree; else 404, as if there were none."""
    place = place_queries.place(code)
    mine = scope()
    if place is None or (mine is not None and not mine.contains(place)):
        abort(404)
    return place
