"""Questionnaires and their versions. What a version asks is one JSON document (see definition.py)."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, Mapper, attributes, mapped_column, relationship
from sqlalchemy.orm.attributes import History

from survey.db import Json, db

from .definition import Definition

STATES = ("draft", "published", "superseded", "retired")


class Questionnaire(db.Model):
    __tablename__ = "questionnaire"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[dict[str, str]] = mapped_column(Json)  # {"zh": …, "en": …}
    demonstration: Mapped[bool] = mapped_column(default=False)


class Version(db.Model):
    """What a questionnaire asked from one publication to the next.

    draft → published → superseded (a newer one is published: pages opened before may still be handed in)
    → retired (handed in no more). Its document never changes once it is published.
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
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default="draft")
    document: Mapped[dict[str, Any]] = mapped_column(Json)
    published_on: Mapped[date | None]

    questionnaire: Mapped[Questionnaire] = relationship()

    @property
    def definition(self) -> Definition:
        return Definition.parse(self.document)


class PublishedVersionChanged(Exception):
    """Somebody tried to change what a published version asks."""


@event.listens_for(Version, "before_update")
def _published_never_changes(_mapper: Mapper[Version], _connection: object, version: Version) -> None:
    state: History = attributes.get_history(version, "state")
    before = state.deleted[0] if state.deleted else version.state
    if before != "draft" and attributes.get_history(version, "document").has_changes():
        raise PublishedVersionChanged(f"version {version.number} is {before}")
