"""Claims, found."""

from sqlalchemy import select

from survey.db import db

from .models import Claim


def claim(code_hash: bytes) -> Claim | None:
    return db.session.scalar(select(Claim).filter_by(code_hash=code_hash))
