"""a questionnaire knows the form that it was made with

Revision ID: 0006
Revises: 0005
"""

from alembic import op
import sqlalchemy as sa

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("questionnaire", sa.Column("made_with", sa.String(length=100), nullable=True))
    op.create_index("uq_questionnaire_made_with", "questionnaire", ["made_with"], unique=True)


def downgrade():
    op.drop_index("uq_questionnaire_made_with", "questionnaire")
    op.drop_column("questionnaire", "made_with")
