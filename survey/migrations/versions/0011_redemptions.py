"""redemptions: how often handing out was undone; indexes for counters, expiry and what is left

Revision ID: 0011
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("redemption", sa.Column("undone", sa.Integer(), server_default="0", nullable=False))
    op.drop_index(op.f("ix_redemption_reward_id"), "redemption")
    op.create_index("ix_redemption_reward", "redemption", ["reward_id", "state"])
    op.create_index("ix_redemption_fulfilled", "redemption", ["fulfilled_by", "fulfilled_at"])
    where = sa.text("state = 'reserved'")
    op.create_index(
        "ix_redemption_reserved", "redemption", ["expires_on"], sqlite_where=where, postgresql_where=where
    )
    where = sa.text("redemption_id IS NULL")
    op.create_index(
        "ix_coupon_code_free", "coupon_code", ["reward_id", "id"], sqlite_where=where, postgresql_where=where
    )


def downgrade():
    op.drop_index("ix_coupon_code_free", "coupon_code")
    for name in ("reserved", "fulfilled", "reward"):
        op.drop_index(f"ix_redemption_{name}", "redemption")
    op.create_index(op.f("ix_redemption_reward_id"), "redemption", ["reward_id"])
    op.drop_column("redemption", "undone")
