"""Find lines that cannot be understood without the sentence before."""

from collections.abc import Collection, Sequence

from spacy.tokens import Token

from briefing.extraction.lines.brackets import Brackets, Naming, is_person_noun, is_personal_subject
from briefing.extraction.lines.cuts import connectives
from briefing.extraction.lines.references import references_in
from briefing.language.analysis import Analysis, SentenceSpan
from briefing.language.coreference.pronouns import empty_subject_verbs
from briefing.language.neighbours import word_after
from briefing.language.syntax import SUBJECTS, is_passive
from briefing.runtime.lexicon import word_set

_COUNTING = word_set(__name__, "counting")


def needs_context(analysis: Analysis, sentence: SentenceSpan, start: int) -> bool:
    """Return True if the line opens with a connective, or its subject is clear only from the sentence before.

    *start* is the offset at which the line starts, after a connective that it leaves out.
    """
    explained = {mention.head for mention, _ in Brackets(analysis, sentence, start, Naming()).unnamed()}
    tokens = [token for token in analysis.tokens_of(sentence) if token.idx >= start]
    words = [token for token in tokens if not token.is_punct and not token.is_space]
    if not words or _is_connective(words[0]):
        return True
    if (words[0].i not in explained and _points_back(words[0])) or any(map(_is_ordinal_subject, words)):
        return True
    return _has_bare_pronoun(analysis, words, analysis.span(sentence).root, explained)


def _has_bare_pronoun(analysis: Analysis, words: Sequence[Token], root: Token, explained: Collection[int]) -> bool:
    """Return True if "he" comes before any person, or "their" before any plural or body."""
    known = several = thing = False
    for token in words:
        if token.i not in explained and not thing and _is_bare_it(token):
            return True
        thing = thing or token.pos_ in ("NOUN", "PROPN")
        met = several if token.lower_ == "they" else known
        bare = not met and is_personal_subject(token)
        bare = bare or (not known and _owns_main_subject(token))
        theirs = token.lower_ == "their" and token.i > root.i and not several
        if (bare or theirs) and token.i not in explained and not _is_cataphoric(token):
            return True
        known = known or _may_be_meant(analysis, token)
        several = several or token.tag_ in ("NNS", "NNPS") or token.dep_ == "conj"
        several = several or _is_body(analysis, token)
    return False


def _is_bare_it(token: Token) -> bool:
    """Return True if "it" is a subject before any noun that it may mean: "The longer it waits, ..."."""
    if token.lower_ != "it" or token.dep_ not in SUBJECTS or token.dep_ == "expl":
        return False
    opened = any(child.dep_ == "mark" or child.tag_ == "WRB" for child in token.head.children)
    return not _is_empty_subject(token) and not (opened and _is_cataphoric(token))


def _is_body(analysis: Analysis, token: Token) -> bool:
    """Return True if a token names a body of people: "the company ... their plan"."""
    return any(entity.kind != "person" for entity in analysis.entities_of(token))


def _may_be_meant(analysis: Analysis, token: Token) -> bool:
    """Return True if "he" or "she" may refer back to a word."""
    references = references_in(analysis)
    if token.pos_ not in ("NOUN", "PROPN", "PRON"):
        return False
    if token.i in references.named:
        return analysis.entities[references.named[token.i]].kind in ("person", None)
    known = (token.pos_ == "PROPN" and token.ent_type_ in ("PERSON", "")) or token.i in references.referring
    return known or is_person_noun(token)


def _points_back(word: Token) -> bool:
    """Return True if the first word of a line needs the sentence before: "This", "Such"; not "There were"."""
    if word.lower_ not in word_set(__name__, "pointing") or word.tag_ == "EX" or word.dep_ == "expl":
        return False
    if word.lower_ == "this" and word.head.ent_type_ in ("DATE", "TIME"):
        return False  # "This morning"
    if word.lower_ in _COUNTING:
        return word.dep_ in SUBJECTS and not any(child.lower_ == "of" for child in word.children)
    if word.lower_ == "both":
        return word.dep_ in SUBJECTS
    return word.lower_ != "it" or not _is_empty_subject(word)


def _is_ordinal_subject(token: Token) -> bool:
    """Return True if a subject is "the first", "the other", "the latter", which an earlier sentence explains."""
    return (
        token.dep_ in SUBJECTS
        and token.lower_ in word_set(__name__, "ordinals")
        and token.head.dep_ == "ROOT"
        and not any(child.lower_ in ("of", "to") for child in token.children)
    )


def _is_empty_subject(word: Token) -> bool:
    """Return True if "it" has no referent: "it was agreed to ...", "it is clear that ...", "it rained"."""
    verb = word.head
    if verb.lemma_ in empty_subject_verbs():
        return True
    passive = is_passive(verb)
    clause = any(child.dep_ in ("ccomp", "xcomp", "csubj", "advcl") for child in verb.children)
    return clause and (passive or verb.lemma_ == "be")


def _is_connective(word: Token) -> bool:
    """Return True if a line begins with "But" or "Moreover,", or is only a clause with "because"."""
    if word.dep_ == "mark" and word.head.dep_ == "ROOT":
        return True
    if word.lower_ not in connectives():
        return False
    return word_after(word) == "," or (word.dep_ == "cc" and word.head.i > word.i)


def _owns_main_subject(word: Token) -> bool:
    """Return True if "his" or "her" comes before the subject of the sentence: "On Monday his words were clear"."""
    noun = word.head
    return word.lower_ in ("his", "her") and noun.dep_ in SUBJECTS and noun.head.dep_ == "ROOT"


def _is_cataphoric(pronoun: Token) -> bool:
    """Return True if a pronoun comes before its name, in an opening clause: "When he arrived, Mr Holm said ..."."""
    clause = pronoun.head
    return clause.dep_ == "advcl" and clause.head.i > clause.i
