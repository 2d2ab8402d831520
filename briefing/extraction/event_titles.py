"""A line that names an upcoming event, in the words of the article."""

from collections.abc import Sequence

from spacy.tokens import Token

from briefing.extraction.event_candidates import Candidate
from briefing.extraction.event_words import subject_of
from briefing.grounding import Inserted, Line, compose, first_ungrounded_word
from briefing.language.analysis import Analysis

# Words of a title, at most.
_LONGEST = 16


def title_of(candidates: Sequence[Candidate], analysis: Analysis) -> Line | None:
    """Return the best title that the tellings of an event allow; None where none is grounded."""
    lines = [line for candidate in candidates if (line := _title(candidate, analysis))]
    return lines[0] if lines else None


def _title(candidate: Candidate, analysis: Analysis) -> Line | None:
    noun = candidate.noun
    tokens = _noun_phrase(noun) if noun is not None else _clause(candidate.verb) if candidate.verb is not None else []
    if not tokens:
        return None
    doc = analysis.doc
    text = doc[tokens[0].i : tokens[-1].i + 1].text
    line = compose([text])
    evidence = analysis.sentence_evidence(candidate.sentence).text
    return line if first_ungrounded_word(line.text, line.insertions, [evidence]) is None else None


def _noun_phrase(noun: Token) -> list[Token]:
    last = noun
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "between", "with", "on", "for", "to"):
            last = child.right_edge
        else:
            break
    return list(noun.doc[noun.left_edge.i : last.i + 1])


def _clause(verb: Token) -> list[Token]:
    subject = subject_of(verb)
    first = subject.left_edge if subject is not None and subject.i < verb.i else verb.left_edge
    return list(verb.doc[first.i : verb.right_edge.i + 1])
