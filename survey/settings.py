"""Settings, which are read once from the environment and have working defaults for one machine."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import current_app

from . import private_files
from .resources import default_instance

_STILL: ContextVar[datetime | None] = ContextVar("still", default=None)

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True)
class Settings:
    """The settings of an installation.

    ``minimum_group`` is k: no figure is shown for fewer respondents, and no batch releases fewer. With
    ``has_reserve`` some answers of each batch are held back for a later one (survey/batches).
    ``timezone`` decides what day it is.
    ``link_seconds`` is how long a process caches a link.
    ``trusted_proxies`` is how many proxies are in front of us; each adds to X-Forwarded-For and -Proto.
    ``public_url`` is where customers reach us, without a trailing slash; empty means "as the request came".
    ``flood_answers`` is the number of responses that earn points, at one link within ten minutes, above which
    a proof of work is required (survey/answering/flood.py); 0: never.
    ``source_url`` is where the source code of this version is offered; by default this server offers it
    (survey/source_code.py).
    ``sms_*`` is the gateway for text messages (survey/channels/sms), ``wechat_*`` the Official Account
    (survey/channels/wechat); neither is used where empty.
    """

    instance: Path
    secret_key: str
    database_url: str
    redis_url: str = ""
    public_url: str = ""
    allowed_hosts: tuple[str, ...] = LOCAL_HOSTS
    minimum_group: int = 10
    has_reserve: bool = True
    timezone: str = "Asia/Shanghai"
    link_seconds: float = 5.0
    log_level: str = "INFO"
    trusted_proxies: int = 0
    flood_answers: int = 60
    source_url: str = "/source"
    sms_url: str = ""
    sms_token: str = ""
    sms_body: str = ""
    sms_success: str = ""
    wechat_app_id: str = ""
    wechat_secret: str = ""
    wechat_api: str = "https://api.weixin.qq.com"
    testing: bool = False

    @property
    def https(self) -> bool:
        return self.public_url.startswith("https://")

    def address(self, port: int | None = None) -> str:
        """Return where the pages are: ``public_url``, else this machine's ``port`` (PORT, else 8000)."""
        return self.public_url or f"http://127.0.0.1:{port or os.environ.get('PORT', '8000')}"

    def today(self) -> date:
        """Return today's date in the company's time zone."""
        return present().astimezone(ZoneInfo(self.timezone)).date()

    def day_of(self, moment: float) -> date:
        """Return the day of a moment, in seconds of the epoch, where the company is."""
        return datetime.fromtimestamp(moment, ZoneInfo(self.timezone)).date()

    def closing_day(self) -> date:
        """Return the day it was an hour ago: batches close when no other machine's clock, and no answer that
        is under way, is still at the day before."""
        return (present() - timedelta(hours=1)).astimezone(ZoneInfo(self.timezone)).date()

    @classmethod
    def from_environment(cls) -> "Settings":
        instance = Path(os.environ.get("INSTANCE_DIR") or default_instance()).resolve()
        private_files.make_folder(instance)
        public_url = os.environ.get("PUBLIC_URL", "").rstrip("/")
        listed_hosts = tuple(h.strip() for h in os.environ.get("ALLOWED_HOSTS", "").split(",") if h.strip())
        host = urlsplit(public_url).hostname
        return cls(
            instance=instance,
            secret_key=os.environ.get("SECRET_KEY") or _secret(instance / "secret_key"),
            database_url=database_url(
                os.environ.get("DATABASE_URL") or f"sqlite:///{instance / 'huiyin.db'}"
            ),
            redis_url=os.environ.get("REDIS_URL", ""),
            public_url=public_url,
            allowed_hosts=LOCAL_HOSTS + listed_hosts + ((host,) if host else ()),
            minimum_group=max(10, int(os.environ.get("MINIMUM_GROUP", "10"))),
            has_reserve=os.environ.get("RELEASE_RESERVE", "1") != "0",
            timezone=os.environ.get("TIMEZONE", "Asia/Shanghai"),
            log_level=os.environ.get("LOG_LEVEL", "INFO").upper(),
            trusted_proxies=int(os.environ.get("TRUSTED_PROXIES", "0")),
            flood_answers=int(os.environ.get("FLOOD_ANSWERS", "60")),
            source_url=os.environ.get("SOURCE_URL", "") or cls.source_url,
            sms_url=os.environ.get("SMS_URL", ""),
            sms_token=os.environ.get("SMS_TOKEN", ""),
            sms_body=os.environ.get("SMS_BODY", ""),
            sms_success=os.environ.get("SMS_SUCCESS", ""),
            wechat_app_id=os.environ.get("WECHAT_APP_ID", ""),
            wechat_secret=os.environ.get("WECHAT_SECRET", ""),
            wechat_api=os.environ.get("WECHAT_API", "").rstrip("/") or cls.wechat_api,
        )


def current() -> Settings:
    """Return the settings of the running application."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def now() -> datetime:
    """Return the current time as it is stored: in UTC, without a zone."""
    return present().replace(tzinfo=None)


def present() -> datetime:
    """Return the current time in UTC, or that at which still() began."""
    return _STILL.get() or datetime.now(UTC)


@contextmanager
def still() -> Iterator[None]:
    """Let the date and time stay as they are within, however the clock moves: what is checked is what is
    worked with."""
    token = _STILL.set(present())
    try:
        yield
    finally:
        _STILL.reset(token)


def database_url(url: str) -> str:
    """Return ``url`` with the name of our driver: psycopg 3 for PostgreSQL."""
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _secret(path: Path) -> str:
    """Return the secret at ``path``; the process that starts first creates it."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    if not path.exists():
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()
