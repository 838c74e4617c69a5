"""The main navigation, to which each package of staff pages adds its entries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from flask import Blueprint, request, url_for
from flask_babel import LazyString
from flask_login import current_user

from survey.outgoing import DeclaredReply

from . import permissions
from .permissions import Can


@dataclass(frozen=True)
class NavigationEntry:
    """An entry of the main navigation, for those who hold its capability; sorted by ``position``."""

    endpoint: str
    text: LazyString
    capability: Can
    position: int


@dataclass(frozen=True)
class PagesOf:
    """A declaration that a package's pages belong to another package's entry, named by ``endpoint``."""

    endpoint: str


class Room(Protocol):
    """The names that a package of staff pages exports."""

    @property
    def blueprints(self) -> tuple[Blueprint, ...]: ...

    @property
    def navigation(self) -> tuple[NavigationEntry | PagesOf, ...]: ...

    @property
    def acts(self) -> Mapping[str, LazyString]:
        """The names of the acts that the audit log shows, in words."""

    @property
    def downloads(self) -> Mapping[str, DeclaredReply]:
        """The responses that are not pages, by endpoint. Those that hold answers, tallies, points or the
        log are declared with auditing.log_access, too."""


@dataclass(frozen=True)
class NavigationItem:
    """An entry as a page shows it."""

    url: str
    label: str
    current: bool


class Navigation:
    """The main navigation of all rooms."""

    def __init__(self, rooms: Iterable[Room]) -> None:
        entries = [(entry, room) for room in rooms for entry in room.navigation]
        self._entries = sorted(
            (entry for entry, _room in entries if isinstance(entry, NavigationEntry)),
            key=lambda entry: entry.position,
        )
        self._blueprints: dict[str, set[str]] = {}
        for entry, room in entries:
            self._blueprints.setdefault(entry.endpoint, set()).update(_pages(entry, room))

    def __call__(self) -> list[NavigationItem]:
        """Return the entries that the signed-in user may follow; none for others."""
        if not current_user or not current_user.is_authenticated:
            return []
        return [
            NavigationItem(
                url_for(entry.endpoint),
                str(entry.text),
                request.blueprint in self._blueprints[entry.endpoint],
            )
            for entry in self._entries
            if permissions.may(current_user.role, entry.capability)
        ]


def _pages(entry: NavigationEntry | PagesOf, room: Room) -> set[str]:
    """Return the names of the blueprints whose pages belong to ``entry``.

    These are all of the room where it has one entry; where it has several, each has its own blueprint.
    """
    if len(room.navigation) > 1:
        return {entry.endpoint.partition(".")[0]}
    return {blueprint.name for blueprint in room.blueprints}
