"""Codes and addresses of links. Pure."""

import ipaddress
import re
import unicodedata
from urllib.parse import urlsplit

# Without 0/o, 1/l/i and u/v, which people confuse when they type a code from a poster.
ALPHABET = "23456789abcdefghjkmnpqrstwxyz"
LENGTH = 8
LONGEST = 16
LONGEST_TYPED = 64

_CODE = re.compile(f"[{ALPHABET}]{{1,{LONGEST}}}")
_BETWEEN = re.compile(r"[\s_\u002d\u2010-\u2015\u2212]+")


def normalise(code: str) -> str:
    """Return ``code`` as it is stored; typed codes may differ in case and width, with spaces and dashes.

    Returns "" for an impossible code, and at most 16 characters.
    """
    if len(code) > LONGEST_TYPED:
        return ""
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", code).lower())
    return plain if _CODE.fullmatch(plain) else ""


def address(base: str, code: str) -> str:
    """Return the address of a link below ``base``, such as "https://example.cn"."""
    return f"{base.rstrip('/')}/s/{code}"


def without_scheme(address: str) -> str:
    """Return ``address`` without its scheme, as people type it."""
    return address.partition("://")[2] or address


def is_loopback(base: str) -> bool:
    """Return whether ``base`` names this machine itself, which no phone can reach."""
    host = urlsplit(base).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    return number.is_loopback or number.is_unspecified
