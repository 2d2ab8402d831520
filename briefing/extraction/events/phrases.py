"""Select the words of a phrase that describe an event, without times, asides and other clauses."""

from collections.abc import Collection

from spacy.tokens import Token

from briefing.extraction.events.wording import LONGEST, MARKS, shortened
from briefing.language.neighbours import word_after, word_before
from briefing.language.syntax import AUXILIARIES, has_child, is_finite, is_infinitive, sharing_object
from briefing.runtime.lexicon import word_set

# A phrase is read up to so many tokens.
_MOST_TOKENS = 60
# Labels of words that do not belong to an event: other clauses, coordinated words, the source.
_ASIDES = frozenset(
    {"advcl", "parataxis", "relcl", "cc", "conj", "mark", "ccomp", "appos", "intj", "meta", "dep", "discourse"}
)
_NESTED_ASIDES = frozenset({"relcl", "advcl", "parataxis", "acl", "appos"})
_NAMING_PREPOSITIONS = word_set(__name__, "naming_prepositions")
# Labels of words that join a time to a phrase: "in the first week of June".
_OF_ONE_PHRASE = frozenset({"pobj", "prep", "npadvmod", "advmod", "pcomp"})
_LONGEST_TIME = 6  # steps down to the time of a phrase
_CIRCUMSTANTIAL = word_set(__name__, "circumstantial")
# Adverbs that compare times.
_COMPARING = word_set(__name__, "comparing")
_CALLING = word_set(__name__, "calling")
# Maximum steps from an occasion up to its whole: "round of".
_MOST_WHOLES = 3


def name_words(noun: Token, timed: Collection[int]) -> list[Token]:
    """Return the words of the name of an occasion, in order: '"two-plus-two" meeting of foreign ministers'."""
    for _ in range(_MOST_WHOLES):  # "the next round of talks"
        if (
            noun.dep_ != "pobj"
            or noun.head.lower_ != "of"
            or noun.head.head.lemma_.lower() not in word_set(__name__, "portions")
        ):
            break
        noun = noun.head.head
    left = [noun.doc[i] for i in range(max(noun.left_edge.i, noun.i - LONGEST), noun.i)]
    kept = [token for token in left if not _is_time_before(token, noun, timed)] + [noun]
    named = [token for token in kept if token.dep_ != "det"]
    kept = kept if len(named) > 1 or not left else [*left, noun]  # "September 3 deadline"
    for child in noun.rights:
        if child.text == ",":
            break
        if child.dep_ == "nummod" and child.text.isdigit() and noun.pos_ == "PROPN":
            kept.append(child)  # "Euro 2012"
        elif child.dep_ == "prep" and child.lower_ in _NAMING_PREPOSITIONS and not is_timed(child, timed):
            kept += without_asides(child, timed)
    if len(kept) == 1 or (len(kept) == 2 and kept[0].dep_ == "det"):
        kept = _with_complement(noun, kept, timed)
    return shortened(kept, noun)


def _with_complement(noun: Token, kept: list[Token], timed: Collection[int]) -> list[Token]:
    """Add to a bare noun what it does, is called or is part of: "vote opening an inquiry", "event called X"."""
    for clause in noun.rights:
        if clause.dep_ == "acl" and clause.tag_ == "VBN" and clause.lemma_ in _CALLING and clause.i == noun.i + 1:
            return kept + without_asides(clause, timed)
        if clause.dep_ == "acl" and clause.tag_ == "VBG" and has_child(clause, "dobj") and clause.i not in timed:
            return kept + without_asides(clause, timed)
    whole = noun.head.head
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and whole.pos_ == "NOUN" and whole.i not in timed:
        return [token for token in without_asides(whole, timed) if token.i >= whole.i]
    return kept


def _is_time_before(token: Token, noun: Token, timed: Collection[int]) -> bool:
    """Return True if a word before a noun is a time outside its name; the year of "2012 Games" is inside."""
    if token.tag_ == "POS":
        return token.head.i in timed
    return token.i in timed and not (token.head.i == noun.i and token.text.isdigit() and noun.pos_ == "PROPN")


