"""A mention of an upcoming event in a single sentence."""

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from briefing.extraction.events.times import TiedTime
from briefing.language.analysis import Analysis, SentenceSpan
from briefing.language.syntax import subject_of
from briefing.model.brief import EventStatus


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention of an upcoming event in one sentence."""

    sentence: SentenceSpan
    verb: Token | None  # the predicate of the event
    noun: Token | None  # the occasion or act
    tied: TiedTime | None
    status: EventStatus
    status_reason: str  # the reason for the status
    rule: str  # the rule that shows that it is upcoming
    weak: bool = False  # "ahead of the summit": counts only if another sentence mentions the event
    separate: bool = False  # an action at an occasion that is a separate event

    @property
    def head(self) -> Token:
        """Return the noun of an occasion, or the verb."""
        head = self.noun if self.noun is not None else self.verb
        if head is None:
            raise ValueError("a candidate has neither a verb nor a noun")
        return head

    @property
    def subject(self) -> Token | None:
        """Return the subject: the occasion itself if a clause describes it, or the subject of the predicate."""
        if self.verb is None or (self.noun is not None and self.noun.i < self.verb.i):
            return self.noun
        return subject_of(self.verb)


@dataclass(frozen=True, slots=True)
class Context:
    """An article, and the words to which its times are tied."""

    analysis: Analysis
    tied: Mapping[int, tuple[TiedTime, ...]]
    dated: bool  # the publication date is known
