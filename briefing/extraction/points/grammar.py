"""Who does what to whom in one clause: subjects, objects and phrases by dependency label, passives undone."""

from collections.abc import Collection, Iterator

from spacy.tokens import Token

from briefing.extraction.points.lists import LEXICON
from briefing.language.memory import once_per_token
from briefing.language.predicate_words import reporting_verbs
from briefing.language.syntax import is_infinitive, subject_read_before
from briefing.runtime.lexicon import first_words, word_set

# Labels of names: of bodies, and of bodies and persons.
BODIES = frozenset({"GPE", "ORG", "NORP"})
NAMES = BODIES | {"PERSON"}
_SUBJECTS = frozenset({"nsubj", "csubj"})
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
# Labels of clauses that have no subject of their own and share that of the clause above.
_SHARING = frozenset({"conj", "xcomp", "advcl", "ccomp", "acomp", "prep", "dep", "parataxis"})
# Prepositions whose gerund tells what the object before did: "thanked X for backing".
_BLAMING = frozenset({"for", "of", "from", "against", "into"})
# Prepositions that bring in who is asked to do something: "called on X to accept".
_APPEALING = frozenset({"on", "upon"})
# Labels of verbs that govern no clause: "following the talks" is but a preposition.
_NOT_GOVERNING = frozenset({"aux", "auxpass", "amod", "prep"})
# Verbs whose subject does not speak in a text that it acts upon: "vetoed a resolution demanding".
_STOPPING = frozenset({"veto", "block", "reject", "oppose", "defeat", "dismiss", "ignore", "condemn", "denounce"})
# Longest way up to a shared subject; deeper trees are misparses.
_MOST_STEPS = 6


def subjects(predicate: Token) -> tuple[Token, ...]:
    """Return the heads of the phrases that do what a verb or copula tells; the agent of a passive."""
    node = predicate
    for _ in range(_MOST_STEPS):
        own = _own_subjects(node)
        if own or _is_passive(node):
            return own
        if node.dep_ in ("acl", "relcl") and node.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return _told_of(node)
        if node.dep_ == "pcomp":
            preposition = node.head
            if preposition.head.lemma_.lower() in word_set(LEXICON, "intentions"):  # "no intention of leaving"
                return _deciders(preposition.head)
            node = preposition.head
            patients = [child for child in node.rights if child.dep_ == "dobj" and child.i < predicate.i]
            patients += objects(node) if _is_passive(node) else ()  # "X was arrested for insulting Y"
            if patients and preposition.lower_ in _BLAMING:  # "thanked X for backing", "accused X of lying"
                return (patients[0],)
        elif node.dep_ == "conj" and node.tag_ == "VBG" and node.head.tag_ == "VB":  # "warning X to stop and raising"
            node = next((verb for verb in node.head.ancestors if verb.tag_ == "VBG"), node.head)
        elif node.dep_ in _SHARING:
            controller = _controller(node)
            if controller is not None:
                return (controller,)
            node = node.head
        else:
            return ()
    return ()


def objects(predicate: Token) -> tuple[Token, ...]:
    """Return the heads of the phrases that a verb acts upon; the subject of a passive."""
    if _is_passive(predicate):
        patients = [child for child in predicate.lefts if child.dep_ == "nsubjpass"]
        if not patients and predicate.dep_ == "conj" and _is_passive(predicate.head):
            patients = [child for child in predicate.head.lefts if child.dep_ == "nsubjpass"]
        if not patients and predicate.dep_ in ("acl", "relcl"):
            patients = [predicate.head]
        return tuple(antecedent(patient) for patient in patients)
    found = tuple(
        child for child in predicate.rights if child.dep_ in ("dobj", "dative", "oprd") and child.pos_ != "ADP"
    )
    named = any(child.dep_ != "oprd" or child.pos_ != "ADJ" for child in found)
    return found if named else (*found, *_relative_object(predicate))  # "the group that Peru holds responsible"


def _relative_object(verb: Token) -> tuple[Token, ...]:
    """Return what a relative clause is about where that is its verb's object: "the levy, which Norway backs"."""
    if verb.dep_ != "relcl" or verb.head.pos_ not in ("NOUN", "PROPN"):
        return ()
    fronted = any(child.dep_ == "dobj" and child.tag_ in ("WDT", "WP") for child in verb.lefts)
    bare = not any(child.tag_ in ("WDT", "WP", "WRB", "WP$") or child.dep_ == "mark" for child in verb.lefts)
    own = any(child.dep_ == "nsubj" and child.tag_ not in ("WDT", "WP") for child in verb.lefts)
    closed = any(child.dep_ in ("ccomp", "xcomp", "prep") for child in verb.rights)
    return (verb.head,) if fronted or (bare and own and not closed) else ()


