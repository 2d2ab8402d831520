"""Find the parts of a sentence that may replace it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from briefing.extraction.lines.speaking_turns import is_telling
from briefing.language.analysis import Analysis, Attribution, SentenceSpan
from briefing.language.syntax import FINITE, SUBJECTS, TENSED

_PAUSES = frozenset({",", ";", ":", "-", "–", "—", "--"})
_MARKS = frozenset({'"', "'", "“", "”", "‘", "’", "„", "«", "»", "`", "``", "''"})


def part_of(sentence: SentenceSpan, tokens: Sequence[Token]) -> SentenceSpan:
    """Return the part of a sentence between its first and last word in *tokens*, without an opening "that"."""
    first, last = 0, len(tokens)
    while first < last and (_is_edge(tokens[first]) or _is_that(tokens[first])):
        first += 1
    while first < last and _is_edge(tokens[last - 1]):
        last -= 1
    if first == last:
        return sentence
    head, final = tokens[first], tokens[last - 1]
    return replace(sentence, start=head.idx, end=final.idx + len(final), first=head.i, last=final.i + 1)


def reported_clauses(
    analysis: Analysis, sentence: SentenceSpan, attribution: Attribution
) -> Iterator[tuple[Token, ...]]:
    """Yield the parts of a sentence that an attribution reports, if they are clauses with a subject."""
    for piece in attribution.content:
        inside = tuple(t for t in analysis.tokens_of(sentence) if piece.start <= t.idx and t.idx + len(t) <= piece.end)
        held = {token.i for token in inside}
        roots = (token for token in inside if token.head.i not in held or token.dep_ == "ROOT")
        if any(
            child.dep_ in (*SUBJECTS, "expl") and child.i in held
            for root in roots
            if _is_finite(root)
            for child in root.lefts
        ):
            yield inside


def without_report(analysis: Analysis, sentence: SentenceSpan, attributions: Iterable[Attribution]) -> SentenceSpan:
    """Return a sentence without its final "he said on Friday"; other verbs, as "alleged", say more and stay.

    *attributions* are the attributions whose cue is in the sentence.
    """
    for attribution in attributions:
        cue = final_cue(analysis, sentence, attribution)
        for clause in reported_clauses(analysis, sentence, attribution) if cue is not None and is_telling(cue) else ():
            said = part_of(sentence, clause)
            return replace(sentence, end=said.end, last=said.last)
    return sentence


def final_cue(analysis: Analysis, sentence: SentenceSpan, attribution: Attribution) -> Token | None:
    """Return the cue of a report that only ends the sentence: the "said" of "..., police said"; None for any other."""
    if attribution.cue_token is None or attribution.source is None:
        return None
    cue = analysis.doc[attribution.cue_token]
    continues = any(child.dep_ in ("advcl", "conj", "ccomp", "xcomp") and child.i > cue.i for child in cue.children)
    follows = max(piece.end for piece in attribution.content) <= min(attribution.source.start, cue.idx)
    return cue if follows and not continues and attribution.content[0].start <= sentence.start + 1 else None


def _is_finite(verb: Token) -> bool:
    """Return True if a verb makes a sentence; False for an infinitive or a participle alone."""
    return verb.tag_ in TENSED or any(child.tag_ in FINITE for child in verb.lefts)


def _is_that(token: Token) -> bool:
    return token.dep_ == "mark" and token.lower_ == "that"


def _is_edge(token: Token) -> bool:
    return token.is_space or token.text in _PAUSES or token.text in _MARKS
