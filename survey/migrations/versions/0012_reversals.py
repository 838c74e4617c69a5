"""adjustments that take another one back

Revision ID: 0012
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("adjustment") as adjustment:
        adjustment.add_column(sa.Column("reverses_id", sa.Integer(), nullable=True))
        adjustment.create_foreign_key(
            op.f("fk_adjustment_reverses_id_adjustment"), "adjustment", ["reverses_id"], ["id"]
        )


def downgrade():
    with op.batch_alter_table("adjustment") as adjustment:
        adjustment.drop_constraint(op.f("fk_adjustment_reverses_id_adjustment"), type_="foreignkey")
        adjustment.drop_column("reverses_id")
