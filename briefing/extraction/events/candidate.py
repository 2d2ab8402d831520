"""What a single sentence tells of an upcoming event."""

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from briefing.extraction.events.syntax import subject_of
from briefing.extraction.events.times import TiedTime
from briefing.language.analysis import Analysis, SentenceSpan
from briefing.model.brief import EventStatus


@dataclass(frozen=True, slots=True)
class Candidate:
    """An upcoming event as one sentence tells it."""

    sentence: SentenceSpan
    verb: Token | None  # the predicate that tells it
    noun: Token | None  # the occasion or act that it is
    tied: TiedTime | None
    status: EventStatus
    because: str  # what makes the status
    rule: str  # what puts it ahead
    weak: bool = False  # "ahead of the summit": counts only beside another telling
    apart: bool = False  # what is done at an occasion that is an event of its own

    @property
    def head(self) -> Token:
        """The noun of an occasion, else the verb."""
        head = self.noun if self.noun is not None else self.verb
        if head is None:
            raise ValueError("a candidate has neither a verb nor a noun")
        return head

    @property
    def subject(self) -> Token | None:
        """Who or what does it: the occasion itself where a clause tells of it, else the subject of the predicate."""
        if self.verb is None or (self.noun is not None and self.noun.i < self.verb.i):
            return self.noun
        return subject_of(self.verb)


@dataclass(frozen=True, slots=True)
class Context:
    """An article and which words its times are tied to."""

    analysis: Analysis
    tied: Mapping[int, tuple[TiedTime, ...]]
    dated: bool  # the day of publication is known
