"""An outbox: the state of the delivery of each run to each target, stored before and after every step."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from briefing.archive.scheduled_runs import timestamp
from briefing.model.runs import Delivery, DeliveryState, Refusal, Settlement

_COLUMNS: Final = (
    "SELECT id, run_id, target, state, recipients, waiting, refused, attempts, next_attempt, reason, created, changed"
)


def add(db: sqlite3.Connection, run: int, target: str, recipients: Sequence[str], now: datetime) -> None:
    """Add a delivery of a run to a target, due at once."""
    moment = timestamp(now)
    db.execute(
        "INSERT INTO deliveries (run_id, target, state, recipients, waiting, next_attempt, created, changed)"
        " VALUES (?, ?, 'pending', ?, ?, ?, ?, ?)",
        (run, target, json.dumps(recipients), json.dumps(recipients), moment, moment, moment),
    )


def to_send(db: sqlite3.Connection, profiles: Sequence[str], now: datetime) -> tuple[Delivery, ...]:
    """Return the due and the interrupted deliveries of profiles, the oldest runs first."""
    of_profiles = " FROM open_deliveries WHERE profile IN (SELECT value FROM json_each(?))"
    query = _COLUMNS + of_profiles + " AND (state = 'sending' OR next_attempt <= ?) ORDER BY run_id, id"
    return tuple(map(_delivery, db.execute(query, (json.dumps(profiles), timestamp(now))).fetchall()))


def next_attempt(db: sqlite3.Connection, profiles: Sequence[str]) -> datetime | None:
    """Return when the next delivery of the profiles is due, or None."""
    query = "SELECT min(next_attempt) FROM open_deliveries WHERE profile IN (SELECT value FROM json_each(?))"
    (moment,) = db.execute(query, (json.dumps(profiles),)).fetchone()
    return datetime.fromisoformat(moment) if moment else None


def hasten(db: sqlite3.Connection, profiles: Sequence[str], now: datetime) -> None:
    """Make all open deliveries of profiles due at once, because the obstacle may be gone."""
    db.execute(
        "UPDATE deliveries SET next_attempt = ? WHERE id IN"
        " (SELECT id FROM open_deliveries WHERE profile IN (SELECT value FROM json_each(?)))",
        (timestamp(now), json.dumps(profiles)),
    )


def of_run(db: sqlite3.Connection, run: int) -> tuple[Delivery, ...]:
    """Return the deliveries of a run."""
    return tuple(
        map(_delivery, db.execute(_COLUMNS + " FROM deliveries WHERE run_id = ? ORDER BY id", (run,)).fetchall())
    )


def begin(db: sqlite3.Connection, number: int, now: datetime) -> Delivery:
    """Mark a delivery as being sent; its outcome is unknown until it is settled."""
    db.execute(
        "UPDATE deliveries SET state = 'sending', attempts = attempts + 1, changed = ? WHERE id = ?",
        (timestamp(now), number),
    )
    return _delivery(db.execute(_COLUMNS + " FROM deliveries WHERE id = ?", (number,)).fetchone())


def settle(db: sqlite3.Connection, delivery: Delivery, settlement: Settlement, now: datetime) -> None:
    """Store the outcome of an attempt; refused recipients are added to the earlier ones."""
    refused = [[refusal.recipient, refusal.reason] for refusal in (*delivery.refused, *settlement.refused)]
    following = timestamp(settlement.next_attempt) if settlement.next_attempt is not None else None
    db.execute(
        "UPDATE deliveries SET state = ?, waiting = ?, refused = ?, next_attempt = ?, reason = ?, changed = ?"
        " WHERE id = ?",
        (
            settlement.state,
            json.dumps(settlement.waiting),
            json.dumps(refused),
            following,
            settlement.reason,
            timestamp(now),
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
