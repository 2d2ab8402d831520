"""Write a small archive of the newest schema as SQL, for the tests of later migrations.

    python -m tests.archive.make_dump [NUMBER]

Run it once after adding a migration, and commit its output. NUMBER is the last migration of the schema.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from briefing.archive.archive import Archive
from briefing.archive.database import APPLICATION_ID, Database, connect
from briefing.archive.digests import GatheredArticle
from briefing.archive.ledgers import write_ledger
from briefing.archive.migrations import known_migrations, migrate
from briefing.archive.records import RunItem
from briefing.archive.storing import store
from briefing.digest.ledger import ledger_of
from briefing.model.runs import Output, RunResult
from briefing.reading.feeds.state import FeedState
from briefing.review.acts import By, Draft
from briefing.review.replay import exact_digest
from tests.archive.briefs import Clock, brief_of
from tests.digest.digests import digest_of, two_articles

DUMPS = Path(__file__).with_name("dumps")
FEED = "https://example.org/feed"
URL = "https://example.org/talks"
WEEK = timedelta(days=7)
DUE = datetime(2031, 6, 10, 4, tzinfo=UTC)


def fill(archive: Archive, number: int) -> None:
    """Put into an archive whatever the schema of this number has room for."""
    brief = brief_of(
        "Norway and Iceland agreed on mackerel quotas.",
        title="Quotas agreed",
        url=URL,
        outlet="Northern Wire",
        actors=[("Ingrid Solheim", "minister", "Norway")],
        events=[("The ministers meet", "2024-06-06")],
        agreements=[("Norway and Iceland agreed on quotas", ("Norway", "Ingrid Solheim"))],
    )
    with archive.database.writing():
        for one in (brief, brief_of("The quotas were refused.", title="Quotas refused", url=URL)):
            store(archive.database.connection, one, Clock()())
    if number >= 2:
        run = archive.begin_run("make", "key")
        archive.finish_item(run, RunItem("talks.txt", "digest", "done", (Path("talks.json"),)), brief)
    if number >= 3:
        archive.keep_feed(FeedState(FEED, '"1"', None, frozenset({"a", "b"})))
    if number >= 20:
        digest = digest_of(two_articles())
        with archive.database.writing():
            write_ledger(archive.database.connection, "morning", ledger_of(digest), digest)
    if number >= 21:
        gathered = GatheredArticle("inbox/talks.txt", "digest", brief, "Northern Wire", URL, 2.0)
        archive.digests("morning").gather(DUE, gathered)
        archive.digests("morning").keep(DUE, digest, None)
    if number >= 30:
        now = Clock()()
        archive.schedule.note_due("morning", (now,), (), now)
        (due,) = archive.schedule.to_run(("morning",))
        result = RunResult("Morning brief", (Output("morning.json", "application/json", b"{}"),), b"Subject: x\r\n\r\n")
        archive.schedule.keep_result(due, result, [("folder /out", ("/out",))], now)
    if number >= 60:
        archive.act(By("Ines", "web"), brief, (Draft("reviewed", state=exact_digest(brief)),), after=0)
        archive.access.enter(archive.access.invite("Ines", "editor", WEEK), WEEK, WEEK, here=False)
        archive.access.invite_here("Olav", WEEK)
        archive.room.follow("eva", "Ingrid Solheim")
        archive.room.bind("eva", "undo", "z")


def dump(number: int, path: Path) -> str:
    """Return an archive of the schema that ends with this step, made at *path*, as SQL."""
    db = connect(path, write=True, timeout=1)
    clock = Clock()
    steps = tuple(step for step in known_migrations() if step.number <= number)
    migrate(db, path, steps, clock().isoformat())
    fill(Archive(Database(db, path, timeout=1), clock), number)
    # The tables underneath the index hold all of it; it cannot be inserted into before the file is opened again.
    script = "\n".join(statement for statement in db.iterdump() if not statement.startswith('INSERT INTO "texts" '))
    db.close()
    return f"PRAGMA application_id = {APPLICATION_ID};\n{script}\n"


if __name__ == "__main__":
    last = int(sys.argv[1]) if len(sys.argv) > 1 else known_migrations()[-1].number
    DUMPS.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        (DUMPS / f"{last:04}.sql").write_text(dump(last, Path(folder) / "a.sqlite"), "utf-8")
