"""The use cases "stock gifts": set how many a service point has left to promise, singly or from a file."""

from survey import tabular
from survey.places import queries as places
from survey.places.models import Place
from survey.refusal import N_, Refused
from survey.tabular import Checked, ImportOutcome
from survey.transaction import transaction

from .models.catalogue import Reward
from .queries import catalogue as queries
from .rules import stock_files
from .rules.rewarding import CHANGED, MOST
from .rules.stock_files import StockRow

TEMPLATE = (("place", "stock"), ("HY-E-001", "20"), ("HY-E-002", "0"))
NO_GIFT = N_("Only gifts have a stock.")


def put(reward_id: int, place: Place, remaining: int, seen: int) -> None:
    """Set the stock of a gift at a service point to ``remaining``. ``seen`` were left when the user opened
    the form. Raises Refused, also when an item was taken since; idempotent."""
    place_id = place.id
    if place.kind != "point":
        raise Refused(N_("Gifts can only be stocked at service points."))
    if not 0 <= remaining <= MOST:
        raise Refused(N_("The quantity must be 0 to 1,000,000."))
    with transaction() as session:
        reward = queries.lock_reward(session, reward_id)
        if reward.kind != "gift":
            raise Refused(NO_GIFT)
        if reward.place is not None and not reward.place.contains(place):
            raise Refused(N_("This reward is not available at this service point."))
        stock = queries.lock_stock(session, reward_id, place_id)
        if stock.remaining not in (seen, remaining):
            raise Refused(CHANGED, left=stock.remaining)
        stock.stocked += remaining - stock.remaining
        stock.remaining = remaining


def check_file(reward_id: int, text: str) -> Checked[StockRow]:
    """Sort the rows of a CSV into valid and invalid rows and write nothing. Raises tabular.Unreadable,
    Refused."""
    reward = queries.reward(reward_id)
    return _check(reward, text)[0]


def import_stock(reward_id: int, text: str, good_rows: bool = False) -> ImportOutcome[StockRow]:
    """Set the stock from all rows of a CSV, whatever it was before. When a row is invalid, write none, or
    with ``good_rows`` the valid rows. Raises Refused."""
    with transaction() as session:
        checked, ids = _check(queries.lock_reward(session, reward_id), text)
        if checked.problems and not good_rows:
            return ImportOutcome(checked, 0)
        queries.set_stock(session, reward_id, {ids[row.place]: row.number for row in checked.rows})
        return ImportOutcome(checked, checked.good)


def _check(reward: Reward | None, text: str) -> tuple[Checked[StockRow], dict[str, int]]:
    """Return the checked rows, and the ids of the service points that can have stock, by code."""
    if reward is None or reward.kind != "gift":
        raise Refused(NO_GIFT)
    tops = [reward.place] if reward.place is not None else places.roots()
    ids = {
        place.code: place.id
        for top in tops
        for place in places.subtree(top, "point")
        if place.retired_on is None
    }
    return stock_files.check(tabular.rows(text), ids), ids
