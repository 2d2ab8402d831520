"""The traits of a sentence that speak for or against it as a line of a summary."""

from collections.abc import Sequence

from spacy.tokens import Token

from briefing.extraction.lines.speaking_turns import is_setting, turn_speakers
from briefing.extraction.lines.statements import is_first_person, is_own_voice, statement_speakers
from briefing.language.analysis import Analysis, SentenceSpan
from briefing.language.factuality import factuality
from briefing.language.neighbours import word_after, word_before
from briefing.language.syntax import ALL_SUBJECTS, AUXILIARIES, FINITE, SUBJECTS
from briefing.runtime.lexicon import word_set

# In per cent of the article's concepts; NEVER outweighs everything that a sentence could gain.
NEVER = -200.0
TRAITS = {
    "to come": 8.0,  # it is about the future
    "before": -3.0,  # it is in the pluperfect, or has "since"
    "first person": -3.0,  # "we" outside quotation marks, of an unknown speaker: a comment, or a lost quotation
    "own voice": -10.0,  # "I" outside quotation marks, of an unknown speaker
    "speech": -4.0,  # most of it is in quotation marks
    "unsourced": NEVER,  # all of it is in quotation marks, without a source
    "question": NEVER,
    "setting": NEVER,  # "he said this in an interview"
    "introducer": NEVER,  # it introduces a quotation with a colon
    "no comment": NEVER,  # "The ministry did not immediately comment"
    "command": NEVER,  # "Report that Peru agreed", "please add a quote"; not in quotation marks
    "label": NEVER,  # "Read more", "* * *", "Photos: ...", a few words
    "verbless": NEVER,  # "Free people of a free country!", "To win the peace."
    "courtesy": -12.0,  # congratulations and thanks, "agreed to maintain contacts"
    "topics only": -4.0,  # the topics of a discussion without its result
    "demonstrative": -3.0,  # "these missiles", which an earlier sentence explains
    "then": -6.0,  # "earlier in the day", "at the time", "two weeks later", seen from an earlier sentence
    "fragment": -3.0,  # less than ten words, or no subject
}

_CLAUSES = frozenset({"ROOT", "ccomp", "conj", "xcomp", "parataxis"})
_DEMONSTRATIVES = word_set(__name__, "demonstratives")
_PLACES = SUBJECTS | {"dobj", "pobj"}
_HEAD = 12  # words at the head of a sentence, where its subject and its time are mostly found
_OPENERS = frozenset({":", "please"})  # before a command
_FEW_WORDS = 9
_FEWEST_WORDS = 5
_FIRST_SENTENCES = 4  # the lead is one of these, after title and stand-first
_NEGATIONS = word_set(__name__, "negations")


def traits_of(
    analysis: Analysis, sentence: SentenceSpan, words: Sequence[Token], quoted: frozenset[int], coming: frozenset[int]
) -> tuple[str, ...]:
    """Return the keys of TRAITS that are true of a sentence.

    Args:
        analysis: The article.
        sentence: The sentence.
        words: Its tokens without punctuation.
        quoted: Tokens in quotation marks.
        coming: Offsets of the times after publication.
    """
    forms = {token.lower_ for token in words}
    unquoted = [token for token in words if token.i not in quoted]
    speaker = turn_speakers(analysis).get(sentence.first)
    stated = sentence.first in statement_speakers(analysis)
    text = analysis.article.text[sentence.start : sentence.end]
    opening = analysis.sentences[:_FIRST_SENTENCES]
    leading = all(one.number is None or one.start >= sentence.start for one in opening)
    predicates = [token for token in words if token.pos_ in ("VERB", "AUX") and _is_main(token)]
    holds = {
        "to come": _is_to_come(words, coming),
        "before": "since" in forms or ("had" in forms and any(map(is_pluperfect, words))),
        "first person": not stated and any(map(is_first_person, unquoted)),
        "own voice": not stated and any(map(is_own_voice, unquoted)),
        "speech": 2 * len(unquoted) < len(words) and speaker is None,
        "unsourced": not unquoted and speaker is None,
        "question": text.rstrip("\"'”’)").endswith("?"),
        "setting": bool(predicates) and all(map(is_setting, predicates)),
        "introducer": text.endswith((":", ";", ",")),
        "no comment": any(map(_is_no_comment, words)),
        "command": is_command(unquoted),
        "label": _is_label(text, words),
        "verbless": not _has_tense(words) and not (sentence in opening and _is_likely_prose(text, words)),
        "courtesy": bool(predicates) and all(map(_is_courtesy, predicates)),
        "topics only": bool(predicates) and all(map(_names_topics_only, predicates)),
        "demonstrative": not leading and not forms.isdisjoint(_DEMONSTRATIVES) and any(map(_is_unexplained, unquoted)),
        "then": not leading and any(map(_is_relative_time, words[:_HEAD])),
        "fragment": len(words) < _FEW_WORDS or _has_no_subject(words),
    }
    return tuple(trait for trait in TRAITS if holds[trait])


def is_command(words: Sequence[Token]) -> bool:
    """Return True if a sentence tells its reader what to do: "Write", "Now write", "please write"."""
    return any(
        word.tag_ in ("VB", "VBP") and word.pos_ == "VERB" and (word == words[0] or word_before(word) in _OPENERS)
        for word in words
    ) or any(
        word.dep_ == "ROOT" and word.tag_ == "VB" and not any(c.dep_ in ALL_SUBJECTS | AUXILIARIES for c in word.lefts)
        for word in words
    )


