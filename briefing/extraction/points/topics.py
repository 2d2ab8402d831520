"""What a point is about: the noun phrase that names its matter."""

from collections.abc import Sequence

from spacy.tokens import Token

from briefing.extraction.scoring.model import ScoredArticle
from briefing.language.analysis import Analysis, Range
from briefing.language.neighbours import token_after, token_before

# Labels of what a topic leaves out: what follows a noun phrase as an aside.
_ASIDES = frozenset({"relcl", "appos", "parataxis", "advcl"})
_NO_HEADS = ("DET", "PRON", "PUNCT", "SPACE", "PART", "CCONJ", "ADP", "SCONJ")
_NO_ENDS = frozenset({"PUNCT", "SPACE", "ADP", "DET", "CCONJ", "SCONJ", "PART"})
_TIMES = ("DATE", "TIME")
_TELLING = frozenset({"amod", "compound", "prep", "nmod", "acl", "conj"})  # what makes a noun say enough alone
_PHRASES = frozenset({"prep", "acl", "xcomp"})
_HYPHENS = frozenset({"-", "‑", "–"})
_OPENING, _CLOSING = "“‘«([\"'", "”’»)]\"'"
_MOST_WORDS = 12


def topic_of(analysis: Analysis, article: ScoredArticle, sentences: Sequence[int]) -> Range | None:
    """Return where these sentences name their matter, or None: the likeliest phrase, of the first sentence if equal."""
    named = sorted(
        (-likely, order, tie.index)
        for order, number in enumerate(sentences)
        for tie, likely in zip(article.ties[number], article.scores.ties[number], strict=True)
        if tie.what == "matter"
    )
    phrases = (noun_phrase(_telling_head(analysis.tokens[head])) for _, _, head in named)
    return next(filter(None, phrases), None)


def _telling_head(head: Token) -> Token:
    """Return the noun that a bare noun completes: "respect" for the "integrity" of "respect for integrity"."""
    if any(child.dep_ in _TELLING for child in head.children) or head.dep_ != "pobj":
        return head
    above = head.head.head
    return above if head.head.dep_ == "prep" and above.pos_ == "NOUN" and head.head.i > above.i else head


def topic_text(analysis: Analysis, topic: Range) -> str:
    """Return a topic as it reads within a sentence: its first word small unless it is a name."""
    text = " ".join(analysis.article.text[topic.start : topic.end].split())
    sentence = analysis.sentence_at(topic.start)
    if sentence is None or sentence.start != topic.start:
        return text
    first = analysis.tokens[sentence.first]
    if first.pos_ == "PROPN" or first.ent_type_ or text[:2].isupper():
        return text
    return text[0].lower() + text[1:]


def noun_phrase(head: Token) -> Range | None:
    """Return a noun phrase without leading determiner and asides; None if nothing is left."""
    dropped = {inner.i for token in head.subtree if _is_aside(token, head) for inner in token.subtree}
    run = _within_marks(_contiguous([token for token in head.subtree if token.i not in dropped], head))
    while run and run[0].i < head.i and run[0].pos_ in _NO_HEADS:
        run = run[1:]
    run = _with_whole_word(run)
    run = _cut_at_phrase(run, head) if len(run) > _MOST_WORDS else run
    while run and (run[-1].pos_ in _NO_ENDS or _parts_word(run[-1])):
        run = run[:-1]
    run = _with_both_marks(run)
    return Range(run[0].idx, run[-1].idx + len(run[-1])) if run else None


def _cut_at_phrase(run: list[Token], head: Token) -> list[Token]:
    """Return the first words of a long run, without the last phrase that begins among them and ends after them."""
    kept = run[:_MOST_WORDS]
    for token in reversed(kept):
        edge = token.left_edge.i
        if token.dep_ in _PHRASES and head.i < edge and token.right_edge.i > kept[-1].i:
            return [word for word in kept if word.i < edge]
    return kept


def _with_whole_word(run: list[Token]) -> list[Token]:
    """Return a run that does not begin within a word with hyphens: all of "not-for-profit"."""
    while run and (before := token_before(run[0])) is not None and not before.whitespace_:
        if not _HYPHENS & {before.text, run[0].text}:
            break
        run = [before, *run]
    return run


def _is_aside(token: Token, head: Token) -> bool:
    if token.i == head.i:
        return False
    is_time = token.dep_ == "prep" and any(word.ent_type_ in _TIMES for word in token.rights)
    is_joined_by_mistake = token.dep_ == "conj" and token.ent_type_ == "PERSON" and token.head.pos_ == "NOUN"
    return token.dep_ in _ASIDES or is_time or is_joined_by_mistake


def _contiguous(tokens: Sequence[Token], head: Token) -> list[Token]:
    """Return the tokens around *head* without a gap between them."""
    held = {token.i: token for token in tokens}
    first = last = head.i
    while first - 1 in held:
        first -= 1
    while last + 1 in held:
        last += 1
    return [held[i] for i in range(first, last + 1)]


def _within_marks(run: list[Token]) -> list[Token]:
    """Return a run up to a closing mark whose opening mark is outside it."""
    opened = 0
    for number, token in enumerate(run):
        if token.tag_ == "POS":
            continue
        if token.text in _OPENING and not (token.text in "'\"" and opened):
            opened += 1
        elif token.text in _CLOSING:
            if not opened:
                return run[:number]
            opened -= 1
    return run


def _with_both_marks(run: list[Token]) -> list[Token]:
    """Return a run with the quotation mark before or after it that belongs to one inside: the first in `"big" plan`."""
    if not run or _is_paired(run):
        return run
    before, after = token_before(run[0]), token_after(run[-1])
    longer = ([before, *run] if before is not None else run, [*run, after] if after is not None else run)
    return next(filter(_is_paired, longer), run)


def _is_paired(run: list[Token]) -> bool:
    marks = [token.text for token in run]
    return marks.count("“") == marks.count("”") and marks.count('"') % 2 == 0


def _parts_word(token: Token) -> bool:
    """Return True if a phrase that ends with a token would end within a word: with the "5" of "5G"."""
    after = token_after(token)
    return after is not None and not token.whitespace_ and after.text[0].isalnum() and token.text[-1].isalnum()
