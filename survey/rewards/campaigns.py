"""The use cases that begin, change, pause and resume campaigns, and the offer for a response today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from survey.refusal import N_, Refused
from survey.transaction import retry_on_conflict, transaction

from .models.campaigns import Campaign, Rate
from .queries import budgets, making
from .queries import campaigns as queries
from .rules.offers import MOST_POINTS, Offer, PayingRate, RunningCampaign, best_offer

MOST_BUDGET = 2_000_000_000
"""The most points of a budget: what a 32-bit column holds."""
MONTHS = range(1, 121)
VESTING = range(1, 366)


@dataclass(frozen=True)
class CampaignTerms:
    """The terms that marketing sets for a campaign. ``title`` is by language, the others as the columns of
    Campaign."""

    title: dict[str, str]
    starts_on: date
    ends_on: date
    budget: int
    rates: tuple[PayingRate, ...]
    daily_cap: int | None = None
    valid_months: int = 12
    vesting_days: int = 14


def offer(questionnaire_id: int, channel: str, today: date) -> Offer:
    """Return the offer for a response to this questionnaire by this channel today."""
    campaigns = (
        RunningCampaign(
            campaign.id, campaign.budget, campaign.left, [_paying_rate(rate) for rate in campaign.rates]
        )
        for campaign in queries.running(today)
    )
    return best_offer(campaigns, questionnaire_id, channel)


def begin(terms: CampaignTerms, demonstration: bool = False, made_with: str | None = None) -> Campaign:
    """Return a new campaign, or the campaign that the form ``made_with`` made before. Raises Refused for
    invalid terms."""
    _check(terms)

    def begin() -> Campaign:
        with transaction() as session:
            existing = making.find_made_with(session, Campaign, made_with)
            if existing is not None:
                return existing
            campaign = Campaign(demonstration=demonstration, made_with=made_with)
            _set_terms(campaign, terms)
            session.add(campaign)
            session.flush()
            budgets.fill(session, campaign.id, terms.budget)
            session.refresh(campaign, ["committed"])
        return campaign

    return retry_on_conflict(begin)


def change(campaign_id: int, terms: CampaignTerms) -> None:
    """Change a campaign from now on: pages that are open keep what they promised. Raises Refused, also for a
    budget below the committed points."""
    _check(terms)
    with transaction() as session:
        # The lock is shared with responses that refer to the campaign: they hold a purse that fill() waits
        # for, and an exclusive lock would deadlock with them.
        campaign = session.get_one(
            Campaign, campaign_id, with_for_update={"key_share": True}, populate_existing=True
        )
        left = budgets.fill(session, campaign_id, terms.budget)
        if left < 0:
            raise Refused(
                N_(
                    "%(committed)s points have been claimed or are still unclaimed, so the budget "
                    "cannot be lower."
                ),
                committed=terms.budget - left,
            )
        campaign.rates.clear()
        session.flush()  # the unique rates go before those that take their place
        _set_terms(campaign, terms)


def pause(campaign_id: int) -> None:
    """Pause a campaign: no response earns points until it is resumed; claims can still be taken."""
    with transaction() as session:
        session.get_one(Campaign, campaign_id).paused = True


def resume(campaign_id: int) -> None:
    """Resume a paused campaign."""
    with transaction() as session:
        session.get_one(Campaign, campaign_id).paused = False


def _set_terms(campaign: Campaign, terms: CampaignTerms) -> None:
    campaign.title = terms.title
    campaign.starts_on, campaign.ends_on = terms.starts_on, terms.ends_on
    campaign.budget, campaign.daily_cap = terms.budget, terms.daily_cap
    campaign.valid_months, campaign.vesting_days = terms.valid_months, terms.vesting_days
    campaign.rates.extend(
        Rate(questionnaire_id=rate.questionnaire_id, channel=rate.channel, points=rate.points)
        for rate in terms.rates
    )


def _check(terms: CampaignTerms) -> None:
    """Raise Refused for the first invalid term."""
    if not any(text.strip() for text in terms.title.values()):
        raise Refused(N_("Enter a name for the campaign."))
    numbers = (terms.budget, terms.valid_months, terms.vesting_days, *(rate.points for rate in terms.rates))
    if any(type(number) is not int for number in numbers) or type(terms.daily_cap) not in (int, type(None)):
        raise Refused(N_("Points, months and days must be whole numbers."))
    if terms.ends_on < terms.starts_on:
        raise Refused(N_("A campaign cannot end before it starts."))
    if not 1 <= terms.budget <= MOST_BUDGET:
        raise Refused(N_("The budget must be 1 to 2,000,000,000 points."))
    if terms.daily_cap is not None and not 1 <= terms.daily_cap <= MOST_BUDGET:
        raise Refused(N_("The daily limit must be 1 to 2,000,000,000 points."))
    if terms.valid_months not in MONTHS:
        raise Refused(N_("Validity must be 1 to 120 months."))
    if terms.vesting_days not in VESTING:
        raise Refused(N_("The review period must be 1 to 365 days."))
    _check_rates(terms.rates)


def _check_rates(rates: tuple[PayingRate, ...]) -> None:
    if not rates:
        raise Refused(N_("Set the points of at least one row."))
    if any(not 1 <= rate.points <= MOST_POINTS for rate in rates):
        raise Refused(N_("Points per response must be 1 to 10,000."))
    if _has_twins((rate.questionnaire_id, rate.channel) for rate in rates):
        raise Refused(N_("Two rows have the same questionnaire and channel."))


def _has_twins(keys: Iterable[tuple[int | None, str]]) -> bool:
    """Return whether a (questionnaire, channel) occurs twice."""
    listed = list(keys)
    return len(set(listed)) < len(listed)


def _paying_rate(rate: Rate) -> PayingRate:
    return PayingRate(rate.questionnaire_id, rate.channel, rate.points)
