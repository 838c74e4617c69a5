"""Questionnaires and their versions. The questions of a version are a JSON document (see definition.py)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, event, false, text
from sqlalchemy.orm import Mapped, Mapper, attributes, mapped_column, relationship
from sqlalchemy.orm.attributes import History

from survey.db import Json, Model

from .definition import Definition
from .rules.limits import ResponseLimits


class LimitColumns:
    """The columns for response limits, which a questionnaire and a link both have.

    ``opens_at`` and ``closes_at`` are UTC. ``taken`` counts responses only while there is a ``maximum``.
    ``once_per_device`` relies on a cookie: who deletes it can answer again. ``closed_text`` is shown when
    closed.
    """

    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    maximum: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0, server_default="0")
    once_per_device: Mapped[bool] = mapped_column(default=False, server_default=false())
    closed_text: Mapped[dict[str, str] | None] = mapped_column(Json)

    @property
    def limit(self) -> ResponseLimits:
        return ResponseLimits(
            self.opens_at, self.closes_at, self.maximum, self.once_per_device, self.closed_text or None
        )


class Questionnaire(LimitColumns, Model):
    __tablename__ = "questionnaire"
    __table_args__ = (Index("uq_questionnaire_made_with", "made_with", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[dict[str, str]] = mapped_column(Json)  # {"zh": …, "en": …}
    demonstration: Mapped[bool] = mapped_column(default=False)
    made_with: Mapped[str | None] = mapped_column(String(100))
    """The nonce of the form with which it was created: the same form sent again creates no second one."""


class Version(Model):
    """A version of a questionnaire, in use from one publication to the next.

    draft → published → superseded (a newer version is published; pages opened before may still be submitted)
    → retired (no page may be submitted). The document never changes once it is published; the ``revision`` of
    a draft counts its changes.
    """

    __tablename__ = "version"
    __table_args__ = (
        UniqueConstraint("questionnaire_id", "number"),
        CheckConstraint("state IN ('draft', 'published', 'superseded', 'retired')", name="state"),
        Index(
            "uq_version_published",
            "questionnaire_id",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
        Index(
            "uq_version_draft",
            "questionnaire_id",
            unique=True,
            sqlite_where=text("state = 'draft'"),
            postgresql_where=text("state = 'draft'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default="draft")
    document: Mapped[dict[str, Any]] = mapped_column(Json)
    published_on: Mapped[date | None]
    revision: Mapped[int] = mapped_column(default=0, server_default="0")

    questionnaire: Mapped[Questionnaire] = relationship()

    @property
    def definition(self) -> Definition:
        return Definition.parse(self.document)


class DraftStep(Model):
    """The document of a draft before a change, so that it can be undone.

    ``said`` names the change (see drafting.py). ``made_with`` is the nonce of the form that asked for it,
    where that must be idempotent.
    """

    __tablename__ = "draft_step"

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    said: Mapped[str] = mapped_column(String(40))
    made_with: Mapped[str | None] = mapped_column(String(100))
    document: Mapped[dict[str, Any]] = mapped_column(Json)


class Trial(Model):
    """A test response from a preview, in a table of its own, so that it is never counted."""

    __tablename__ = "trial"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    language: Mapped[str] = mapped_column(String(12))
    answers: Mapped[dict[str, Any]] = mapped_column(Json)
    made_on: Mapped[date]


class PublishedVersionChanged(Exception):
    """The document of a published version was about to change."""


@event.listens_for(Version, "before_update")
def _published_never_changes(_mapper: Mapper[Version], _connection: object, version: Version) -> None:
    state: History = attributes.get_history(version, "state")
    before = state.deleted[0] if state.deleted else version.state
    if before != "draft" and attributes.get_history(version, "document").has_changes():
        raise PublishedVersionChanged(f"version {version.number} is {before}")
