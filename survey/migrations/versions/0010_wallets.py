"""wallets: codes are counted by who asks for them; reviews of who was erased are closed

Revision ID: 0010
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0013"
branch_labels = None
depends_on = None

STATES = "state IN ('pending', 'approved', 'vested', 'void'{more})"


def upgrade():
    op.create_table(
        "code_count",
        sa.Column("blind", sa.LargeBinary(length=32), nullable=False),
        sa.Column("begins_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("blind", "begins_at", name=op.f("pk_code_count")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_code_count_ends_at"), "code_count", ["ends_at"])
    op.add_column("one_time_code", sa.Column("spent_by", sa.LargeBinary(length=32), nullable=True))
    op.create_index(op.f("ix_one_time_code_expires_at"), "one_time_code", ["expires_at"])
    states(STATES.format(more=", 'erased'"))


def downgrade():
    op.execute("UPDATE review SET state = 'vested' WHERE state = 'erased'")
    states(STATES.format(more=""))
    op.drop_index(op.f("ix_one_time_code_expires_at"), "one_time_code")
    op.drop_column("one_time_code", "spent_by")
    op.drop_table("code_count")


def states(which):
    with op.batch_alter_table("review") as review:
        review.drop_constraint(op.f("ck_review_state"), type_="check")
        review.create_check_constraint(op.f("ck_review_state"), which)
