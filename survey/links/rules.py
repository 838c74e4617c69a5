"""Codes and addresses of links. Pure."""

import ipaddress
import re
import unicodedata
from urllib.parse import urlsplit

# Neither 0/o, 1/l/i nor u/v: what is read from a poster is typed right.
ALPHABET = "23456789abcdefghjkmnpqrstwxyz"
LENGTH = 8
LONGEST = 16
LONGEST_TYPED = 64

_CODE = re.compile(f"[{ALPHABET}]{{1,{LONGEST}}}")
_BETWEEN = re.compile(r"[\s_\u002d\u2010-\u2015\u2212]+")


def normalise(code: str) -> str:
    """``code`` as it is stored, from what somebody typed: any case or width, spaces and dashes between.

    "" for what cannot be a code. Never longer than 16 characters.
    """
    if len(code) > LONGEST_TYPED:
        return ""
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", code).lower())
    return plain if _CODE.fullmatch(plain) else ""


def address(base: str, code: str) -> str:
    """Where customers answer; ``base`` is what our public addresses begin with ("https://example.cn")."""
    return f"{base.rstrip('/')}/s/{code}"


def typed(address: str) -> str:
    """``address`` as it is typed by hand: without its scheme."""
    return address.partition("://")[2] or address


def is_loopback(base: str) -> bool:
    """True when ``base`` names this machine itself, which no phone can reach."""
    host = urlsplit(base).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    return number.is_loopback or number.is_unspecified
