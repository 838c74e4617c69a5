"""stock knows how many there ever were, so that what is left can be proved

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# What is there now is taken to be right: from here on it is proved.
FILL = """
UPDATE stock SET stocked = remaining + (
  SELECT count(*) FROM redemption
  WHERE redemption.reward_id = stock.reward_id AND redemption.place_id = stock.place_id
    AND redemption.state IN ('reserved', 'fulfilled'))"""


def upgrade():
    op.add_column("stock", sa.Column("stocked", sa.Integer(), server_default="0", nullable=False))
    op.execute(FILL)


def downgrade():
    op.drop_column("stock", "stocked")
