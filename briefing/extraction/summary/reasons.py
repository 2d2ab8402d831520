"""Explain a line of the summary: the parts of the objective, the cuts, and the brackets."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from briefing.extraction.explanation import Reason
from briefing.extraction.lines.brackets import Naming
from briefing.extraction.lines.writer import LineWriter
from briefing.extraction.summary.ranking import RankedSentence, Ranking
from briefing.extraction.summary.traits import TRAITS
from briefing.language.analysis import Analysis, Range, SentenceSpan
from briefing.model.brief import Statement

_CONCEPTS = 4  # the weightiest concepts, at most so many, are shown


class Chosen(NamedTuple):
    """A sentence that the objective chose."""

    ranked: RankedSentence
    turn: int  # 1 for the first choice
    new: Mapping[int, str]  # concepts that no earlier choice has, by token


def chosen_reasons(analysis: Analysis, ranking: Ranking, chosen: Chosen) -> Iterator[Reason]:
    """Yield what a sentence added to the objective, in per cent of the article, and its weightiest concepts."""
    ranked, weights = chosen.ranked, ranking.weights
    first = {concept: token for token, concept in sorted(chosen.new.items(), reverse=True)}
    gain = ranking.weight(first)
    parts = [f"{len(first)} concepts {gain:+.1f}", f"place {ranked.place:+.1f}"]
    parts += [f"lead {ranked.lead:+.1f}"] if ranked.lead else []
    parts += [f"{trait} {TRAITS[trait]:+.1f}" for trait in ranked.traits]
    where = "first here" if chosen.turn > 1 else "here"
    yield Reason("rule", f"chosen as number {chosen.turn}, worth {gain + ranked.prior:.1f}: {', '.join(parts)}")
    best = sorted(first, key=lambda concept: (-weights[concept], first[concept]))[:_CONCEPTS]
    for concept in best:
        token = analysis.doc[first[concept]]
        yield Reason("concept", f"{weights[concept]:.1f}, {where}:", token.idx, token.idx + len(token))
    if not best:
        yield Reason("sentence", "", ranked.sentence.start, ranked.sentence.end)


def wording_reasons(
    writer: LineWriter, sentence: SentenceSpan, cuts: Sequence[Range], known: Collection[int], line: Statement
) -> Iterator[Reason]:
    """Yield the cuts of a line and the names in its brackets."""
    light = writer.cuts(sentence)
    for cut in cuts:
        why = "left out, as always:" if cut in light else "left out to be short:"
        yield Reason("cut", why, cut.start, cut.end)
    inserted = [line.text[one.start : one.end].strip() for one in line.insertions]
    for bracket in writer.brackets(sentence, Naming(known), cuts):
        if bracket.written.strip() in inserted:
            yield Reason("bracket", f"{bracket.written.strip()} for the {bracket.form}", *bracket.words)
