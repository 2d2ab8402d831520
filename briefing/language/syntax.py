"""The syntax around a word: sets of labels and tags, its governors, its subject and its objects."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.language.memory import once_per_token
from briefing.language.neighbours import token_before, word_before
from briefing.language.predicate_words import lemma_of
from briefing.runtime.lexicon import word_set

# Dependency labels of subjects, active and passive.
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# Labels of the subjects of a predicate, clauses among them; then also "there" of "there is a plan".
ARGUMENT_SUBJECTS = SUBJECTS | {"csubj"}
ALL_SUBJECTS = ARGUMENT_SUBJECTS | {"csubjpass", "expl"}
# Dependency labels of auxiliary verbs.
AUXILIARIES = frozenset({"aux", "auxpass"})
# Dependency labels of words before a noun that narrow its meaning.
MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})
# Tags of verbs with a tense: "met", "meets", "meet"; and of finite verbs, modal ones among them: "will".
TENSED = frozenset({"VBD", "VBZ", "VBP"})
FINITE = TENSED | {"MD"}
# Maximum steps up or down a tree.
_MOST_STEPS = 6
# Maximum steps through a list.
_LONGEST_LIST = 40
# Labels of the objects of a predicate.
_OBJECTS = ("dobj", "attr", "oprd", "dative")
# Labels of words that share the subject of their governor.
_GOVERNED = frozenset({"xcomp", "ccomp", "conj", "acl", "advcl", "pcomp", "prep", "dobj", "pobj", "acomp", "attr"})
# Two verbs that share an object are at most so many tokens apart.
_NEAR = 3
_WITH_PREPOSITION = word_set(__name__, "with_preposition")


def is_article(token: Token) -> bool:
    """Return True if a token is "the", "a" or "an"."""
    return token.lower_ in word_set(__name__, "articles")


@once_per_token
def is_infinitive(verb: Token) -> bool:
    """Return True if a verb is an infinitive with "to"."""
    return any(child.dep_ == "aux" and child.tag_ == "TO" for child in verb.lefts)


def is_finite(verb: Token) -> bool:
    """Return True if a verb makes a sentence; False for an infinitive or a participle alone."""
    return verb.tag_ in TENSED or any(child.tag_ in FINITE for child in verb.lefts)


def is_passive(verb: Token) -> bool:
    """Return True if a verb has a passive auxiliary: "was signed"."""
    return any(child.dep_ == "auxpass" for child in verb.children)


def has_child(token: Token, label: str) -> bool:
    """Return True if a token has a child with this dependency label or tag."""
    return any(label in (child.dep_, child.tag_) for child in token.children)


def first_conjunct(token: Token, *, most: int = _LONGEST_LIST) -> Token:
    """Return the first word of the list that a word is in, at most *most* steps back: "Peru" of "Peru and Chile"."""
    for _ in range(most):
        if token.dep_ != "conj" or token.head is token:
            break
        token = token.head
    return token


def subject_of(verb: Token) -> Token | None:
    """Return the subject of a predicate, active or passive: its own, or the one that controls it."""
    node = verb
    for _ in range(_MOST_STEPS):
        own = _own_subject(node)
        if own is not None:
            return node.head if own.tag_ in ("WDT", "WP") and node.dep_ == "relcl" else own
        if node.dep_ == "xcomp" and (controller := _object(node.head, before=node)):
            return controller
        if node.dep_ == "relcl":
            return node.head
        if node.dep_ == "acl" and (owner := _owner_of_plan(node)):
            return owner
        if node.dep_ == "acl" and _is_appraised(node.head):
            return None
        if node.dep_ not in _GOVERNED:
            return None
        node = node.head
    return None


def _own_subject(verb: Token) -> Token | None:
    own = next((child for child in reversed(list(verb.lefts)) if child.dep_ in ARGUMENT_SUBJECTS), None)
    if own is None and verb.dep_ != "ROOT":
        own = next((child for child in verb.rights if child.dep_ in ARGUMENT_SUBJECTS), None)
    if own is not None and own.lower_ in ("a", "the"):  # taken for a preposition: "A by-election"
        own = next((noun for part in own.rights for noun in part.rights if noun.dep_ == "pobj"), own)
    if own is not None:
        return (_apposed_subject(verb) or own) if any(child.dep_ == "mark" for child in verb.lefts) else own
    return _interrupted_subject(verb) or _misplaced_subject(verb)


def _is_appraised(plan: Token) -> bool:
    """Return True if a plan is only judged, so it may be another's: "welcomed the intention to continue talks"."""
    first = first_conjunct(plan)
    return first.dep_ == "dobj" and lemma_of(first.head) in word_set(__name__, "appraising")


