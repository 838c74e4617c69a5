"""The tree of the organisation: groups and regions, with service points as its leaves."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import Model

KINDS = ("group", "region", "point")
# Compared byte by byte, so that a part of the tree is a range of paths.
PATH = String(400).with_variant(String(400, collation="C"), "postgresql")


class Place(Model):
    """A group, a region or a service point.

    ``path`` holds the ids from the root to this place, "/1/4/17/": it is the prefix of the paths
    of all places below. A service point has no place below it. A place with responses is retired, never
    deleted.
    """

    __tablename__ = "place"
    __table_args__ = (CheckConstraint("kind IN ('group', 'region', 'point')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    path: Mapped[str] = mapped_column(PATH, index=True, default="")
    retired_on: Mapped[date | None]
    demonstration: Mapped[bool] = mapped_column(default=False)

    parent: Mapped["Place | None"] = relationship(remote_side=[id])

    @property
    def ancestor_ids(self) -> tuple[int, ...]:
        """Return the ids from the root to this place, its own last."""
        return tuple(int(part) for part in self.path.strip("/").split("/"))

    def contains(self, other: "Place") -> bool:
        return other.path.startswith(self.path)

    def named(self, locale: str) -> str:
        return self.name_en if locale == "en" and self.name_en else self.name


class Employee(Model):
    """A person who serves customers at a service point."""

    __tablename__ = "employee"

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    retired_on: Mapped[date | None]
    demonstration: Mapped[bool] = mapped_column(default=False)

    place: Mapped[Place] = relationship()