def predicate_words(verb: Token, timed: Collection[int]) -> list[Token]:
    """Return a verb and its complements, without times, asides and modals."""
    kept = [*(word for word in auxiliaries_of(verb) if word.tag_ not in ("MD", "TO")), verb]
    for child in verb.rights:
        if child.i in timed or child.dep_ in ("punct", "npadvmod") or child.lower_ in (*_CIRCUMSTANTIAL, *_COMPARING):
            continue
        if child.dep_ in _ASIDES and not _belongs(child):
            continue
        if child.dep_ == "advmod" and word_after(child) == "as" and has_child(child, "advmod"):
            continue  # "as soon as possible", "as soon as it is ready"
        if child.pos_ not in ("ADP", "ADV") or not is_timed(child, timed):
            kept += without_asides(child, timed)
    kept += [word for other in sharing_object(verb) for word in (*_conjunctions(verb), *without_asides(other, timed))]
    kept = sorted({word for word in kept if not _governs_time(word, timed)}, key=lambda word: word.i)
    while kept[-1].tag_ == "JJ" and kept[-1].dep_ == "amod" and kept[-1].head.i < kept[-1].i:
        kept.pop()  # "policies sufficient to" without its complement
    return kept


def _governs_time(word: Token, timed: Collection[int]) -> bool:
    """Return True for the "on" of "travel on Friday", of which the time is left out."""
    return word.dep_ == "prep" and any(child.dep_ == "pobj" and child.i in timed for child in word.children)


def auxiliaries_of(verb: Token) -> list[Token]:
    """Return the auxiliaries and negation of a verb, or of the verb before it: "be signed and sealed"."""
    own = [child for child in verb.lefts if child.dep_ in (*AUXILIARIES, "neg")]
    return auxiliaries_of(verb.head) if not own and verb.dep_ == "conj" else own


def _belongs(clause: Token) -> bool:
    """Return True if a clause is the object of a verb: "rule whether the ban holds", "allow ships to dock"."""
    if clause.dep_ == "ccomp" and clause.i > clause.head.i and not is_finite(clause):
        return True
    if clause.dep_ in ("ccomp", "advcl") and clause.left_edge.lower_ in word_set(__name__, "questions"):
        return True
    return clause.dep_ == "advcl" and clause.i < clause.head.i + 2


def _conjunctions(verb: Token) -> list[Token]:
    return [child for child in verb.rights if child.dep_ == "cc"]


def is_timed(phrase: Token, timed: Collection[int]) -> bool:
    """Return True if a phrase is a time: "on Friday", "as early as Friday", not "in a vote on Friday"."""
    node = phrase
    for _ in range(_LONGEST_TIME):
        if node.i in timed:
            return True
        below = [child for child in node.rights if child.i in timed or child.dep_ in _OF_ONE_PHRASE]
        if not below or node.dep_ == "pobj":
            return False
        node = below[-1]
    return False


def without_asides(token: Token, timed: Collection[int]) -> list[Token]:
    """Return the words under *token* in order, without attached clauses and times."""
    below: list[Token] = []
    waiting = [token]
    while waiting and len(below) < _MOST_TOKENS:
        node = waiting.pop()
        below.append(node)
        waiting += [
            child
            for child in node.children
            if child.i not in timed
            and not (child.dep_ in _NESTED_ASIDES and not _is_content(child))
            and child.text not in MARKS
            and child.text != ")"
            and not (child.pos_ in ("ADP", "ADV") and (is_timed(child, timed) or _is_parenthesis(child)))
        ]
    return sorted(below, key=lambda word: word.i)


def _is_content(clause: Token) -> bool:
    """Return True if a clause is the content of a noun: "its intention to leave"."""
    if clause.dep_ not in ("acl", "relcl") or clause.i <= clause.head.i or clause.head.dep_ not in ("dobj", "pobj"):
        return False
    subject = any(child.dep_ in ("nsubj", "nsubjpass", "punct") for child in clause.lefts)
    return is_infinitive(clause) and not subject and clause.left_edge.i == clause.head.i + 1


def _is_parenthesis(phrase: Token) -> bool:
    """Return True if a phrase is between commas: ", now in its tenth year,"."""
    return word_before(phrase.left_edge) == "," and phrase.head.i < phrase.i