def _interrupted_subject(verb: Token) -> Token | None:
    """Return the subject that the parser attached to a clause after it: "The ship, renamed the Hope, left"."""
    clauses = [child for child in verb.lefts if child.dep_ in ("advcl", "parataxis") and child.tag_ in ("VBN", "VBD")]
    return next((word for clause in clauses for word in clause.lefts if word.dep_ in ARGUMENT_SUBJECTS), None)


def _owner_of_plan(clause: Token) -> Token | None:
    """Return the subject of a clause after a noun: "talks" for "talks aimed at", "Oslo" for "Oslo's plan to"."""
    if lemma_of(clause.head) in word_set(__name__, "requests"):
        asked = [
            noun for prep in clause.head.rights if prep.lower_ == "to" for noun in prep.rights if noun.i < clause.i
        ]
        return asked[0] if asked else None
    if clause.tag_ in ("VBN", "VBG") or clause.head.dep_ == "ROOT":
        return clause.head
    return next((child for child in clause.head.lefts if child.dep_ == "poss"), None)


def _misplaced_subject(verb: Token) -> Token | None:
    """Return the subject that the parser attached to a preposition: "On Monday Smith will", "as the city will"."""
    first = next((child for child in verb.lefts if child.dep_ == "aux" and child.tag_ == "MD"), None)
    node = token_before(first) if first is not None else None
    if first is None or node is None:
        return None
    for _ in range(_MOST_STEPS):
        if node.dep_ == "pobj" or node.dep_ == "ROOT":
            break
        node = node.head
    if node.dep_ != "pobj" or node.right_edge.i != first.i - 1:
        return _apposed_subject(verb)
    dated = any(part.ent_type_ == "DATE" for part in node.lefts)
    apposed = _apposed_subject(verb)
    if apposed is not None:
        return apposed
    return node if dated or node.head.lower_ in word_set(__name__, "opening_clauses") else None


def _apposed_subject(verb: Token) -> Token | None:
    """Return the name before a verb that the parser took for an apposition: "After the exit of Dahl, Berg will"."""
    first = next((child for child in verb.lefts if child.dep_ == "aux"), verb).i
    for phrase in verb.lefts:
        opened = phrase.dep_ == "nsubj" and _follows_opening(phrase)
        if (phrase.dep_ != "prep" and not opened) or phrase.right_edge.i < first - 2:
            continue
        for token in reversed(list(phrase.subtree)):
            named = token.dep_ == "appos" and token.pos_ == "PROPN" and token.right_edge.i >= first - 2
            if named and word_before(token.left_edge) == ",":
                return token
    return None


def _follows_opening(subject: Token) -> bool:
    """Return True if a preposition of time precedes a subject, so that the parser took the wrong noun."""
    return word_before(subject.left_edge) in word_set(__name__, "opening_phrases")


def _object(verb: Token, before: Token) -> Token | None:
    return next((child for child in verb.rights if child.dep_ == "dobj" and child.i < before.i), None)


def sharing_object(verb: Token) -> Iterator[Token]:
    """Yield a second verb that shares its object with the first: "open and run a school"."""
    if has_child(verb, "dobj") or has_child(verb, "prep") or is_passive(verb):
        return
    for other in verb.rights:
        if other.dep_ == "conj" and other.tag_ == "VB" and has_child(other, "dobj") and other.i < verb.i + _NEAR:
            yield other


def subject_read_before(verb: Token) -> Token | None:
    """Return the subject that the parser took for an apposition in the clause before the verb.

    In "While blaming the envoy, Chile stayed" it takes "Chile" for an apposition to "envoy".
    """
    clause = next((child for child in verb.lefts if child.dep_ == "advcl"), None)
    if clause is None or verb.tag_ not in TENSED or any("subj" in child.dep_ for child in verb.lefts):
        return None
    last = (word for word in clause.subtree if word.dep_ == "appos" and word.right_edge.i == verb.i - 1)
    return next((word for word in last if word_before(word.left_edge) == ","), None)


def is_subject_read_before(token: Token) -> bool:
    """Return True if an apposition is really the subject of the clause after it."""
    return token.dep_ == "appos" and any(subject_read_before(verb) == token for verb in token.ancestors)
