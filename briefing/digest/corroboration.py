"""Which independent origins a line rests on: those with a sentence that tells the same."""

from collections import defaultdict
from collections.abc import Sequence
from math import ceil

from briefing.digest.members import Member
from briefing.digest.wording import content, held, is_negated, is_unsure, numbers
from briefing.model.brief import Evidence, Sentence

_SHARE = 0.75  # of a line's words that a sentence of another origin must hold
_FEWEST_WORDS = 4  # of a line that can be told again


class Corroboration:
    """Finds the sentences of a story's articles that tell what a line says."""

    def __init__(self, members: Sequence[Member]) -> None:
        """Index the sentences of articles, which come in order, by their words, the latest first."""
        self._origins = {member.id: member.origin for member in members}
        self._sentences: list[tuple[Member, Sentence, str]] = [
            (member, sentence, text) for member in reversed(members) for sentence, text in member.sentences()
        ]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number, (*_, text) in enumerate(self._sentences):
            for word in content(text):
                self._by_word[word].append(number)

    def __call__(self, text: str, evidence: Sequence[Evidence]) -> tuple[tuple[Evidence, ...], int]:
        """Return the evidence of a line, with a sentence of each other origin that tells it, and how many origins.

        Args:
            text: The line.
            evidence: What it rests on already; each piece names its article.
        """
        origins = {self._origins[piece.article or ""] for piece in evidence}
        pieces = list(evidence)
        for number in self._candidates(text):
            member, sentence, said = self._sentences[number]
            if member.origin not in origins and _tells(said, text):
                origins.add(member.origin)
                pieces.append(member.cite_sentence(sentence))
        return tuple(pieces), len(origins)

    def _candidates(self, text: str) -> list[int]:
        """Return the sentences that may hold enough words of a line: they hold one of its rarest."""
        words = sorted(content(text), key=lambda word: (len(self._by_word.get(word, ())), word))
        if len(words) < _FEWEST_WORDS:
            return []
        rarest = words[: len(words) - ceil(_SHARE * len(words)) + 1]
        return sorted({number for word in rarest for number in self._by_word.get(word, ())})


def _tells(sentence: str, line: str) -> bool:
    """Whether a sentence holds what a line says, all its numbers, as sure as the line is, and no other negation."""
    return (
        held(content(line), content(sentence)) >= _SHARE
        and numbers(line) <= numbers(sentence)
        and is_negated(line) == is_negated(sentence)
        and is_unsure(line) == is_unsure(sentence)
    )
