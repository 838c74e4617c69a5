"""The use case "clear the demonstration": remove its rows, and nothing else."""

from survey.transaction import transaction

from . import queries
from .queries import points
from .refusal import DemonstrationRefused


def clear() -> int:
    """Remove the demonstration; return how many responses it had. Raises DemonstrationRefused when real rows
    refer to it."""
    with queries.exclusive_lock():
        return clear_while_alone()


def clear_while_alone() -> int:
    """Do the work of clear() for a caller that holds the exclusive_lock() already."""
    with transaction() as session:
        names = queries.obstacles()
        if names:
            raise DemonstrationRefused(
                f"Not the demonstration's, but joined to it; move first: {', '.join(names[:10])}"
            )
        wallets = points.mixed_wallets()
        if wallets:
            raise DemonstrationRefused(
                "The demonstration's points were spent together with real ones; without them the books of"
                f" real campaigns would not balance. Wallets: {', '.join(wallets)}"
            )
        return queries.remove(session)
