"""drafts, trials, limits and contacts

Revision ID: 0002
Revises: 0001
"""

from alembic import op
import sqlalchemy as sa

import survey.db

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LIMITED = ("questionnaire", "link")


def upgrade():
    for table in LIMITED:
        op.add_column(table, sa.Column("opens_at", sa.DateTime(), nullable=True))
        op.add_column(table, sa.Column("closes_at", sa.DateTime(), nullable=True))
        op.add_column(table, sa.Column("maximum", sa.Integer(), nullable=True))
        op.add_column(table, sa.Column("taken", sa.Integer(), nullable=False, server_default="0"))
        once = sa.Column("once_per_device", sa.Boolean(), nullable=False, server_default=sa.false())
        op.add_column(table, once)
        op.add_column(table, sa.Column("closed_text", survey.db.Json(), nullable=True))
    op.add_column("version", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(
        "uq_version_draft",
        "version",
        ["questionnaire_id"],
        unique=True,
        sqlite_where=sa.text("state = 'draft'"),
        postgresql_where=sa.text("state = 'draft'"),
    )
    op.create_table(
        "draft_step",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("said", sa.String(length=40), nullable=False),
        sa.Column("document", survey.db.Json(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_draft_step_version_id_version")),
        sa.PrimaryKeyConstraint("version_id", "revision", name=op.f("pk_draft_step")),
    )
    op.create_table(
        "trial",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("answers", survey.db.Json(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_trial_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial")),
    )
    op.create_index(op.f("ix_trial_version_id"), "trial", ["version_id"])
    op.create_table(
        "contact",
        sa.Column("id", survey.db.Uuid16(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_contact_place_id_place")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_contact_questionnaire_id_questionnaire")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_contact_place_id"), "contact", ["place_id"])


def downgrade():
    op.drop_table("contact")
    op.drop_table("trial")
    op.drop_table("draft_step")
    op.drop_index("uq_version_draft", "version")
    op.drop_column("version", "revision")
    for table in LIMITED:
        for name in ("closed_text", "once_per_device", "taken", "maximum", "closes_at", "opens_at"):
            op.drop_column(table, name)
