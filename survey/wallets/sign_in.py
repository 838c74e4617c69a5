"""The use case "sign in": a customer proves a phone number or comes from WeChat to enter their wallet."""

from datetime import date, datetime

from survey.channels.sms import Declined, Message, NotSent, Sender
from survey.people import customers, one_time_codes
from survey.people.models import Customer
from survey.people.one_time_codes import Asker
from survey.people.phone_numbers import masked
from survey.refusal import N_, Refused


def send_code(asker: Asker, now: datetime, sender: Sender, wording: str) -> None:
    """Send a code to a number; ``wording`` is the text, which contains {code}.

    Raises Refused: TooSoon, TooMany, or the code could not be sent, and then the customer can request another
    at once.
    """
    code = one_time_codes.issue(asker, now)
    try:
        sender.send(Message(asker.number, masked(asker.number), wording, {"code": code}))
    except Declined:
        one_time_codes.withdraw(asker, now)
        raise Refused(
            N_("The message could not be sent to this number. Please check it, or try again later.")
        ) from None
    except NotSent:
        one_time_codes.withdraw(asker, now, was_tried=False)
        raise Refused(
            N_("The message with the code could not be sent. Please try again in a minute.")
        ) from None


def by_code(number: str, code: str, device: str, now: datetime, today: date) -> Customer:
    """Return the customer with this number if the code that was sent to it is right. Raises Refused."""
    one_time_codes.spend(number, code, device, now)
    return customers.enter("phone", number, today)


def by_wechat(openid: str, today: date) -> Customer:
    """Return the customer whom WeChat identifies by ``openid``."""
    return customers.enter("openid", openid, today)
