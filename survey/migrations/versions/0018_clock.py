"""the database knows the newest day, so that nothing expires on a clock that jumped ahead

Revision ID: 0018
Revises: 0017

The newest day of answers and transfers becomes the newest day known. Where they are more than a week old, run
"huiyin clock accept" once.
"""

from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade():
    clock = op.create_table(
        "clock",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_clock_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
    )
    newest = [_newest(table) for table in ("response", "waiting", "transfer")]
    known = [day for day in newest if day is not None]
    if known:
        # Another machine's day may have begun already; what is later was written by a clock that was wrong.
        latest = date.today() + timedelta(1)  # noqa: DTZ011 - a day more or less does not matter
        op.bulk_insert(clock, [{"id": 1, "day": min(latest, max(known))}])


def downgrade():
    op.drop_table("clock")


def _newest(table):
    day = sa.table(table, sa.column("day", sa.Date())).c.day
    return op.get_bind().scalar(sa.select(sa.func.max(day)))
