"""Without a gateway a text is on the console and in a folder, for an hour, without the whole number."""

from __future__ import annotations

from survey.channels.sms import Message, Outbox
from survey.channels.sms.outbox import KEPT


def message(code):
    return Message("+8613800138000", "+86 138 **** 8000", "验证码 {code}", {"code": code})


def test_the_latest_text_comes_first(tmp_path, capsys):
    now = [1_000_000.0]
    outbox = Outbox(tmp_path / "outbox", lambda: now[0])
    assert outbox.messages() == []
    outbox.send(message("111111"))
    now[0] += 1
    outbox.send(message("222222"))
    assert [kept["text"] for kept in outbox.messages()] == ["验证码 222222", "验证码 111111"]
    assert "验证码 222222" in capsys.readouterr().err


def test_the_number_is_kept_nowhere(tmp_path, capsys):
    Outbox(tmp_path).send(message("111111"))
    kept = "".join(path.read_text() for path in tmp_path.iterdir())
    assert "13800138000" not in kept + capsys.readouterr().err


def test_after_an_hour_a_text_is_neither_shown_nor_kept(tmp_path):
    now = [1_000_000.0]
    outbox = Outbox(tmp_path, lambda: now[0])
    outbox.send(message("111111"))
    now[0] += KEPT + 1
    assert outbox.messages() == []
    outbox.send(message("222222"))
    assert len(list(tmp_path.iterdir())) == 1


def test_only_the_owner_reads_the_outbox(tmp_path):
    Outbox(tmp_path / "outbox").send(message("111111"))
    assert (tmp_path / "outbox").stat().st_mode & 0o077 == 0
