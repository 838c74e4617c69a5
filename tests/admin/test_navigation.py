"""Tests that every package of staff pages is registered once and its pages mark their navigation entry."""

from pathlib import Path

import admin
from admin.navigation import NavigationEntry, PagesOf

PACKAGES = {path.parent.name for path in Path(admin.__file__).parent.glob("*/__init__.py")}
SHARED = {"forms", "labels"}


def test_every_package_of_staff_pages_is_a_room():
    rooms = [room.__name__ for room in admin.ROOMS]
    assert sorted(rooms) == sorted(f"admin.{name}" for name in PACKAGES - SHARED)


def test_every_blueprint_of_a_package_is_registered(embedded_app):
    for room in admin.ROOMS:
        for blueprint in room.blueprints:
            assert embedded_app.blueprints[blueprint.name] is blueprint


def test_entries_have_places_of_their_own_and_pages_below_lead_to_one():
    entries = [
        entry for room in admin.ROOMS for entry in room.navigation if isinstance(entry, NavigationEntry)
    ]
    below = [entry for room in admin.ROOMS for entry in room.navigation if isinstance(entry, PagesOf)]
    assert len({entry.position for entry in entries}) == len(entries)
    assert {entry.endpoint for entry in below} <= {entry.endpoint for entry in entries}


def test_no_two_packages_name_the_same_act():
    acts = [act for room in admin.ROOMS for act in room.acts]
    assert len(acts) == len(set(acts))
