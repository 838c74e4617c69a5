"""known totals of customers, by which answers are weighted

Revision ID: 0009
Revises: 0008
"""

from alembic import op
import sqlalchemy as sa

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "total",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("attribute", sa.String(length=8), nullable=False),
        sa.Column("place_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.String(length=12), nullable=False),
        sa.Column("customers", sa.Double(), nullable=False),
        sa.CheckConstraint("customers >= 0", name=op.f("ck_total_customers")),
        sa.PrimaryKeyConstraint("month", "attribute", "place_id", "value", name=op.f("pk_total")),
        sqlite_with_rowid=False,
    )


def downgrade():
    op.drop_table("total")
