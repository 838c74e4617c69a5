"""The personal data of a customer, as plain values to be written as JSON, for them to keep."""

from datetime import date

from survey.people import customers
from survey.people.models import Customer
from survey.rewards import wallet as wallets


def personal_data_of(customer: Customer, today: date) -> dict[str, object]:
    """Return everything that is stored about a customer and their points. No stored answer leads to them, so
    that answers are not included."""
    wallet = wallets.contents(customer.id, today)
    return {
        "wallet": customer.number,
        "opened_on": customer.joined_on.isoformat(),
        "known_by": [{"kind": kind, "value": value} for kind, value in customers.identities(customer.id)],
        "points": wallet.points,
        "points_by_last_day": _by_day(wallet.expiring),
        "points_being_checked": _by_day(wallet.waiting),
        "points_held_for_reservations": wallet.held,
        "history": [
            {
                "day": line.day.isoformat(),
                "reason": line.reason,
                "points": line.points,
                "being_checked": line.waits,
                "campaign": line.campaign,
                "reward": line.reward,
            }
            for line in wallets.history(customer.id, most=None)
        ],
        "reservations": [
            {
                "reward": redemption.reward.title,
                "points": redemption.price,
                "state": redemption.state,
                "reserved_on": redemption.reserved_on.isoformat(),
                "until": redemption.expires_on.isoformat(),
            }
            for redemption in wallets.redemptions(customer.id)
        ],
        "devices": [
            {"device": device, "day": day.isoformat()} for device, day in wallets.devices(customer.id)
        ],
    }


def _by_day(points: list[tuple[date, int]]) -> list[dict[str, object]]:
    return [{"day": day.isoformat(), "points": number} for day, number in points]
