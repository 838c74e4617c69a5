"""The use case "upload coupon codes": a file is checked as a whole, then its codes are kept sealed."""

from survey.refusal import N_, Refused
from survey.tabular import Checked, ImportOutcome
from survey.transaction import transaction

from . import codes
from .queries import catalogue as queries
from .rules import code_files


def check_file(reward_id: int, text: str) -> Checked[str]:
    """Sort the lines of a file into valid and invalid lines and write nothing. Raises tabular.Unreadable."""
    lines = code_files.read(text)
    blinds = {code: codes.uploaded_index_of(reward_id, code) for _line, code in lines}
    known = queries.known_codes(reward_id, list(blinds.values()))
    return code_files.check(lines, {code for code, blind in blinds.items() if blind in known})


def upload(reward_id: int, text: str, good_lines: bool = False) -> ImportOutcome[str]:
    """Add all codes of a file. When a line is invalid, add none, or with ``good_lines`` the valid lines. The
    file is checked again, so that sending it twice is idempotent. Raises Refused for a reward of another
    type."""
    with transaction() as session:
        if queries.lock_reward(session, reward_id).kind != "uploaded":
            raise Refused(N_("Only partner coupons take uploaded codes."))
        checked = check_file(reward_id, text)
        if checked.problems and not good_lines:
            return ImportOutcome(checked, 0)
        sealed_codes = [
            (codes.uploaded_index_of(reward_id, code), codes.seal_code(code)) for code in checked.rows
        ]
        queries.add_codes(session, reward_id, sealed_codes)
        return ImportOutcome(checked, checked.good)
