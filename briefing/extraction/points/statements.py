"""The line that states a point: the clause of its cue, its subject named, the attribution left off."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from briefing.evidence.grounding import Line
from briefing.extraction.lines.brackets import Naming
from briefing.extraction.lines.cuts import opening_connective, part_of, reported_clauses
from briefing.extraction.lines.writer import LineWriter
from briefing.extraction.points.lists import LEXICON
from briefing.extraction.points.parties.sides import Speech
from briefing.extraction.points.polarity import Cue
from briefing.language.analysis import Analysis, Entity, SentenceSpan
from briefing.runtime.lexicon import word_set

_MOST_WORDS = 35
_LEAST_WORDS = 4
_RELATIVE = frozenset({"WDT", "WP"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})


def statement_of(cue: Cue, analysis: Analysis, speech: Speech, joint: tuple[Entity, ...] = ()) -> Line:
    """Return the shortest stretch around a cue that reads well alone; its whole sentence where none does.

    *joint* are the parties who are meant by a "we" or "they" that holds the position.
    """
    sentence = analysis.sentence_of(cue.token.i)
    if sentence is None:
        return Line(cue.token.text, ())
    part = part_of(sentence, _stretch(cue, analysis, speech, sentence))
    opening = opening_connective(analysis, part, word_set(LEXICON, "connectives"))
    meant = {token.i: joint for token in cue.predicate.lefts if joint and _means_all(token, analysis)}
    naming = Naming(thorough=True, last=cue.token.i, meant=meant, speakers=joint)
    return LineWriter(analysis).line(part, naming=naming, cuts=(opening,) if opening else (), whole=False)


def _means_all(token: Token, analysis: Analysis) -> bool:
    """Say whether a word means all that hold a position: "we", or a "they" that nothing else explains."""
    they = token.lower_ == "they" and bool(token.is_sent_start) and token.i not in analysis.referents
    return token.dep_ in _SUBJECTS and (token.lower_ == "we" or they)


def _stretch(cue: Cue, analysis: Analysis, speech: Speech, sentence: SentenceSpan) -> Sequence[Token]:
    """Return what stands for the sentence: what is said, else the sentence, else the clause.

    What is turned by a word before it, as by "denied that", would say the opposite without that word, and a reproach
    would be told as fact without its source: they stay whole.
    """
    whole = analysis.span(sentence)
    if cue.flipped or cue.kind in ("harm", "obligation"):
        return list(whole)
    runs = (*_said(cue, analysis, speech, sentence), list(whole), *_clause(cue, whole))
    return next((run for run in runs if _LEAST_WORDS <= _length(run) <= _MOST_WORDS), list(whole))


def _said(cue: Cue, analysis: Analysis, speech: Speech, sentence: SentenceSpan) -> Iterator[Sequence[Token]]:
    """Yield the part of an attribution's content that holds the cue, where it is a clause."""
    attribution = speech.by_token.get(cue.token.i)
    if attribution is None or attribution.cue in word_set(LEXICON, "wanting"):
        return  # what somebody wants is no sentence: "wants the envoy recalled"
    yield from (run for run in reported_clauses(analysis, sentence, attribution) if cue.token in run)


def _length(run: Sequence[Token]) -> int:
    return sum(not (token.is_punct or token.is_space) for token in run)


def _clause(cue: Cue, whole: Span) -> Iterator[Sequence[Token]]:
    """Yield the clause around the cue that has a subject of its own, cut at the clauses that stand after it.

    A relative clause whose object stands before it says too little alone: "which the council backed".
    """
    node = cue.predicate
    while node.dep_ != "ROOT" and not any(child.dep_ in _SUBJECTS for child in node.lefts):
        node = node.head
    if node.dep_ == "relcl" and not any(child.dep_ in _SUBJECTS and child.tag_ in _RELATIVE for child in node.lefts):
        return
    inside = [token.i for token in node.subtree if whole.start <= token.i < whole.end]
    cut = {
        token.i
        for child in node.rights
        if child.dep_ in ("advcl", "parataxis", "conj") and not (child.i == cue.token.i or child.is_ancestor(cue.token))
        for token in child.subtree
    }
    run: list[Token] = []
    for i in range(min(inside), max(inside) + 1):
        if i in cut and i > cue.token.i:
            break
        run.append(whole.doc[i])
    opening = next((number for number, token in enumerate(run) if _opens(token, node)), -1)
    run = run[opening + 1 :]  # "only days after X agreed" says that X agreed
    if len(run) > 1 and run[0].pos_ == "ADP" and run[1].tag_ == "WDT":  # "in which"
        run = run[2:]
    while run and (run[-1].is_punct or run[-1].pos_ in ("CCONJ", "SCONJ", "ADP")):
        run.pop()
    yield run


def _opens(token: Token, verb: Token) -> bool:
    """Say whether a word opens a subordinate clause of a verb: "after", "when"."""
    return token.head.i == verb.i and (token.dep_ == "mark" or (token.dep_ == "advmod" and token.tag_ == "WRB"))
