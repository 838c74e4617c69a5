"""targets of places by month

Revision ID: 0005
Revises: 0004
"""

from alembic import op
import sqlalchemy as sa

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "target",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("figure", sa.String(length=60), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.CheckConstraint("value BETWEEN -100 AND 100", name=op.f("ck_target_value")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_target_place_id_place")),
        sa.PrimaryKeyConstraint("place_id", "questionnaire_id", "figure", "month", name=op.f("pk_target")),
        sqlite_with_rowid=False,
    )


def downgrade():
    op.drop_table("target")
