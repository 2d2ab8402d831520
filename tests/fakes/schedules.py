"""A clock that moves only when somebody sleeps, jobs and deliveries that follow a script."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from briefing.errors import BriefingError
from briefing.jobs.releasing import Held, ToSend
from briefing.model.brief import Provenance
from briefing.model.digest import Digest
from briefing.model.runs import Output, Parcel, Receipt, RunResult
from briefing.profile.profile import Profile
from briefing.schedule.runs import Stage

PROVENANCE = Provenance(
    engine="rules", briefing="", spacy="", model="", profile="morning", profile_sha256="", source_sha256=""
)
DIGEST = Digest(at="2026-06-01T06:00:00+00:00", provenance=PROVENANCE)


def moment(text: str) -> datetime:
    """Return a moment written in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass
class FakeClock:
    """Time that passes while somebody sleeps; at some instants something happens first, such as a jump of the clock."""

    now: datetime
    until: datetime  # the end of the world: the schedule is asked to stop
    events: dict[datetime, Callable[[], object]] = field(default_factory=dict)
    slept: list[float] = field(default_factory=list)
    ahead: timedelta = timedelta()  # of the time that has really passed

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        woken = self.now + timedelta(seconds=seconds)
        for instant in sorted(self.events):
            if self.now < instant <= woken:
                self.now = instant
                self.events.pop(instant)()
                return
        self.now = woken

    def jump(self, by: timedelta) -> None:
        self.now += by
        self.ahead += by

    def over(self) -> bool:
        return self.now - self.ahead >= self.until


@dataclass
class FakeJob:
    """Notes its requests; takes *minutes*; fails or dies if the script says so."""

    clock: FakeClock
    minutes: float = 0
    asked: list[tuple[str, datetime]] = field(default_factory=list)
    titles: list[str | None] = field(default_factory=list)  # of the profiles, when it was asked
    failures: list[BaseException] = field(default_factory=list)  # raised by the next calls, after "briefed"

    def __call__(self, profile: Profile, due: datetime, reached: Callable[[Stage], None]) -> RunResult:
        self.asked.append((profile.name, due))
        self.titles.append(profile.title)
        reached("briefed")
        if self.failures:
            raise self.failures.pop(0)
        self.clock.now += timedelta(minutes=self.minutes)
        reached("merged")
        name = f"{profile.name}-{due:%Y-%m-%d-%H%M}.json"
        return RunResult(
            f"{profile.name} of {due:%d %B}", (Output(name, "application/json", b"{}"),), b"Subject: x\r\n\r\n"
        )

    @property
    def dues(self) -> list[str]:
        return [f"{due:%d %H:%M}" for _, due in self.asked]


@dataclass
class FakeApproval(FakeJob):
    """A job whose digests need approval; *decisions* are the answers of the next releases, the last one for good."""

    decisions: list[str] = field(default_factory=lambda: ["approved by ann"])  # "held: REASON" if it is held
    released: list[datetime] = field(default_factory=list)  # when it was asked to

    def prepare(self, profile: Profile, due: datetime, reached: Callable[[Stage], None]) -> RunResult:
        return replace(self(profile, due, reached), outputs=(), email=None)

    def release(self, profile: Profile, due: datetime) -> tuple[RunResult, ToSend] | Held:
        self.released.append(self.clock())
        decision = self.decisions.pop(0) if len(self.decisions) > 1 else self.decisions[0]
        if decision.startswith("held: "):
            return Held(decision.removeprefix("held: "))
        made = FakeJob(FakeClock(self.clock.now, self.clock.now))(profile, due, lambda _stage: None)
        return made, ToSend(DIGEST, "0" * 64, 0, decision)


@dataclass
class FakeChannel:
    """Takes parcels, or raises the errors of the script."""

    target: str = "fake a"
    recipients: tuple[str, ...] = ("a",)
    news_only: bool = True
    answers: list[Receipt | BriefingError] = field(default_factory=list)  # of the next hand-overs; then all is taken
    taken: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)  # key and recipients
    tried: list[datetime] = field(default_factory=list)
    clock: Callable[[], datetime] | None = None

    def describe(self, parcel: Parcel | None = None) -> tuple[str, ...]:
        return (f"give {parcel.result.title if parcel else 'it'} to {self.target}",)

    def send(self, parcel: Parcel, recipients: Sequence[str]) -> Receipt:
        if self.clock is not None:
            self.tried.append(self.clock())
        answer = self.answers.pop(0) if self.answers else Receipt()
        if isinstance(answer, BriefingError):
            raise answer
        refused = {refusal.recipient for refusal in answer.refused}
        self.taken.append((parcel.key(self.target), tuple(name for name in recipients if name not in refused)))
        return answer
