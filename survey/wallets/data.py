"""All that is stored about a customer, for her to keep: plain values, to be written as JSON."""

from datetime import date

from survey.people import customers
from survey.people.models import Customer
from survey.rewards import wallet as wallets


def of(customer: Customer, today: date) -> dict[str, object]:
    """What we know of her and of her points. Of her answers we know nothing that could stand here."""
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
                "reward": one.reward.title,
                "points": one.price,
                "state": one.state,
                "reserved_on": one.reserved_on.isoformat(),
                "until": one.expires_on.isoformat(),
            }
            for one in wallets.redemptions(customer.id)
        ],
        "devices": [
            {"device": device, "day": day.isoformat()} for device, day in wallets.devices(customer.id)
        ],
    }


def _by_day(points: list[tuple[date, int]]) -> list[dict[str, object]]:
    return [{"day": day.isoformat(), "points": number} for day, number in points]
