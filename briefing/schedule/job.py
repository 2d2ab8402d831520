"""What a schedule asks of the one who makes the digest."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal, Protocol

from briefing.model.runs import RunResult
from briefing.profile.profile import Profile

Stage = Literal["briefed", "merged"]


class StopRequest(BaseException):
    """Raised within a job where it reports a stage and the process is to end; a job lets it pass."""


class DigestJob(Protocol):
    """Makes the digest of a profile for a due instant.

    It may be killed at any point and is then called again with the same arguments. So what it stores must be stored
    once, however often it is called: what it keeps of the digest goes by (profile, due), and "the last digest" is the
    last one whose due instant is earlier.
    """

    def __call__(self, profile: Profile, due: datetime, reached: Callable[[Stage], None]) -> RunResult:
        """Return the digest of what was published up to *due*, in every format that is delivered.

        Args:
            profile: What the digest holds and how it looks.
            due: The instant of the run, in the time zone of the schedule; it stands for "now".
            reached: Called with "briefed" once all articles are fetched and briefed, and with "merged" once they are
                merged; it may raise StopRequest.

        Raises:
            BriefingError: There is no digest, and trying again would not help.
        """
