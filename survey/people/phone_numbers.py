"""Telephone numbers of customers: as they are typed, as they are kept, as they are shown."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from survey.refusal import N_, Refused

COUNTRY = "CN"
"""The region of a number that is entered without a country code."""
LONGEST = 32
"""The most characters of an entered number."""
# Types that can get text messages; some countries do not distinguish mobile numbers from others.
TEXTED = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def parse(typed: str) -> str:
    """Return the number as "+8613800138000" (E.164). Raises Refused unless it is a mobile number."""
    try:
        number = phonenumbers.parse(typed[:LONGEST], COUNTRY)
    except NumberParseException:
        number = None
    is_texted = number is not None and (
        phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in TEXTED
    )
    if number is None or not is_texted:
        raise Refused(
            N_(
                "This is not a valid mobile number. Enter the 11 digits of a Chinese number, "
                "or + and the country code for others."
            )
        )
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def masked(phone: str) -> str:
    """Return the number with its middle hidden: "+86 138 **** 8000"."""
    number = phonenumbers.parse(phone)
    digits = str(number.national_number)
    shown = 3 if len(digits) > 8 else 2
    hidden = len(digits) - shown - 4
    return f"+{number.country_code} {digits[:shown]} {'*' * max(hidden, 1)} {digits[-4:]}"
