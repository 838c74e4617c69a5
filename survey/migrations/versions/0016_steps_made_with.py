"""a change of a draft knows the form that asked for it, so that a double tap makes it once

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("draft_step", sa.Column("made_with", sa.String(length=100), nullable=True))


def downgrade():
    op.drop_column("draft_step", "made_with")
