"""points: campaigns, wallets, books, rewards and redemptions, reviews, and the audit log

Revision ID: 0008
Revises: 0007

What links paid until now becomes campaigns of a year: one for each name, paying by questionnaire and channel.
"""

from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

import survey.db

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

APPEND_ONLY = ("transfer", "entry", "audit_line")
ROLES = "role IN ('administrator', 'manager', 'marketing', 'counter', 'auditor')"
PLACED = "(role IN ('manager', 'counter')) = (place_id IS NOT NULL)"
BUDGET = 10_000_000  # points; links had no budget
PURSES = 8


def upgrade():
    roles(ROLES, "ck_staff_has_place", PLACED, drop="ck_staff_manager_has_place")
    tables()
    campaigns()
    claims()
    with op.batch_alter_table("link") as link:
        link.drop_constraint(op.f("ck_link_points"), type_="check")
        link.drop_column("points")
        link.drop_column("campaign")
    protect()


def downgrade():
    unprotect()
    with op.batch_alter_table("link") as link:
        link.add_column(sa.Column("points", sa.Integer(), nullable=False, server_default="0"))
        link.add_column(sa.Column("campaign", sa.String(length=64), nullable=False, server_default=""))
        link.create_check_constraint(op.f("ck_link_points"), "points BETWEEN 0 AND 10000")
    op.drop_table("claim")
    op.create_table(
        "claim",
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=64), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.CheckConstraint("state IN ('open', 'taken', 'expired')", name=op.f("ck_claim_state")),
        sa.CheckConstraint("points > 0", name=op.f("ck_claim_points")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_claim")),
        sqlite_with_rowid=False,
    )
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("DELETE FROM staff WHERE role = 'counter'")
    roles(
        "role IN ('administrator', 'manager', 'marketing', 'auditor')",
        "ck_staff_manager_has_place",
        "(role = 'manager') = (place_id IS NOT NULL)",
        drop="ck_staff_has_place",
    )


def is_sqlite():
    return op.get_bind().dialect.name == "sqlite"


def roles(which, name, placed, drop):
    with op.batch_alter_table("staff") as staff:
        staff.drop_constraint(op.f("ck_staff_role"), type_="check")
        staff.drop_constraint(op.f(drop), type_="check")
        staff.create_check_constraint(op.f("ck_staff_role"), which)
        staff.create_check_constraint(op.f(name), placed)


def campaigns():
    """A campaign for each name that a link or a claim has, paying the most that a link of it paid."""
    bind = op.get_bind()
    pays = bind.execute(
        sa.text(
            "SELECT campaign, questionnaire_id, channel, max(points) FROM link WHERE points > 0"
            " GROUP BY campaign, questionnaire_id, channel ORDER BY campaign, questionnaire_id, channel"
        )
    ).all()
    earned = dict(
        bind.execute(sa.text("SELECT campaign, sum(points) FROM claim WHERE state <> 'expired' GROUP BY 1")).all()
    )
    known = bind.execute(sa.text("SELECT DISTINCT campaign FROM claim")).scalars()
    op.add_column("claim", sa.Column("campaign_id", sa.Integer()))
    today = date.today()
    for number, name in enumerate(sorted({*known, *(row[0] for row in pays)}), 1):
        committed = int(earned.get(name, 0))
        title = {"zh": name or "答卷积分", "en": name or "Points for answers"}
        bind.execute(
            sa.text(
                "INSERT INTO campaign (id, title, starts_on, ends_on, budget, valid_months,"
                " vesting_days, demonstration) VALUES (:id, :title, :starts_on, :ends_on, :budget, 12, 14, :invented)"
            ).bindparams(sa.bindparam("title", type_=survey.db.Json()), sa.bindparam("starts_on", type_=sa.Date()),
                         sa.bindparam("ends_on", type_=sa.Date())),
            {
                "id": number,
                "title": title,
                "starts_on": today,
                "ends_on": today + timedelta(365),
                "budget": (budget := max(BUDGET, committed * 2)),
                "invented": name == "demonstration",  # as flask demo load called it
            },
        )
        each = (budget - committed) // PURSES
        for purse in range(PURSES):
            mine = committed + each + (budget - committed) % PURSES if purse == 0 else each
            bind.execute(
                sa.text("INSERT INTO purse (campaign_id, number, allotted, committed) VALUES (:id, :n, :mine, :committed)"),
                {"id": number, "n": purse, "mine": mine, "committed": 0 if purse else committed},
            )
        for _, questionnaire_id, channel, points in (row for row in pays if row[0] == name):
            bind.execute(
                sa.text(
                    "INSERT INTO rate (campaign_id, questionnaire_id, channel, points)"
                    " VALUES (:campaign, :questionnaire, :channel, :points)"
                ),
                {"campaign": number, "questionnaire": questionnaire_id, "channel": channel, "points": points},
            )
        bind.execute(sa.text("UPDATE claim SET campaign_id = :id WHERE campaign = :name"), {"id": number, "name": name})
    if not is_sqlite():
        op.execute("SELECT setval(pg_get_serial_sequence('campaign', 'id'), (SELECT max(id) FROM campaign)) FROM campaign LIMIT 1")


