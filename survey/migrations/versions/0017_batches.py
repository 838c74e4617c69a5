"""answers are released in batches; those that wait are apart, whole

Revision ID: 0017
Revises: 0016

What was released before becomes batches by service point, questionnaire, employee and the month in which it
was shown; neighbours are united where they hold fewer than ten. Points with answers of the last eight weeks
get a queue whose first batch opens today. Run "huiyin tallies rebuild" once, so that tallies are counted by
batch; until then pages show what they showed.
"""

import math
from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

import survey.db

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ANSWERS = "place_id, id, employee_id, version_id, day, channel, locale, answers, signs"
FEWEST, USUAL, UNKNOWN, LONGEST, RESERVED = 10, 20, 28, 91, 60


def answer_columns(table):
    return (
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("id", survey.db.Uuid16(length=16), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("answers", survey.db.Json(), nullable=False),
        sa.Column("signs", sa.SmallInteger(), nullable=True),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f(f"fk_{table}_place_id_place")),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f(f"fk_{table}_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f(f"fk_{table}_version_id_version")),
        sa.PrimaryKeyConstraint("place_id", "id", name=op.f(f"pk_{table}")),
    )


def upgrade():
    _add_tables()
    for name in ("response", "waiting", "late"):
        op.execute(f"ALTER TABLE {name} RENAME TO {name}_before")
    if op.get_bind().dialect.name == "postgresql":
        for name in ("response", "waiting"):
            op.execute(f"ALTER TABLE {name}_before RENAME CONSTRAINT pk_{name} TO pk_{name}_before")
    op.create_table(
        "response",
        *answer_columns("response"),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_response_batch_id_batch")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "waiting",
        *answer_columns("waiting"),
        sa.Column("queue_id", sa.Integer(), nullable=True),
        sa.Column("imported", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name=op.f("fk_waiting_queue_id_queue")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_waiting_imported",
        "waiting",
        ["place_id", "version_id"],
        sqlite_where=sa.text("imported"),
        postgresql_where=sa.text("imported"),
    )
    _move_answers()
    for name in ("late", "waiting", "response"):
        op.execute(f"DROP TABLE {name}_before")
    op.create_index("ix_response_batch", "response", ["batch_id"])
    _open_queues()


def _add_tables():
    op.create_table(
        "queue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("care", sa.String(length=12), nullable=False),
        sa.Column("imported", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=False),
        sa.Column("reserve", sa.Integer(), nullable=False),
        sa.Column("rate", sa.Double(), nullable=False),
        sa.Column("expected", sa.Double(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("closes_on > opens_on", name=op.f("ck_queue_closing")),
        sa.CheckConstraint("floor > 0 AND reserve >= 0 AND rate >= 0", name=op.f("ck_queue_terms")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_queue_employee_id_employee")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_queue_place_id_place")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_queue_questionnaire_id_questionnaire")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue")),
    )
    is_open = sa.text("ended_on IS NULL")
    is_open_by_nobody = sa.text("ended_on IS NULL AND employee_id IS NULL")
    of_class = ["channel", "language", "care", "imported"]
    op.create_index(
        "uq_queue_open",
        "queue",
        ["place_id", "questionnaire_id", "employee_id", *of_class],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index(
        "uq_queue_open_by_nobody",
        "queue",
        ["place_id", "questionnaire_id", *of_class],
        unique=True,
        sqlite_where=is_open_by_nobody,
        postgresql_where=is_open_by_nobody,
    )
    op.create_index(
        "ix_queue_due", "queue", ["closes_on"], sqlite_where=is_open, postgresql_where=is_open
    )
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("queue_id", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("answered", survey.db.Json(), nullable=False),
        sa.CheckConstraint("n > 0", name=op.f("ck_batch_n")),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name=op.f("fk_batch_queue_id_queue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_index("ix_batch_queue", "batch", ["queue_id", "closed_on"])
    op.create_table(
        "carried",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("shown_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_carried_batch_id_batch")),
        sa.ForeignKeyConstraint(["shown_in"], ["batch.id"], name=op.f("fk_carried_shown_in_batch")),
        sa.PrimaryKeyConstraint("batch_id", "question", name=op.f("pk_carried")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_carried_shown_in"), "carried", ["shown_in"])
    op.create_table(
        "arrival",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("employee_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("care", sa.String(length=12), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_arrival_place_id_place")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_arrival_questionnaire_id_questionnaire")
        ),
        sa.PrimaryKeyConstraint(
            "place_id",
            "questionnaire_id",
            "day",
            "employee_id",
            "channel",
            "language",
            "care",
            name=op.f("pk_arrival"),
        ),
        sqlite_with_rowid=False,
    )


def _move_answers():
    """What waits goes whole to the new table; what was counted is given batches."""
    connection = op.get_bind()
    connection.execute(
        sa.text(
            f"INSERT INTO waiting ({ANSWERS}, imported)"
            f" SELECT {', '.join('r.' + name for name in ANSWERS.split(', '))}, false FROM response_before r"
            " JOIN waiting_before w ON w.place_id = r.place_id AND w.response_id = r.id"
            " ORDER BY r.place_id, r.id"
        )
    )
    connection.execute(
        sa.text(
            "CREATE TEMP TABLE shown AS SELECT r.place_id, r.id, version.questionnaire_id,"
            " coalesce(r.employee_id, 0) AS employee_id, coalesce(l.month, r.day) AS day FROM response_before r"
            " JOIN version ON version.id = r.version_id"
            " LEFT JOIN late_before l ON l.place_id = r.place_id AND l.response_id = r.id"
            " WHERE NOT EXISTS (SELECT 1 FROM waiting_before w"
            " WHERE w.place_id = r.place_id AND w.response_id = r.id)"
        )
    )
    counted = connection.execute(
        sa.text(
            "SELECT place_id, questionnaire_id, employee_id, day, count(*) FROM shown"
            " GROUP BY place_id, questionnaire_id, employee_id, day"
            " ORDER BY place_id, questionnaire_id, employee_id, day"
        )
    ).all()
    connection.execute(sa.text("CREATE TEMP TABLE batch_of (place_id int, questionnaire_id int, employee_id int,"
                               " day date, batch_id int)"))
    queues: dict[tuple[int, int, int], list[tuple[date, int]]] = {}
    for place_id, questionnaire_id, employee_id, day, n in counted:
        day = date.fromisoformat(day) if isinstance(day, str) else day
        queues.setdefault((place_id, questionnaire_id, employee_id), []).append((day, n))
    for key, days in queues.items():
        _add_queue(connection, key, days)
    connection.execute(
        sa.text(
            f"INSERT INTO response ({ANSWERS}, batch_id)"
            f" SELECT {', '.join('r.' + name for name in ANSWERS.split(', '))}, b.batch_id FROM response_before r"
            " JOIN shown s ON s.place_id = r.place_id AND s.id = r.id"
            " JOIN batch_of b ON b.place_id = s.place_id AND b.questionnaire_id = s.questionnaire_id"
            " AND b.employee_id = s.employee_id AND b.day = s.day"
            " ORDER BY r.place_id, r.id"
        )
    )
    connection.execute(sa.text("DROP TABLE shown"))
    connection.execute(sa.text("DROP TABLE batch_of"))


def _add_queue(connection, key, days):
    """One queue, ended, of a point, questionnaire and employee, with a batch a month, and more months where a
    batch would hold fewer than ten."""
    place_id, questionnaire_id, employee_id = key
    first, last = days[0][0], days[-1][0]
    queue_id = connection.execute(
        sa.text(
            "INSERT INTO queue (place_id, questionnaire_id, employee_id, channel, language, care, imported, since,"
            " opens_on, closes_on, floor, reserve, rate, expected, ended_on) VALUES (:place, :questionnaire,"
            " :employee, '', '', '', :imported, :first, :first, :closes, :floor, 0, 0, 0, :closes) RETURNING id"
        ),
        {
            "place": place_id,
            "questionnaire": questionnaire_id,
            "employee": employee_id or None,
            "imported": False,
            "first": first.isoformat(),
            "closes": (last + timedelta(1)).isoformat(),
            "floor": FEWEST,
        },
    ).scalar_one()
    batches: list[list[tuple[date, int]]] = []
    for day, n in days:
        is_full = batches and sum(n for _day, n in batches[-1]) >= FEWEST
        if not batches or (is_full and day.replace(day=1) != batches[-1][-1][0].replace(day=1)):
            batches.append([])
        batches[-1].append((day, n))
    if len(batches) > 1 and sum(n for _day, n in batches[-1]) < FEWEST:
        rest = batches.pop()
        batches[-1] += rest
    for members in batches:
        batch_id = connection.execute(
            sa.text(
                "INSERT INTO batch (queue_id, closed_on, n, answered) VALUES (:queue, :closed, :n, '{}')"
                " RETURNING id"
            ),
            {
                "queue": queue_id,
                "closed": (members[-1][0] + timedelta(1)).isoformat(),
                "n": sum(n for _day, n in members),
            },
        ).scalar_one()
        connection.execute(
            sa.text("INSERT INTO batch_of VALUES (:place, :questionnaire, :employee, :day, :batch)"),
            [
                {
                    "place": place_id,
                    "questionnaire": questionnaire_id,
                    "employee": employee_id,
                    "day": day.isoformat(),
                    "batch": batch_id,
                }
                for day, _n in members
            ],
        )


def _open_queues():
    """Points that were answered lately have a queue at once: administrators made or accepted them long
    ago."""
    connection = op.get_bind()
    today = date.today()
    connection.execute(
        sa.text(
            "INSERT INTO arrival SELECT place_id, questionnaire_id, day, coalesce(employee_id, 0), channel, locale,"
            " CASE WHEN signs IS NULL THEN '' WHEN (signs % 8) > 0 THEN 'flagged' ELSE 'unflagged' END, count(*)"
            " FROM response JOIN version ON version.id = response.version_id WHERE day >= :first"
            " GROUP BY 1, 2, 3, 4, 5, 6, 7"
        ),
        {"first": (today - timedelta(2 * UNKNOWN)).isoformat()},
    )
    points = connection.execute(
        sa.text(
            "SELECT place_id, questionnaire_id, min(day),"
            " sum(CASE WHEN day < :middle THEN n ELSE 0 END), sum(CASE WHEN day >= :middle THEN n ELSE 0 END)"
            " FROM arrival GROUP BY place_id, questionnaire_id ORDER BY place_id, questionnaire_id"
        ),
        {"middle": (today - timedelta(UNKNOWN)).isoformat()},
    ).all()
    for place_id, questionnaire_id, first, earlier, later in points:
        rate = min(earlier, later) / UNKNOWN
        days = min(max(math.ceil(USUAL / rate), 1), LONGEST) if rate else UNKNOWN
        connection.execute(
            sa.text(
                "INSERT INTO queue (place_id, questionnaire_id, channel, language, care, imported, since, opens_on,"
                " closes_on, floor, reserve, rate, expected) VALUES (:place, :questionnaire, '', '', '', :imported,"
                " :first, :today, :closes, :floor, :reserve, :rate, :rate)"
            ),
            {
                "place": place_id,
                "questionnaire": questionnaire_id,
                "imported": False,
                "first": str(first),
                "today": today.isoformat(),
                "closes": (today + timedelta(days)).isoformat(),
                "floor": max(FEWEST, int(rate * days / 2)) if rate else USUAL,
                "reserve": max(4, math.ceil(RESERVED / days)),
                "rate": rate,
            },
        )


def downgrade():
    for name in ("response", "waiting"):
        op.execute(f"ALTER TABLE {name} RENAME TO {name}_after")
    if op.get_bind().dialect.name == "postgresql":
        for name in ("response", "waiting"):
            op.execute(f"ALTER TABLE {name}_after RENAME CONSTRAINT pk_{name} TO pk_{name}_after")
    op.create_table("response", *answer_columns("response"), sqlite_with_rowid=False)
    for name in ("waiting", "late"):
        op.create_table(
            name,
            sa.Column("place_id", sa.Integer(), nullable=False),
            sa.Column("response_id", survey.db.Uuid16(length=16), nullable=False),
            *([sa.Column("month", sa.Date(), nullable=False)] if name == "late" else []),
            sa.ForeignKeyConstraint(
                ["place_id", "response_id"],
                ["response.place_id", "response.id"],
                name=op.f("fk_late_place_id_response" if name == "late" else "fk_waiting_place_id_response_id_response"),
            ),
            sa.PrimaryKeyConstraint("place_id", "response_id", name=op.f(f"pk_{name}")),
            sqlite_with_rowid=False,
        )
    for name in ("response", "waiting"):
        op.execute(f"INSERT INTO response ({ANSWERS}) SELECT {ANSWERS} FROM {name}_after")
    op.execute("INSERT INTO waiting (place_id, response_id) SELECT place_id, id FROM waiting_after")
    for name in ("response_after", "waiting_after", "arrival", "carried", "batch", "queue"):
        op.execute(f"DROP TABLE {name}")
