"""The way of each run's result to each target, noted before and after every step (an outbox)."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from briefing.archive.scheduled_runs import written
from briefing.model.runs import Delivery, DeliveryState, Refusal, Settlement

_COLUMNS: Final = (
    "SELECT id, run_id, target, state, recipients, waiting, refused, attempts, next_attempt, reason, created, changed"
)


def add(db: sqlite3.Connection, run: int, target: str, recipients: Sequence[str], now: datetime) -> None:
    """Note that a run is to be delivered to a target at once."""
    moment = written(now)
    db.execute(
        "INSERT INTO deliveries (run_id, target, state, recipients, waiting, next_attempt, created, changed)"
        " VALUES (?, ?, 'pending', ?, ?, ?, ?, ?)",
        (run, target, json.dumps(recipients), json.dumps(recipients), moment, moment, moment),
    )


def to_send(db: sqlite3.Connection, profiles: Sequence[str], now: datetime) -> tuple[Delivery, ...]:
    """Return the deliveries of profiles whose time has come, and those cut short, the oldest runs first."""
    of_profiles = " FROM open_deliveries WHERE profile IN (SELECT value FROM json_each(?))"
    query = _COLUMNS + of_profiles + " AND (state = 'sending' OR next_attempt <= ?) ORDER BY run_id, id"
    return tuple(map(_delivery, db.execute(query, (json.dumps(profiles), written(now))).fetchall()))


def next_attempt(db: sqlite3.Connection, profiles: Sequence[str]) -> datetime | None:
    """Return when the next delivery of the profiles is to be tried."""
    query = "SELECT min(next_attempt) FROM open_deliveries WHERE profile IN (SELECT value FROM json_each(?))"
    (moment,) = db.execute(query, (json.dumps(profiles),)).fetchone()
    return datetime.fromisoformat(moment) if moment else None


def hasten(db: sqlite3.Connection, profiles: Sequence[str], now: datetime) -> None:
    """Have all open deliveries of profiles tried at once: what stood in their way may be mended."""
    db.execute(
        "UPDATE deliveries SET next_attempt = ? WHERE id IN"
        " (SELECT id FROM open_deliveries WHERE profile IN (SELECT value FROM json_each(?)))",
        (written(now), json.dumps(profiles)),
    )


def of_run(db: sqlite3.Connection, run: int) -> tuple[Delivery, ...]:
    """Return the deliveries of a run."""
    return tuple(
        map(_delivery, db.execute(_COLUMNS + " FROM deliveries WHERE run_id = ? ORDER BY id", (run,)).fetchall())
    )


def begin(db: sqlite3.Connection, number: int, now: datetime) -> Delivery:
    """Note that a hand-over begins: whether it is taken is not known before it is settled."""
    db.execute(
        "UPDATE deliveries SET state = 'sending', attempts = attempts + 1, changed = ? WHERE id = ?",
        (written(now), number),
    )
    return _delivery(db.execute(_COLUMNS + " FROM deliveries WHERE id = ?", (number,)).fetchone())


def settle(db: sqlite3.Connection, delivery: Delivery, came: Settlement, now: datetime) -> None:
    """Note what came of a hand-over; who is refused joins those that were before."""
    refused = [[refusal.recipient, refusal.reason] for refusal in (*delivery.refused, *came.refused)]
    following = written(came.next_attempt) if came.next_attempt is not None else None
    db.execute(
        "UPDATE deliveries SET state = ?, waiting = ?, refused = ?, next_attempt = ?, reason = ?, changed = ?"
        " WHERE id = ?",
        (
            came.state,
            json.dumps(came.waiting),
            json.dumps(refused),
            following,
            came.reason,
            written(now),
            delivery.number,
        ),
    )


def _delivery(row: tuple[int, int, str, DeliveryState, str, str, str, int, str | None, str, str, str]) -> Delivery:
    number, run, target, state, recipients, waiting, refused, attempts, following, reason, created, changed = row
    return Delivery(
        number,
        run,
        target,
        state,
        tuple(json.loads(recipients)),
        tuple(json.loads(waiting)),
        tuple(Refusal(recipient, why, temporary=False) for recipient, why in json.loads(refused)),
        attempts,
        datetime.fromisoformat(following) if following else None,
        reason,
        datetime.fromisoformat(created),
        datetime.fromisoformat(changed),
    )
