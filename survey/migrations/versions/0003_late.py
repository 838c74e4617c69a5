"""responses that are shown as of a later month

Revision ID: 0003
Revises: 0002

What was counted before has no such rows: run "flask tallies rebuild" once, so that managers' exports agree
with their pages.
"""

from alembic import op
import sqlalchemy as sa

import survey.db

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "late",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("response_id", survey.db.Uuid16(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id", "response_id"],
            ["response.place_id", "response.id"],
            name=op.f("fk_late_place_id_response"),
        ),
        sa.PrimaryKeyConstraint("place_id", "response_id", name=op.f("pk_late")),
        sqlite_with_rowid=False,
    )


def downgrade():
    op.drop_table("late")
