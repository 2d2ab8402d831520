"""The line that states a point: the clause of its cue, its subject named, the attribution left off."""

from collections.abc import Sequence

from spacy.tokens import Span, Token

from briefing.extraction.position_cues import Cue
from briefing.extraction.position_parties import Speech
from briefing.grounding import Inserted, Line, compose, first_ungrounded_word
from briefing.language.analysis import Analysis, SentenceSpan

_MOST_WORDS = 35
_CLAUSES = frozenset({"ROOT", "ccomp", "conj", "parataxis", "advcl", "relcl"})
_OPENERS = frozenset(
    {
        "and",
        "but",
        "however",
        "also",
        "meanwhile",
        "then",
        "so",
        "yet",
        "moreover",
        "instead",
        ",",
        ";",
        ":",
        "-",
        "–",
        "—",
    }
)
_MARKS = "\"'“”‘’„«»` \t\n\r\xa0"


def statement_of(cue: Cue, analysis: Analysis, speech: Speech) -> Line:
    """Return the shortest stretch around a cue that reads well alone; its whole sentence where none does."""
    sentence = analysis.sentence_of(cue.token.i)
    if sentence is None:
        return Line(cue.token.text, ())
    source = analysis.article.text[sentence.start : sentence.end]
    for tokens in _stretches(cue, analysis, speech, sentence):
        line = _line(tokens, analysis)
        if line.text and first_ungrounded_word(line.text, line.insertions, (source,)) is None:
            return line
    return Line(" ".join(source.split()), ())


def _stretches(cue: Cue, analysis: Analysis, speech: Speech, sentence: SentenceSpan) -> list[Sequence[Token]]:
    """Return candidate runs of tokens: the attributed content, the sentence, the clause, whichever is short enough."""
    whole = analysis.span(sentence)
    runs: list[Sequence[Token]] = []
    attribution = speech.by_token.get(cue.token.i)
    if attribution is not None:
        for stretch in attribution.content:
            if stretch.start <= cue.token.idx < stretch.end:
                start, end = max(stretch.start, sentence.start), min(stretch.end, sentence.end)
                inside = [token for token in whole if start <= token.idx and token.idx + len(token) <= end]
                if _has_subject(inside):
                    runs.append(inside)
    runs.append(list(whole))
    runs.append(_clause(cue, whole))
    short = [run for run in runs if 4 <= _length(run) <= _MOST_WORDS]
    return short or [list(whole)]


def _length(run: Sequence[Token]) -> int:
    return sum(not (token.is_punct or token.is_space) for token in run)


def _has_subject(run: Sequence[Token]) -> bool:
    return any(token.dep_ in ("nsubj", "nsubjpass", "expl") and token.head.dep_ in ("ROOT", "ccomp") for token in run)


def _clause(cue: Cue, whole: Span) -> Sequence[Token]:
    """Return the clause around the cue that has a subject of its own, cut at asides that stand after it."""
    node = cue.predicate
    while node.dep_ != "ROOT" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in node.lefts):
        node = node.head
    inside = sorted(token.i for token in node.subtree if whole.start <= token.i < whole.end)
    cut = {
        token.i
        for child in node.rights
        if child.dep_ in ("advcl", "parataxis", "conj") and not _holds(child, cue.token)
        for token in child.subtree
    }
    run: list[Token] = []
    for i in range(inside[0], inside[-1] + 1):
        if i in cut and i > cue.token.i:
            break
        run.append(whole.doc[i])
    while run and (run[-1].is_punct or run[-1].pos_ in ("CCONJ", "SCONJ", "ADP")):
        run.pop()
    return run


def _holds(node: Token, token: Token) -> bool:
    return node.i == token.i or node.is_ancestor(token)


def _line(tokens: Sequence[Token], analysis: Analysis) -> Line:
    run = list(tokens)
    while run and (run[0].lower_ in _OPENERS or run[0].is_space or run[0].text in _MARKS or run[0].lower_ == "that"):
        run = run[1:]
    while run and (run[-1].is_space or run[-1].text in (",", ";", ":", "-", "–", "—") or run[-1].text in _MARKS):
        run = run[:-1]
    if not run:
        return Line("", ())
    pieces: list[str] = []
    named: set[int] = set()
    for token in run:
        replacement = _name_for(token, analysis, named)
        named.update(analysis.referents.get(token.i, ()))
        if replacement is not None:
            pieces.append(Inserted(replacement))
            pieces.append(token.whitespace_)
        else:
            pieces.append(" " if token.is_space else token.text_with_ws)
    return _tidy(compose(pieces))


def _name_for(token: Token, analysis: Analysis, named: set[int]) -> str | None:
    """Return "[Russia]" for a pronoun whose entity the line has not yet named."""
    if token.pos_ != "PRON" or token.dep_ not in ("nsubj", "nsubjpass", "poss"):
        return None
    entities = analysis.referents.get(token.i, ())
    if not entities or any(index in named for index in entities):
        return None
    name = " and ".join(analysis.entities[index].name for index in entities)
    if token.dep_ == "poss":
        return f"[{name}’s]"
    return f"[{name}]"


def _tidy(line: Line) -> Line:
    text = line.text
    trimmed = text.rstrip()
    if trimmed and trimmed[-1] not in ".!?…":
        return Line(trimmed, line.insertions)
    return Line(trimmed, line.insertions)