def claims():
    op.execute("CREATE TABLE claim_before AS SELECT * FROM claim")
    op.drop_table("claim")
    op.create_table(
        "claim",
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("doubt", sa.String(length=12), server_default="", nullable=False),
        sa.CheckConstraint("state IN ('open', 'taken', 'expired', 'void')", name=op.f("ck_claim_state")),
        sa.CheckConstraint("points > 0", name=op.f("ck_claim_points")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_claim_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_claim")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO claim (code_hash, points, campaign_id, expires_on, state)"
        " SELECT code_hash, points, campaign_id, expires_on, state FROM claim_before"
    )
    op.drop_table("claim_before")
    op.create_index(
        "ix_claim_open",
        "claim",
        ["expires_on"],
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )


def protect():
    """Rows of the books and of the audit log are added, never changed or removed."""
    if not is_sqlite():
        op.execute(
            "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
    for table in APPEND_ONLY:
        if is_sqlite():
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER append_only_{table}_{act.lower()} BEFORE {act} ON {table}"
                    f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION append_only()"
            )


def unprotect():
    for table in APPEND_ONLY:
        if is_sqlite():
            for act in ("update", "delete"):
                op.execute(f"DROP TRIGGER append_only_{table}_{act}")
        else:
            op.execute(f"DROP TRIGGER append_only_{table} ON {table}")
    if not is_sqlite():
        op.execute("DROP FUNCTION append_only()")


TABLES = ('audit_line', 'campaign', 'customer', 'one_time_code', 'picture', 'transfer', 'account', 'device_day', 'identity', 'purse', 'rate', 'reward', 'adjustment', 'entry', 'insider', 'redemption', 'review', 'stock', 'coupon_code')


def tables():
    op.create_table('audit_line',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('act', sa.String(length=80), nullable=False),
    sa.Column('subject', survey.db.Json(), nullable=False),
    sa.Column('changes', survey.db.Json(), nullable=False),
    sa.Column('previous', sa.LargeBinary(length=32), nullable=False),
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_audit_line'))
    )
    op.create_table('campaign',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('title', survey.db.Json(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('budget', sa.Integer(), nullable=False),
    sa.Column('daily_cap', sa.Integer(), nullable=True),
    sa.Column('valid_months', sa.Integer(), nullable=False),
    sa.Column('vesting_days', sa.Integer(), nullable=False),
    sa.Column('paused', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('demonstration', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.CheckConstraint('budget > 0', name=op.f('ck_campaign_budget')),
    sa.CheckConstraint('daily_cap > 0', name=op.f('ck_campaign_daily_cap')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_campaign_period')),
    sa.CheckConstraint('valid_months BETWEEN 1 AND 120', name=op.f('ck_campaign_valid_months')),
    sa.CheckConstraint('vesting_days BETWEEN 1 AND 365', name=op.f('ck_campaign_vesting_days')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign'))
    )
    op.create_table('customer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=12), nullable=False),
    sa.Column('session_key', sa.String(length=32), nullable=False),
    sa.Column('joined_on', sa.Date(), nullable=False),
    sa.Column('erased_on', sa.Date(), nullable=True),
    sa.Column('demonstration', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer')),
    sa.UniqueConstraint('number', name=op.f('uq_customer_number'))
    )
    op.create_table('one_time_code',
    sa.Column('blind', sa.LargeBinary(length=32), nullable=False),
    sa.Column('code_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.Column('tries_left', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('blind', name=op.f('pk_one_time_code')),
    sqlite_with_rowid=False
    )
    op.create_table('picture',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('media_type', sa.String(length=20), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_picture'))
    )
    op.create_table('transfer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=10), nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('reverses_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("reason IN ('claim', 'vest', 'void', 'hold', 'release', 'redeem', 'undo', 'expire', 'adjust', 'erase')", name=op.f('ck_transfer_reason')),
    sa.ForeignKeyConstraint(['reverses_id'], ['transfer.id'], name=op.f('fk_transfer_reverses_id_transfer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfer')),
    sa.UniqueConstraint('reason', 'source', name=op.f('uq_transfer_reason_source')),
    sa.UniqueConstraint('reverses_id', name=op.f('uq_transfer_reverses_id'))
    )
    op.create_index(op.f('ix_transfer_day'), 'transfer', ['day'], unique=False)
    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=True),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('balance', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(kind IN ('wallet', 'pending', 'held')) = (customer_id IS NOT NULL)", name=op.f('ck_account_owner')),
    sa.CheckConstraint("kind IN ('issued', 'redeemed', 'expired', 'adjustments', 'wallet', 'pending', 'held')", name=op.f('ck_account_kind')),
    sa.CheckConstraint('(customer_id IS NULL) = (expires_on IS NULL)', name=op.f('ck_account_expiry')),
    sa.CheckConstraint('customer_id IS NULL OR balance >= 0', name=op.f('ck_account_balance')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_account_campaign_id_campaign')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_account_customer_id_customer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account'))
    )
    op.create_index('ix_account_expiring', 'account', ['expires_on'], unique=False, sqlite_where=sa.text("kind = 'wallet' AND balance > 0"), postgresql_where=sa.text("kind = 'wallet' AND balance > 0"))
    op.create_index('uq_account_company', 'account', ['campaign_id', 'kind'], unique=True, sqlite_where=sa.text('customer_id IS NULL'), postgresql_where=sa.text('customer_id IS NULL'))
    op.create_index('uq_account_customer', 'account', ['customer_id', 'kind', 'expires_on', 'campaign_id'], unique=True, sqlite_where=sa.text('customer_id IS NOT NULL'), postgresql_where=sa.text('customer_id IS NOT NULL'))
    op.create_table('device_day',
    sa.Column('device', sa.LargeBinary(length=16), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_device_day_customer_id_customer')),
    sa.PrimaryKeyConstraint('device', 'customer_id', 'day', name=op.f('pk_device_day')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_device_day_day'), 'device_day', ['day'], unique=False)
    op.create_table('identity',
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('blind', sa.LargeBinary(length=32), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint("kind IN ('phone', 'openid')", name=op.f('ck_identity_kind')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_identity_customer_id_customer')),
    sa.PrimaryKeyConstraint('kind', 'blind', name=op.f('pk_identity')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_identity_customer_id'), 'identity', ['customer_id'], unique=False)
    op.create_table('purse',
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('allotted', sa.Integer(), nullable=False),
    sa.Column('committed', sa.Integer(), server_default='0', nullable=False),
    sa.CheckConstraint('committed <= allotted', name=op.f('ck_purse_allotted')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_purse_campaign_id_campaign')),
    sa.PrimaryKeyConstraint('campaign_id', 'number', name=op.f('pk_purse')),
    sqlite_with_rowid=False
    )
    op.create_table('rate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('questionnaire_id', sa.Integer(), nullable=True),
    sa.Column('channel', sa.String(length=12), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.CheckConstraint('points BETWEEN 1 AND 10000', name=op.f('ck_rate_points')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_rate_campaign_id_campaign')),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaire.id'], name=op.f('fk_rate_questionnaire_id_questionnaire')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rate'))
    )
    op.create_index(op.f('ix_rate_questionnaire_id'), 'rate', ['questionnaire_id'], unique=False)
    op.create_index('uq_rate_any', 'rate', ['campaign_id', 'channel'], unique=True, sqlite_where=sa.text('questionnaire_id IS NULL'), postgresql_where=sa.text('questionnaire_id IS NULL'))
    op.create_index('uq_rate_one', 'rate', ['campaign_id', 'questionnaire_id', 'channel'], unique=True, sqlite_where=sa.text('questionnaire_id IS NOT NULL'), postgresql_where=sa.text('questionnaire_id IS NOT NULL'))
    op.create_table('reward',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('title', survey.db.Json(), nullable=False),
    sa.Column('description', survey.db.Json(), nullable=False),
    sa.Column('picture_id', sa.String(length=64), nullable=True),
    sa.Column('price', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('per_wallet', sa.Integer(), nullable=True),
    sa.Column('remaining', sa.Integer(), nullable=True),
    sa.Column('place_id', sa.Integer(), nullable=True),
    sa.Column('hold_days', sa.Integer(), nullable=False),
    sa.Column('amount_off', sa.Integer(), nullable=True),
    sa.Column('percent_off', sa.Integer(), nullable=True),
    sa.Column('minimum_spend', sa.Integer(), nullable=True),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('demonstration', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.CheckConstraint("(kind = 'discount') = ((amount_off IS NULL) <> (percent_off IS NULL))", name=op.f('ck_reward_discount')),
    sa.CheckConstraint("kind IN ('uploaded', 'generated', 'discount', 'gift')", name=op.f('ck_reward_kind')),
    sa.CheckConstraint('amount_off > 0', name=op.f('ck_reward_amount_off')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_reward_period')),
    sa.CheckConstraint('hold_days BETWEEN 1 AND 365', name=op.f('ck_reward_hold_days')),
    sa.CheckConstraint('minimum_spend >= 0', name=op.f('ck_reward_minimum_spend')),
    sa.CheckConstraint('per_wallet > 0', name=op.f('ck_reward_per_wallet')),
    sa.CheckConstraint('percent_off BETWEEN 1 AND 100', name=op.f('ck_reward_percent_off')),
    sa.CheckConstraint('price BETWEEN 1 AND 1000000', name=op.f('ck_reward_price')),
    sa.CheckConstraint('remaining >= 0', name=op.f('ck_reward_remaining')),
    sa.ForeignKeyConstraint(['picture_id'], ['picture.digest'], name=op.f('fk_reward_picture_id_picture')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_reward_place_id_place')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reward'))
    )
    op.create_table('adjustment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('requested_by', sa.Integer(), nullable=False),
    sa.Column('requested_on', sa.Date(), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.CheckConstraint("(state = 'requested') = (decided_by IS NULL)", name=op.f('ck_adjustment_decided')),
    sa.CheckConstraint("state IN ('requested', 'approved', 'refused')", name=op.f('ck_adjustment_state')),
    sa.CheckConstraint('decided_by <> requested_by', name=op.f('ck_adjustment_two_people')),
    sa.CheckConstraint('points <> 0 AND points BETWEEN -1000000 AND 1000000', name=op.f('ck_adjustment_points')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_adjustment_campaign_id_campaign')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_adjustment_customer_id_customer')),
    sa.ForeignKeyConstraint(['decided_by'], ['staff.id'], name=op.f('fk_adjustment_decided_by_staff')),
    sa.ForeignKeyConstraint(['requested_by'], ['staff.id'], name=op.f('fk_adjustment_requested_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_adjustment'))
    )
    op.create_index(op.f('ix_adjustment_customer_id'), 'adjustment', ['customer_id'], unique=False)
    op.create_index(op.f('ix_adjustment_state'), 'adjustment', ['state'], unique=False)
    op.create_table('entry',
    sa.Column('transfer_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('amount <> 0', name=op.f('ck_entry_amount')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_entry_account_id_account')),
    sa.ForeignKeyConstraint(['transfer_id'], ['transfer.id'], name=op.f('fk_entry_transfer_id_transfer')),
    sa.PrimaryKeyConstraint('transfer_id', 'account_id', name=op.f('pk_entry')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_entry_account_id'), 'entry', ['account_id'], unique=False)
    op.create_table('insider',
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('blind', sa.LargeBinary(length=32), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('added_on', sa.Date(), nullable=False),
    sa.CheckConstraint("kind IN ('phone', 'openid')", name=op.f('ck_insider_kind')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_insider_staff_id_staff')),
    sa.PrimaryKeyConstraint('kind', 'blind', name=op.f('pk_insider')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_insider_staff_id'), 'insider', ['staff_id'], unique=False)
    op.create_table('redemption',
    sa.Column('id', survey.db.Uuid16(length=16), nullable=False),
    sa.Column('blind', sa.LargeBinary(length=32), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('reward_id', sa.Integer(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=True),
    sa.Column('price', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('reserved_on', sa.Date(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('fulfilled_at', sa.DateTime(), nullable=True),
    sa.Column('fulfilled_by', sa.Integer(), nullable=True),
    sa.Column('fulfilled_place_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(state = 'fulfilled') = (fulfilled_at IS NOT NULL)", name=op.f('ck_redemption_fulfilled')),
    sa.CheckConstraint("state IN ('reserved', 'fulfilled', 'cancelled', 'expired')", name=op.f('ck_redemption_state')),
    sa.CheckConstraint('price > 0', name=op.f('ck_redemption_price')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_redemption_customer_id_customer')),
    sa.ForeignKeyConstraint(['fulfilled_by'], ['staff.id'], name=op.f('fk_redemption_fulfilled_by_staff')),
    sa.ForeignKeyConstraint(['fulfilled_place_id'], ['place.id'], name=op.f('fk_redemption_fulfilled_place_id_place')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_redemption_place_id_place')),
    sa.ForeignKeyConstraint(['reward_id'], ['reward.id'], name=op.f('fk_redemption_reward_id_reward')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_redemption')),
    sa.UniqueConstraint('blind', name=op.f('uq_redemption_blind')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_redemption_customer_id'), 'redemption', ['customer_id'], unique=False)
    op.create_index(op.f('ix_redemption_reward_id'), 'redemption', ['reward_id'], unique=False)
    op.create_table('review',
    sa.Column('transfer_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('evidence', survey.db.Json(), nullable=False),
    sa.Column('taken_on', sa.Date(), nullable=False),
    sa.Column('vests_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.CheckConstraint("(state IN ('approved', 'void')) = (decided_by IS NOT NULL)", name=op.f('ck_review_decided')),
    sa.CheckConstraint("state IN ('pending', 'approved', 'vested', 'void')", name=op.f('ck_review_state')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_review_campaign_id_campaign')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_review_customer_id_customer')),
    sa.ForeignKeyConstraint(['decided_by'], ['staff.id'], name=op.f('fk_review_decided_by_staff')),
    sa.ForeignKeyConstraint(['transfer_id'], ['transfer.id'], name=op.f('fk_review_transfer_id_transfer')),
    sa.PrimaryKeyConstraint('transfer_id', name=op.f('pk_review'))
    )
    op.create_index(op.f('ix_review_customer_id'), 'review', ['customer_id'], unique=False)
    op.create_index(op.f('ix_review_state'), 'review', ['state'], unique=False)
    op.create_table('stock',
    sa.Column('reward_id', sa.Integer(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('remaining', sa.Integer(), nullable=False),
    sa.CheckConstraint('remaining >= 0', name=op.f('ck_stock_remaining')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_stock_place_id_place')),
    sa.ForeignKeyConstraint(['reward_id'], ['reward.id'], name=op.f('fk_stock_reward_id_reward')),
    sa.PrimaryKeyConstraint('reward_id', 'place_id', name=op.f('pk_stock')),
    sqlite_with_rowid=False
    )
    op.create_table('coupon_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reward_id', sa.Integer(), nullable=False),
    sa.Column('blind', sa.LargeBinary(length=32), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('redemption_id', survey.db.Uuid16(length=16), nullable=True),
    sa.ForeignKeyConstraint(['redemption_id'], ['redemption.id'], name=op.f('fk_coupon_code_redemption_id_redemption')),
    sa.ForeignKeyConstraint(['reward_id'], ['reward.id'], name=op.f('fk_coupon_code_reward_id_reward')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coupon_code')),
    sa.UniqueConstraint('redemption_id', name=op.f('uq_coupon_code_redemption_id')),
    sa.UniqueConstraint('reward_id', 'blind', name=op.f('uq_coupon_code_reward_id_blind'))
    )