def prepositional(node: Token, prepositions: Collection[str]) -> Iterator[Token]:
    """Yield the heads of the phrases that these prepositions bring into *node*: "on", "over"."""
    for child in node.rights:
        if child.dep_ in ("prep", "agent", "dative", "prt") and child.lower_ in prepositions:
            things = (word for word in child.rights if word.dep_ in ("pobj", "pcomp"))
            yield from (word for word in things if word.dep_ == "pobj" or not _has_subject(word))
            yield from _inner(child, prepositions)
        elif child.dep_ in ("prep", "prt", "advmod") and child.lower_ == "out":  # "walked out of"
            yield from _inner(child, prepositions)


def _inner(preposition: Token, prepositions: Collection[str]) -> Iterator[Token]:
    """Yield what a second preposition brings in that hangs upon the first: "agreed with Y on M"."""
    hosts = (preposition, *(word for word in preposition.rights if "against" in prepositions and word.dep_ == "pobj"))
    for host in hosts:
        for inner in host.rights:
            if inner.dep_ == "prep" and inner.lower_ in (prepositions if host is preposition else ("against",)):
                yield from (word for word in inner.rights if word.dep_ in ("pobj", "pcomp"))


def is_reciprocal(verb: Token) -> bool:
    """Say whether those who do what a verb tells do it to each other: "accused each other", "fired at one another"."""
    things = [child for child in verb.rights if child.dep_ in ("dobj", "dative")]
    things += [word for child in verb.rights if child.dep_ == "prep" for word in child.rights if word.dep_ == "pobj"]
    return any(
        thing.lower_ in ("other", "another") and any(word.lower_ in ("each", "one") for word in thing.children)
        for thing in things
    )


def reporters(verb: Token) -> Iterator[Token]:
    """Yield the subjects of the verb that reports what a clause tells: "X said that Y lied and cheated"."""
    clause = verb
    while clause.dep_ == "conj" and clause.head.pos_ in ("VERB", "AUX"):
        clause = clause.head
    head = clause.head
    if clause.dep_ == "ccomp" and head.lemma_.lower() in reporting_verbs():
        yield from subjects(head)


