"""signs of carelessness: with responses, in tallies, and as a part of what is released

Revision ID: 0007
Revises: 0006

At responses that were given before nobody has looked: run "flask tallies rebuild" once, so that they are
looked at, and pages can tell flagged ones apart.
"""

from alembic import op
import sqlalchemy as sa

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NUMBERS = 6  # at the end of each tally's cells, of as many bytes as its first byte says


def upgrade():
    op.add_column("response", sa.Column("signs", sa.SmallInteger(), nullable=True))
    with op.batch_alter_table("part") as part:
        part.add_column(sa.Column("care", sa.String(length=12), nullable=False, server_default=""))
        part.drop_constraint(op.f("uq_part_channel_language"), type_="unique")
        part.create_unique_constraint(op.f("uq_part_channel_language_care"), ["channel", "language", "care"])
    with op.batch_alter_table("part") as part:
        part.alter_column("care", server_default=None)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"UPDATE tally SET cells = cells || decode(repeat('00', {NUMBERS} * get_byte(cells, 0)), 'hex')"
        )
    else:
        for size in (1, 2, 4, 8):
            op.execute(
                f"UPDATE tally SET cells = CAST(cells || zeroblob({NUMBERS * size}) AS BLOB)"
                f" WHERE substr(cells, 1, 1) = x'{size:02x}'"
            )


def downgrade():
    op.execute("DELETE FROM tally WHERE part_id IN (SELECT id FROM part WHERE care <> '')")
    op.execute("DELETE FROM part WHERE care <> ''")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"UPDATE tally SET cells = substring(cells FROM 1 FOR length(cells) - {NUMBERS} * get_byte(cells, 0))")
    else:
        for number in (1, 2, 4, 8):
            op.execute(
                f"UPDATE tally SET cells = substr(cells, 1, length(cells) - {NUMBERS * number})"
                f" WHERE substr(cells, 1, 1) = x'{number:02x}'"
            )
    with op.batch_alter_table("part") as part:
        part.drop_constraint(op.f("uq_part_channel_language_care"), type_="unique")
        part.drop_column("care")
        part.create_unique_constraint(op.f("uq_part_channel_language"), ["channel", "language"])
    op.drop_column("response", "signs")
