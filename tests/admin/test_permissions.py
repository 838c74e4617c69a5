"""Tests of what each role may do, so that no capability is granted or lost by mistake."""

import pytest

from admin import permissions
from admin.permissions import GRANTS, Can
from survey.people.models import ROLES


def test_grants_have_a_line_for_every_role_and_no_other():
    assert set(GRANTS) == set(ROLES)


def test_the_administrator_may_do_everything_and_everybody_may_sign_in():
    assert GRANTS["administrator"] == set(Can)
    assert permissions.roles_that_may(Can.SIGN_IN) == ROLES


def test_managers_see_no_ledger_and_marketing_sees_no_responses():
    """Managers never see the ledger, marketing never sees figures or responses."""
    assert not GRANTS["manager"] & {Can.READ_LEDGER, Can.READ_POINTS, Can.REVIEW_POINTS}
    assert not GRANTS["marketing"] & {Can.READ_FIGURES, Can.EXPORT_RESPONSES, Can.READ_WITHHELD}


def test_a_role_without_a_line_may_do_nothing():
    assert not any(permissions.may("stranger", capability) for capability in Can)


def test_an_unknown_capability_raises_an_error():
    with pytest.raises(ValueError, match="fly"):
        permissions.may("administrator", "fly")
