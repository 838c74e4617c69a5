"""parts of what is released, by channel and language

Revision ID: 0004
Revises: 0003

What was released before has no parts: run "flask tallies rebuild" once, so that figures by channel and
language hold it too.
"""

from alembic import op
import sqlalchemy as sa

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BEFORE = ("place_id", "employee_id", "view", "grain", "version_id", "start")
AFTER = ("place_id", "employee_id", "view", "grain", "part_id", "version_id", "start")


def upgrade():
    op.create_table(
        "part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part")),
        sa.UniqueConstraint("channel", "language", name=op.f("uq_part_channel_language")),
    )
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(AFTER)
        return
    op.add_column("tally", sa.Column("part_id", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("tally", "part_id", server_default=None)
    op.drop_constraint("pk_tally", "tally", type_="primary")
    op.create_primary_key("pk_tally", "tally", AFTER)


def downgrade():
    op.execute("DELETE FROM tally WHERE part_id <> 0")
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(BEFORE)
    else:
        op.drop_constraint("pk_tally", "tally", type_="primary")
        op.create_primary_key("pk_tally", "tally", BEFORE)
        op.drop_column("tally", "part_id")
    op.drop_table("part")


def _make_anew(key):
    """SQLite cannot change a key: the rows go to a new table."""
    parted = "part_id" in key
    part = sa.Column("part_id", sa.Integer(), autoincrement=False, nullable=False)
    op.rename_table("tally", "tally_before")
    columns = [
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("view", sa.String(length=8), nullable=False),
        sa.Column("grain", sa.String(length=5), nullable=False),
        *([part] if parted else []),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("cells", sa.LargeBinary(), nullable=False),
    ]
    op.create_table(
        "tally",
        *columns,
        sa.CheckConstraint("grain IN ('day', 'month')", name=op.f("ck_tally_grain")),
        sa.CheckConstraint("view IN ('exact', 'released')", name=op.f("ck_tally_view")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_tally_place_id_place")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_tally_version_id_version")),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_tally")),
        sqlite_with_rowid=False,
    )
    there = "place_id, employee_id, view, grain, version_id, start, n, cells"
    into, values = (f"part_id, {there}", f"0, {there}") if parted else (there, there)
    op.execute(f"INSERT INTO tally ({into}) SELECT {values} FROM tally_before")
    op.drop_table("tally_before")