def is_pluperfect(token: Token) -> bool:
    """Return True if a token is the "had" of "had signed"."""
    return token.lower_ == "had" and token.dep_ == "aux" and token.head.tag_ == "VBN"


def _is_to_come(words: Sequence[Token], coming: frozenset[int]) -> bool:
    """Return True if a sentence names a future time, or a main clause has "will", or "to" after "is expected"."""
    return any(word.idx in coming for word in words) or any(
        word.dep_ == "aux"
        and word.tag_ in ("MD", "TO")
        and word.head.dep_ in _CLAUSES
        and factuality(word.head).modality == "future"
        for word in words
    )


def _is_main(token: Token) -> bool:
    """Return True if a verb is the predicate of the sentence, or coordinated with it."""
    return token.dep_ == "ROOT" or (token.dep_ == "conj" and token.head.dep_ == "ROOT")


def _is_no_comment(word: Token) -> bool:
    """Return True if a word is the "comment" or "respond" of a refusal to comment."""
    if word.lemma_ not in word_set(__name__, "answering") or word.pos_ != "VERB":
        return False
    near = {child.lower_ for child in word.children}
    return word.head.lemma_ in ("decline", "refuse") or ("immediately" in near and bool(near & _NEGATIONS))


def _is_label(text: str, words: Sequence[Token]) -> bool:
    """Return True if a sentence is a caption, a link or a separator."""
    if len(words) < _FEWEST_WORDS or "***" in text or "* *" in text:
        return True
    root = words[0]
    return words[0].lower_.rstrip("s") in word_set(__name__, "captions") and (
        word_after(words[0]) == ":" or root.tag_ == "VB"
    )


def _has_tense(words: Sequence[Token]) -> bool:
    """Return True if a sentence has a finite verb outside relative clauses.

    A predicate with a subject is finite, whatever its tag: "convened" of "We, the ministers of trade, convened".
    """
    return any(
        word.tag_ in FINITE and word.dep_ != "relcl" and (word.dep_ not in AUXILIARIES or word.head.dep_ != "relcl")
        for word in words
    ) or any(word.dep_ in SUBJECTS and word.head.dep_ == "ROOT" and word.head.tag_ in ("VB", "VBN") for word in words)


def _is_likely_prose(text: str, words: Sequence[Token]) -> bool:
    """Return True if a long sentence has a stop and a past form, so that the parser may have missed its verb."""
    past = any(word.tag_ == "VBD" or (word.tag_ == "VBN" and word.dep_ != "relcl") for word in words)
    return past and text.endswith(".") and len(words) > _FEW_WORDS


def _is_courtesy(verb: Token) -> bool:
    """Return True if a predicate congratulates, thanks, welcomes a guest, or agrees to stay in touch."""
    kept = next((child for child in verb.children if child.dep_ == "xcomp"), verb)
    if not word_set(__name__, "courtesies").isdisjoint((verb.lemma_.lower(), kept.lemma_.lower())):
        return True
    if kept.lemma_.lower() in word_set(__name__, "keeping"):
        return not word_set(__name__, "contacts").isdisjoint(_complements(kept))
    return not word_set(__name__, "courteous_objects").isdisjoint(_complements(verb))


def _complements(verb: Token) -> set[str]:
    """Return the lemmas of the objects of a verb, or of the complement of a copula."""
    return {c.lemma_.lower() for c in verb.children if c.dep_ in ("dobj", "nsubjpass", "attr", "acomp")}


def _names_topics_only(verb: Token) -> bool:
    """Return True if a predicate only names topics: "discussed", "were reviewed", "paid attention to"."""
    if any(child.dep_ in ("ccomp", "advcl") for child in verb.children):
        return False
    lemma = verb.lemma_.lower()
    if lemma in word_set(__name__, "discussing"):
        return True
    if lemma in word_set(__name__, "informing"):
        near = [verb, *(child for child in verb.children if child.dep_ in ("dobj", "dative"))]
        return any(link.lower_ in word_set(__name__, "before_topic") for word in near for link in word.rights)
    nouns = [child.lemma_.lower() for child in verb.children if child.dep_ in ("dobj", "nsubjpass", "nsubj")]
    return not word_set(__name__, "discussions").isdisjoint(nouns)


def _is_unexplained(token: Token) -> bool:
    """Return True if "these" points to a noun that the sentence does not explain; "this week" needs no explanation."""
    noun = token.head
    if token.lower_ not in _DEMONSTRATIVES or token.i + 1 == len(token.doc):
        return False
    if token.lower_ in ("this", "these") and token.dep_ in _PLACES:
        return True
    if word_after(token) == "as" or noun.ent_type_ in ("DATE", "TIME"):
        return False
    if token.dep_ not in ("det", "amod", "predet") or noun.i < token.i:
        return False
    if noun.lemma_.lower() in word_set(__name__, "times_of_day") or any(c.dep_ == "relcl" for c in noun.children):
        return False
    return all(before.lemma_ != noun.lemma_ for before in noun.doc[noun.sent.start : token.i])


def _is_relative_time(word: Token) -> bool:
    """Return True if a word is the "later" of "two weeks later", or the "day" of "earlier in the day"."""
    if word.lower_ in word_set(__name__, "later"):
        return word.dep_ in ("advmod", "npadvmod")
    return (
        word.lower_ in word_set(__name__, "known_times")
        and word.dep_ == "pobj"
        and any(child.lower_ in word_set(__name__, "before_known_times") for child in word.lefts)
        and not list(word.rights)
    )


def _has_no_subject(words: Sequence[Token]) -> bool:
    return not any(word.dep_ in ALL_SUBJECTS for word in words)
