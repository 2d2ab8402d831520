"""Count the independent origins of a line: those with a sentence that states the same."""

from collections import defaultdict
from collections.abc import Sequence
from math import ceil

from briefing.digest.members import Member
from briefing.digest.wording import containment, content, is_hedged, is_negated, numbers
from briefing.model.brief import Evidence, Sentence

_SHARE = 0.75  # share of the words of a line that a sentence of another origin must hold
_FEWEST_WORDS = 4  # shorter lines are not compared


class Corroboration:
    """Find sentences in the articles of a story that state the same as a line."""

    def __init__(self, members: Sequence[Member]) -> None:
        """Index the sentences of articles by their words; *members* are in order, and the latest come first."""
        self._origins = {member.id: member.origin for member in members}
        self._sentences: list[tuple[Member, Sentence, str]] = [
            (member, sentence, text) for member in reversed(members) for sentence, text in member.sentences()
        ]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number, (*_, text) in enumerate(self._sentences):
            for word in content(text):
                self._by_word[word].append(number)

    def __call__(self, text: str, evidence: Sequence[Evidence]) -> tuple[tuple[Evidence, ...], int]:
        """Return the evidence of a line with a sentence of each corroborating origin, and the number of origins.

        Args:
            text: The line.
            evidence: The evidence so far; each piece names its article.
        """
        origins = {self._origins[piece.article or ""] for piece in evidence}
        pieces = list(evidence)
        for number in self._candidates(text):
            member, sentence, said = self._sentences[number]
            if member.origin not in origins and _states(said, text):
                origins.add(member.origin)
                pieces.append(member.cite_sentence(sentence))
        return tuple(pieces), len(origins)

    def _candidates(self, text: str) -> list[int]:
        """Return the sentences that hold one of the rarest words of a line; only they can hold enough words."""
        words = sorted(content(text), key=lambda word: (len(self._by_word.get(word, ())), word))
        if len(words) < _FEWEST_WORDS:
            return []
        rarest = words[: len(words) - ceil(_SHARE * len(words)) + 1]
        return sorted({number for word in rarest for number in self._by_word.get(word, ())})


def _states(sentence: str, line: str) -> bool:
    """Return True if a sentence has enough words of a line, all its numbers, and equal negation and certainty."""
    return (
        containment(content(line), content(sentence)) >= _SHARE
        and numbers(line) <= numbers(sentence)
        and is_negated(line) == is_negated(sentence)
        and is_hedged(line) == is_hedged(sentence)
    )