def main_of_absolute(verb: Token) -> Token | None:
    """Return the verb beside which a clause without a finite verb of its own stands: "voted for it, with X opposed"."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "with" and _has_subject(verb):
        return verb.head.head
    marked = verb.dep_ == "advcl" and any(child.dep_ == "mark" and child.lower_ == "with" for child in verb.lefts)
    return verb.head if marked else None


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.lefts)


def clauses_below(node: Token) -> Iterator[Token]:
    """Yield the heads of the clauses that complete a word: "agreed to lift", "accused of lying", "said that"."""
    for child in node.rights:
        if child.dep_ in ("xcomp", "ccomp") or (child.dep_ in ("acl", "advcl") and is_infinitive(child)):
            yield child
        elif child.dep_ == "prep":
            yield from (word for word in child.rights if word.dep_ == "pcomp" and not _has_subject(word))


def governing_verb(node: Token) -> Token | None:
    """Return the verb or copula in whose clause a noun or adjective stands as its object, complement or subject."""
    for _ in range(_MOST_STEPS):
        if node.pos_ in ("VERB", "AUX") and node.dep_ not in _NOT_GOVERNING:
            return node
        if node.dep_ == "ROOT":
            return None
        node = node.head
    return None


def whole_of(noun: Token) -> Token:
    """Return the noun that counts another, which stands for it in the clause: "a round of sanctions"."""
    of = noun.head
    counted = noun.dep_ == "pobj" and of.lower_ == "of" and of.head.lemma_.lower() in word_set(LEXICON, "portions")
    return of.head if counted else noun


def antecedent(token: Token) -> Token:
    """Return what a relative pronoun stands for; the token itself where it is none."""
    if token.lower_ in _RELATIVES and token.tag_ in ("WP", "WDT", "IN"):
        verb = token.head
        if verb.dep_ == "relcl":
            return verb.head
    return token


def _told_of(clause: Token) -> tuple[Token, ...]:
    """Return of whom a clause after a noun tells that they act."""
    noun = clause.head
    if clause.tag_ == "VBN":
        return ()
    if clause.tag_ == "VBG" and _is_where(noun):  # "the forces based in the region shelling"
        return subjects(noun.head.head)
    return _deciders(noun) if is_infinitive(clause) else _writers(noun)


def _is_where(noun: Token) -> bool:
    """Say whether a noun tells where something is done: "in the region"."""
    place = noun.lemma_.lower() in word_set(LEXICON, "localities")
    return place and noun.dep_ == "pobj" and noun.head.lower_ in ("in", "near", "at", "across", "around")


def _own_subjects(node: Token) -> tuple[Token, ...]:
    if _is_passive(node):
        return tuple(
            word
            for host in (node, *(word for word in node.rights if _may_hide_agent(word)))
            for child in host.rights
            if child.dep_ == "agent" or child.lower_ == "by"
            for word in child.rights
            if word.dep_ == "pobj"
        )
    labels = _SUBJECTS | {"nsubjpass"} if is_stative(node) else _SUBJECTS
    own = tuple(antecedent(child) for child in node.lefts if child.dep_ in labels)
    if not own and node.tag_ in ("VBZ", "VBD", "VBP"):  # "Norway shares" may be parsed as if it were one noun
        own = tuple(child for child in node.lefts if child.dep_ == "compound" and child.pos_ == "PROPN")
    misplaced = subject_read_before(node) if not own else None
    return (misplaced,) if misplaced is not None else own


def _may_hide_agent(word: Token) -> bool:
    """Say whether the "by" of a passive may hang upon a word: "put forward by X", "was fined 5 million euros by X"."""
    return word.dep_ in ("prt", "advmod") or any(part.pos_ == "NUM" for part in word.lefts)


def _writers(noun: Token) -> tuple[Token, ...]:
    """Return who speaks in a text: "put out a report accusing", "signed a letter urging"; else the noun itself."""
    if noun.lemma_.lower() not in word_set(LEXICON, "writings"):
        return (noun,)
    verb = governing_verb(noun)
    if verb is not None and verb.lemma_ in _STOPPING:
        return (noun,)
    return (subjects(verb) or (noun,)) if verb is not None and noun.dep_ in ("dobj", "pobj", "conj") else (noun,)


def _deciders(noun: Token) -> tuple[Token, ...]:
    """Return who is to do what a noun plans: Peru of "Peru's decision to leave", "Peru has no plans to leave"."""
    owner = next((child for child in noun.lefts if child.dep_ == "poss"), None)
    if owner is not None:
        return (owner,)
    planned = ("intentions", "drives")
    if noun.dep_ == "dobj" and any(noun.lemma_.lower() in word_set(LEXICON, words) for words in planned):
        return subjects(noun.head) or (noun,)
    return _writers(noun)


def _controller(node: Token) -> Token | None:
    """Return the object that is the subject of an infinitive: "forced X to accept", "called on X to accept"."""
    if node.dep_ not in ("xcomp", "ccomp"):
        return None
    before = [child for child in node.head.rights if child.i < node.i]
    if node.head.lemma_ == "use":  # "used its veto to block"
        return None
    if node.head.lemma_ == "call":  # "called on X to accept"
        appealed = (word for child in before if child.lower_ in _APPEALING for word in child.rights)
        return next((word for word in appealed if word.dep_ == "pobj"), None)
    return next((child for child in before if child.dep_ == "dobj"), None)


@once_per_token
def is_stative(node: Token) -> bool:
    """Say whether a participle tells of a state, not of what was done to somebody: "is opposed to", "are united in"."""
    lemma = node.lemma_.lower()
    if node.tag_ not in ("VBN", "VBD") or lemma not in first_words(LEXICON, "stative"):
        return False
    stative = word_set(LEXICON, "stative")
    return any(child.dep_ == "prep" and f"{lemma} {child.lower_}" in stative for child in node.rights)


@once_per_token
def _is_passive(node: Token) -> bool:
    if is_stative(node):
        return False
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in node.lefts):
        return True
    if node.tag_ != "VBN":
        return False
    if node.dep_ == "acl":
        return True
    return node.dep_ == "conj" and _is_passive(node.head) and not any(c.dep_ in _SUBJECTS for c in node.lefts)
