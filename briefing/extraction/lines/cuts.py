"""Find what a sentence can do without: connectives, asides, settings of speech, added clauses; not who says it."""

import re
from collections.abc import Collection, Iterator

from spacy.tokens import Span, Token

from briefing.language.analysis import Analysis, Attribution, Range, SentenceSpan
from briefing.language.neighbours import token_after, token_before
from briefing.language.syntax import SUBJECTS
from briefing.runtime.lexicon import word_set

# "(the upper house)"; not "(IAEA)", because the text may use the abbreviation again.
_ASIDE = re.compile(r"\s?\((?![A-Z][\w&.-]{1,9}\))[^()]{2,120}\)")
_LONGEST_PHRASE = 30  # characters of a connective
_LONG_APPOSITION = 8  # in words; a shorter one identifies a person
_LONG_CLAUSE = 4
_LONGEST_SETTING = 6  # words of "at the beginning of the talks"
_POINTING = word_set(__name__, "pointing")
_FAR = 60  # at most so many words of a clause, or after it, are searched
_DEEPEST = 12  # steps up from a word to its subject
_PAUSES = frozenset({",", ";", ":", "-", "–", "—", "--"})
_MARKS = frozenset({'"', "'", "“", "”", "‘", "’", "„", "«", "»", "`", "``", "''"})


def light_cuts(analysis: Analysis, sentence: SentenceSpan, attributions: tuple[Attribution, ...]) -> Iterator[Range]:
    """Yield cuts for any sentence: opening connectives, "also", asides in parentheses, settings.

    A conjunction at the end goes, too. *attributions* are the attributions whose cue is in the sentence.
    """
    opening = opening_connective(analysis, sentence) or _opening_setting(analysis, sentence)
    if opening is not None:
        yield opening
    for token in analysis.tokens[sentence.first + 1 : sentence.last]:
        before = token_before(token)
        if token.lower_ != "also" or token.dep_ != "advmod" or before is None:
            continue
        if before.dep_ not in ("cc", "preconj", "neg"):
            yield Range(token.idx - len(before.whitespace_), token.idx + len(token))
    for match in _ASIDE.finditer(analysis.article.text, sentence.start, sentence.end):
        yield Range(*match.span())
    dangling = _dangling_conjunction(analysis, sentence)
    if dangling is not None:
        yield dangling
    for attribution in attributions:
        yield from _attribution_cuts(analysis, sentence, attribution)


def _dangling_conjunction(analysis: Analysis, sentence: SentenceSpan) -> Range | None:
    """Return the "; and" at the end of an item of a list, which joins it to the next one."""
    last = analysis.tokens[sentence.last - 1]
    if last.pos_ != "CCONJ" or sentence.last - sentence.first < 3:
        return None
    before = token_before(last)
    first = before if before is not None and before.text in _PAUSES else last
    return Range(first.idx, last.idx + len(last))


def deep_cuts(analysis: Analysis, sentence: SentenceSpan) -> Iterator[Range]:
    """Yield cuts: relative clauses and long appositions between commas, and the opening "Speaking in Vienna, "."""
    doc = analysis.doc
    for token in analysis.tokens_of(sentence):
        if token.dep_ == "advcl" and token.lower_ in ("speaking", "talking") and token.i == sentence.first:
            after = token.right_edge.i + 1
            if after < sentence.last and doc[after].text == ",":
                yield Range(sentence.start, doc[after].idx + 1)
        if token.dep_ not in ("relcl", "appos"):
            continue
        if any(child.dep_ == "neg" or child.lower_ in ("will", "wo") for child in token.children):
            continue  # a denial or an announcement is news
        if token.dep_ == "appos" and token.ent_type_ == "PERSON":
            continue  # it identifies a person, or is the subject itself after an opening phrase
        if (token.dep_ == "appos" and _lists_people(token)) or _introduces(token, sentence):
            continue
        first, final = token.left_edge, token.right_edge
        least = _LONG_APPOSITION if token.dep_ == "appos" else _LONG_CLAUSE
        if first.i > sentence.first + 1 and final.i + 1 < sentence.last and final.i - first.i + 1 >= least:
            yield from _between_commas(doc[first.i - 1], doc[final.i + 1], token)


def _lists_people(apposition: Token) -> bool:
    """Return True if an apposition is the rest of a list of people, which must stay complete."""
    inside = _words_of(apposition)
    joined = any(token.text == "," or token.lower_ == "and" for token in inside)
    return joined and any(token.ent_type_ == "PERSON" for token in inside)


def _words_of(head: Token) -> Span:
    """Return the first words of the subtree of a word."""
    return head.doc[head.left_edge.i : min(head.right_edge.i + 1, head.left_edge.i + _FAR)]


