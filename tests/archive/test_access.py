"""Links work once, sessions end, and neither can be read from the file."""

from datetime import timedelta

import pytest

from briefing.archive.access import Role
from briefing.archive.archive import Archive
from tests.archive.briefs import Clock
from tests.archive.test_pruning import bytes_of

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


def enter(archive: Archive, role: Role = "editor", name: str = "Ines") -> str:
    session = archive.access.enter(archive.access.invite(name, role, WEEK), WEEK, HOUR, here=False)
    assert session is not None
    return session


def test_a_link_is_used_once(archive: Archive) -> None:
    link = archive.access.invite("Ines", "reader", WEEK)
    assert archive.access.invited(link, here=False) == archive.access.invited(link, here=False) == "Ines"
    assert archive.access.enter(link, WEEK, HOUR, here=False) is not None
    assert archive.access.invited(link, here=False) is None
    assert archive.access.enter(link, WEEK, HOUR, here=False) is None


def test_a_link_ends(archive: Archive, clock: Clock) -> None:
    link = archive.access.invite("Ines", "reader", WEEK)
    clock.move(days=7)
    assert archive.access.invited(link, here=False) is None
    assert archive.access.enter(link, WEEK, HOUR, here=False) is None


def test_a_session_ends_after_its_time_and_when_idle(archive: Archive, clock: Clock) -> None:
    used, unused = enter(archive), enter(archive)
    for _ in range(7 * 24 - 1):
        clock.move(hours=1)
        assert archive.access.session(used, here=False) is not None
        archive.access.note_seen(used)
    assert archive.access.session(unused, here=False) is None
    clock.move(hours=1)
    assert archive.access.session(used, here=False) is None


def test_a_session_is_noted_as_seen_once_a_minute(archive: Archive, clock: Clock) -> None:
    session = enter(archive)
    for seconds, is_stale in ((50, False), (20, True)):
        clock.move(seconds=seconds)
        found = archive.access.session(session, here=False)
        assert found is not None
        assert found.is_stale == is_stale
    archive.access.note_seen(session)
    found = archive.access.session(session, here=False)
    assert found is not None
    assert not found.is_stale


def test_a_new_role_counts_at_once(archive: Archive) -> None:
    session = enter(archive, "reader")
    archive.access.invite("Ines", "approver", WEEK)
    found = archive.access.session(session, here=False)
    assert found is not None
    assert found.role == "approver"


def test_who_is_removed_has_no_session_and_no_link(archive: Archive) -> None:
    session, link, other = enter(archive), archive.access.invite("Ines", "editor", WEEK), enter(archive, name="Olav")
    assert archive.access.remove("Ines")
    assert archive.access.session(session, here=False) is None
    assert archive.access.invited(link, here=False) is None
    assert archive.access.session(other, here=False) is not None
    assert [user.name for user in archive.access.users()] == ["Olav"]
    assert not archive.access.remove("Ines")


def test_the_person_at_the_machine_is_admin_only_there(archive: Archive) -> None:
    link = archive.access.invite_here("Ada", WEEK)
    assert archive.access.invited(link, here=False) is None
    assert archive.access.enter(link, WEEK, HOUR, here=False) is None
    session = archive.access.enter(link, WEEK, HOUR, here=True)
    assert session is not None
    assert archive.access.session(session, here=False) is None
    found = archive.access.session(session, here=True)
    assert found is not None
    assert found.role == "admin"
    assert archive.access.users() == ()


def test_a_user_with_the_name_of_the_admin_gains_nothing(archive: Archive) -> None:
    here = archive.access.enter(archive.access.invite_here("Ada", WEEK), WEEK, HOUR, here=True)
    assert here is not None
    session = enter(archive, "reader", "Ada")
    found = archive.access.session(session, here=True)
    assert found is not None
    assert found.role == "reader"
    archive.access.remove("Ada")
    assert archive.access.session(here, here=True) is not None


def test_secrets_are_random_and_kept_as_hashes(archive: Archive) -> None:
    links = [archive.access.invite("Ines", "reader", WEEK) for _ in range(20)]
    session = enter(archive)
    assert len({*links, session}) == 21
    assert min(map(len, (*links, session))) >= 43  # 256 bits
    content = bytes_of(archive.path)
    assert not [secret for secret in (*links, session) if secret.lower().encode() in content]


@pytest.mark.parametrize("name", ["", "  ", "a" * 61, "Ines\nadmin", "In\x1bes", "Ines\u202e"])
def test_a_name_that_cannot_be_printed_is_refused(archive: Archive, name: str) -> None:
    with pytest.raises(ValueError, match="is no name"):
        archive.access.invite(name, "reader", WEEK)
    with pytest.raises(ValueError, match="is no name"):
        archive.access.invite_here(name, WEEK)
    assert archive.access.users() == ()


@pytest.mark.parametrize("secret", ["", "x", "\udcff", "' OR 1=1 --"])
def test_no_other_secret_is_valid(archive: Archive, secret: str) -> None:
    enter(archive)
    assert archive.access.session(secret, here=True) is None
    assert archive.access.invited(secret, here=True) is None


def test_pruning_removes_ended_sessions_and_links(archive: Archive, clock: Clock) -> None:
    enter(archive)
    archive.access.invite_here("Ada", WEEK)
    clock.move(days=8)
    goes_on = enter(archive)
    archive.prune(timedelta(days=365))
    count = "SELECT (SELECT count(*) FROM sessions), (SELECT count(*) FROM invitations)"
    assert archive.database.connection.execute(count).fetchone() == (1, 0)
    assert archive.access.session(goes_on, here=False) is not None
