"""The allow-list of the audit log: the columns whose values it tells, and the subjects of acts.

The log is kept for ever and no line can be erased, so free text is never included: no reason, no name, no
title, no text of a questionnaire, although the company wrote it itself, because a person may be named in it.
The key of a row tells which title was changed. Of columns that are not listed in TOLD the log only tells that
they changed; of a table that is not listed, only the number of rows.
tests/survey/audit/rules/test_allowlist.py requires a decision about every column of every table.
"""

import re
from collections.abc import Mapping

Columns = Mapping[str, frozenset[str]]


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


TOLD: Columns = {
    "adjustment": _names(
        "id campaign_id points state requested_by requested_on decided_by decided_on reverses_id"
    ),
    "campaign": _names(
        "id starts_on ends_on budget daily_cap valid_months vesting_days paused demonstration"
    ),
    "clock": _names("id day"),
    "draft_step": _names("version_id revision said"),
    "employee": _names("id place_id code retired_on demonstration"),
    "link": _names(
        "id code place_id employee_id questionnaire_id channel retired_on opens_at closes_at maximum"
        " once_per_device"
    ),
    "place": _names("id parent_id kind code path retired_on demonstration"),
    "questionnaire": _names("id slug demonstration opens_at closes_at maximum once_per_device"),
    "queue": _names(
        "id place_id questionnaire_id employee_id channel language care imported since opens_on closes_on"
        " expected ended_on"
    ),
    "rate": _names("id campaign_id questionnaire_id channel points"),
    "redemption": _names(
        "id reward_id place_id price state reserved_on expires_on fulfilled_at fulfilled_by"
        " fulfilled_place_id undone"
    ),
    "review": _names(
        "transfer_id campaign_id points expires_on taken_on vests_on state decided_by decided_on"
    ),
    "reward": _names(
        "id kind picture_id price starts_on ends_on per_wallet remaining place_id hold_days amount_off"
        " percent_off minimum_spend withdrawn_on demonstration"
    ),
    "staff": _names("id role place_id locale retired_on demonstration"),
    "stock": _names("reward_id place_id remaining stocked"),
    "target": _names("place_id questionnaire_id figure month value"),
    "total": _names("month attribute place_id value customers"),
    "version": _names("id questionnaire_id number state published_on revision"),
}
"""Columns whose values are told before and after."""

WITHHELD: Columns = {
    "adjustment": _names("customer_id reason"),
    "campaign": _names("title"),
    "draft_step": _names("document"),
    "employee": _names("name"),
    "link": _names("closed_text taken"),  # an exact count of responses would tell when one came
    "place": _names("name name_en"),
    "questionnaire": _names("title closed_text taken"),
    "queue": _names("floor reserve rate"),  # they follow from numbers of responses
    "redemption": _names("blind sealed customer_id"),
    "review": _names("customer_id evidence reason"),  # evidence holds the hash of a device
    "reward": _names("title description"),
    "staff": _names("username name password_hash session_key"),
    "version": _names("document"),
}
"""Columns of which the log only tells that they changed, as of any that is not listed."""

SILENT: Columns = {
    "adjustment": _names("made_with"),
    "campaign": _names("made_with"),
    "draft_step": _names("made_with"),
    "questionnaire": _names("made_with"),
    "reward": _names("made_with"),
}
"""Columns that the log does not even name: they tell nothing about the act."""

COUNTED: Mapping[str, str] = {
    "account": "the ledger is append-only itself and tells the rest",
    "claim": "a claim belongs to no customer, and its key is a secret",
    "coupon_code": "a code is a secret",
    "device_day": "it tells which device a wallet was used on",
    "entry": "the ledger is append-only itself and tells the rest",
    "picture": "the reward tells which picture it has",
    "purse": "promised points would tell how many responses came",
    "transfer": "the ledger is append-only itself and tells the rest",
    "trial": "a test response holds answers",
}
"""Tables of a class that the log tells, of which it only tells the number of rows, and why."""

CODES: Mapping[str, str] = {
    "adjustment.state": "one of a few words of ours",
    "draft_step.said": "a word of ours, and the code of a question",
    "employee.code": "a code for data exchange",
    "link.channel": "one of a few words of ours",
    "link.code": "made by us, and printed on posters for everybody",
    "place.code": "a code for data exchange",
    "place.kind": "one of a few words of ours",
    "place.path": "ids",
    "questionnaire.slug": "a code that stands in addresses",
    "queue.care": "one of a few words of ours",
    "queue.channel": "one of a few words of ours",
    "queue.language": "the tag of a language",
    "rate.channel": "one of a few words of ours",
    "redemption.state": "one of a few words of ours",
    "review.state": "one of a few words of ours",
    "reward.kind": "one of a few words of ours",
    "reward.picture_id": "the digest of a picture of the catalogue",
    "staff.locale": "the tag of a language",
    "staff.role": "one of a few words of ours",
    "target.figure": "the code of a figure",
    "total.attribute": "one of a few words of ours",
    "total.value": "a channel, or the tag of a language",
    "version.state": "one of a few words of ours",
}
"""Columns of text that the log tells nevertheless, and why they hold no free text."""

CODE = re.compile(r"[^/\x00-\x1f\x7f]{1,64}")
"""The code of an object that exists: an act on an unknown code leaves no line."""
WORD = re.compile(r"[A-Za-z0-9_.-]{1,64}")
NUMBER = re.compile(r"\d{1,19}")
DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

SUBJECTS: Mapping[str, re.Pattern[str]] = {
    "adjustment_id": NUMBER,
    "campaign_id": NUMBER,
    "code": CODE,
    "contact_id": UUID,
    "file": WORD,
    "format": WORD,
    "from": DATE,
    "kind": WORD,
    "language": WORD,
    "month": DATE,
    "name": WORD,
    "number": NUMBER,
    "page": NUMBER,
    "period": WORD,
    "place": CODE,
    "questionnaire": WORD,
    "reason": WORD,  # one of a list (admin/labels/purposes.py)
    "reward_id": NUMBER,
    "slug": WORD,
    "state": WORD,
    "to": DATE,
}
"""Parts of an act's subject that the log may tell, and the patterns of their values; others are left out."""

UNTOLD_SUBJECTS: Mapping[str, str] = {
    "codes": "the changed rows have the ids of the places",
    "files": "the command only reads them",
    "token": "a secret: its holder becomes the first administrator",
    "username": "a name; the changed row has an id",
}
"""Parameters of addresses of staff pages and arguments of commands that the log does not tell, and why."""
