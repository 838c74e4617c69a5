"""lines of the audit log are found by person, act and day

Revision ID: 0013
Revises: 0009
"""

from alembic import op

revision = "0013"
down_revision = "0009"
branch_labels = None
depends_on = None

COLUMNS = ("staff_id", "act", "at")


def upgrade():
    for column in COLUMNS:
        op.create_index(op.f(f"ix_audit_line_{column}"), "audit_line", [column])


def downgrade():
    for column in COLUMNS:
        op.drop_index(op.f(f"ix_audit_line_{column}"), "audit_line")
