"""campaigns, rewards and adjustments know the form that they were made with

Revision ID: 0014
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = ("campaign", "reward", "adjustment")


def upgrade():
    for table in TABLES:
        op.add_column(table, sa.Column("made_with", sa.String(length=100), nullable=True))
        op.create_index(f"uq_{table}_made_with", table, ["made_with"], unique=True)


def downgrade():
    for table in TABLES:
        op.drop_index(f"uq_{table}_made_with", table)
        op.drop_column(table, "made_with")