def _introduces(added: Token, sentence: SentenceSpan) -> bool:
    """Return True if a clause introduces a later word: "who fell into a well, ... the well is empty"."""
    new = {token.lemma_ for token in _words_of(added) if any(child.lower_ in ("a", "an") for child in token.lefts)}
    after = added.doc[added.right_edge.i + 1 : min(added.right_edge.i + _FAR, sentence.last)] if new else ()
    return any(token.lemma_ in new and any(child.lower_ == "the" for child in token.lefts) for token in after)


def opening_connective(analysis: Analysis, sentence: SentenceSpan, openings: Collection[str] = ()) -> Range | None:
    """Return "However, " at the head of a sentence; "But " and "And " need no comma.

    *openings* are words and phrases in small letters; by default, those that tie a sentence to the last one.
    """
    text = analysis.article.text[sentence.start : sentence.start + _LONGEST_PHRASE]
    opening, comma, _ = text.partition(",")
    if sentence.last - sentence.first < 3:
        return None
    if comma and opening.lower() in (openings or word_set(__name__, "connectives", "connective_phrases")):
        return Range(sentence.start, sentence.start + len(opening) + len(comma))
    token = analysis.doc[sentence.first]
    after = token_after(token)
    bare = token.dep_ == "cc" and token.lower_ in ("and", "but")
    return Range(sentence.start, after.idx) if bare and after is not None else None


def _opening_setting(analysis: Analysis, sentence: SentenceSpan) -> Range | None:
    """Return "During the meeting, " at the head of a sentence: a talk without a name."""
    first = analysis.doc[sentence.first]
    if first.dep_ != "prep" or first.head.i < first.i or first.lower_ not in word_set(__name__, "before_occasion"):
        return None
    phrase = list(first.subtree)
    after = phrase[-1].i + 1
    if len(phrase) > _LONGEST_SETTING or after >= sentence.last or analysis.doc[after].text != ",":
        return None
    plain = not any(token.pos_ in ("PROPN", "NUM") or token.lower_ in _POINTING for token in phrase)
    noun = next((child for child in first.children if child.dep_ == "pobj"), None)
    if not plain or noun is None or noun.lemma_.lower() not in word_set(__name__, "occasions"):
        return None
    return Range(sentence.start, analysis.doc[after].idx + 1)


def _attribution_cuts(analysis: Analysis, sentence: SentenceSpan, attribution: Attribution) -> Iterator[Range]:
    """Yield "in an interview with ..." at the end of a sentence that is reported."""
    if attribution.cue_token is None or attribution.source is None:
        return
    cue = analysis.doc[attribution.cue_token]
    if max(piece.end for piece in attribution.content) > min(attribution.source.start, cue.idx):
        return
    setting = _setting(cue)
    if setting is not None and setting.end <= sentence.end:
        yield setting


def _setting(cue: Token) -> Range | None:
    """Return "in an interview with ..." if it depends on the verb of saying, with the comma before it."""
    if cue.dep_ == "prep":  # "according to a letter" is needed whole
        return None
    for child in cue.rights:
        objects = [word for word in child.children if word.dep_ == "pobj"] if child.dep_ == "prep" else []
        before, final = token_before(child), child.right_edge
        if before is not None and objects and objects[0].lemma_.lower() in word_set(__name__, "speech_settings"):
            return Range(before.idx + len(before), final.idx + len(final))
    return None


def _between_commas(before: Token, after: Token, added: Token) -> Iterator[Range]:
    """Yield the text between two commas, or between a comma and the stop, with the commas that become superfluous."""
    if before.text != "," or after.text not in (",", "."):
        return
    following = token_after(after)
    if after.text == "," and following is not None and following.pos_ in ("ADV", "ADJ"):
        return  # the text after it may belong to the clause: "..., whose votes are enough, easily, to win"
    if after.text == ".":
        yield Range(before.idx, after.idx)
    else:
        # No comma belongs between a subject and its verb.
        yield Range(before.idx, after.idx + 1 if _is_subject_before(added.head, after) else after.idx)


def _is_subject_before(noun: Token, comma: Token) -> bool:
    """Return True if *noun* is a subject, or part of one, whose verb comes after *comma*."""
    for _ in range(_DEEPEST):
        if noun.dep_ in SUBJECTS:
            return noun.head.i > comma.i
        if noun.head.i == noun.i or noun.head.i > comma.i:
            return False
        noun = noun.head
    return False


def connectives() -> frozenset[str]:
    """Return the adverbs that link a sentence to the last one."""
    return word_set(__name__, "connectives")
