"""What a point is about: the noun phrase of its matter, and the clause that states it."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from briefing.extraction.points.grammar import NAMES, clauses_below, main_of_absolute, objects, prepositional, subjects
from briefing.extraction.points.lists import is_in, listed
from briefing.extraction.points.polarity import Cue
from briefing.language.analysis import Range
from briefing.language.neighbours import token_after

_ABOUT = (
    "on",
    "over",
    "about",
    "regarding",
    "concerning",
    "against",
    "of",
    "to",
    "for",
    "in",
    "at",
    "around",
    "toward",
    "towards",
    "behind",
)
# Labels of what a topic leaves out: what follows a noun phrase as an aside.
_ASIDES = frozenset({"relcl", "appos", "parataxis", "advcl", "cc_aside"})
_NAMED = tuple(word for word in _ABOUT if word != "of")
_DISPUTED = ("on", "over", "about", "regarding", "concerning", "around")
_CHARGED = ("of", "for", "over", "on", "with", "about", "against", "concerning", "regarding")
_CONCERNING = frozenset({"concern", "regard", "involve", "include", "surround", "affect", "relate"})
_ACTING = ("verb", "view")
_LEADING = frozenset({"case", "cc"})
_MOST_WORDS = 12
_BEARINGS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})
_EDGES = frozenset(
    {
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "its",
        "their",
        "his",
        "her",
        "our",
        "own",
        "any",
        "some",
        "all",
    }
)


def topic_of(cue: Cue) -> Range | None:
    """Return where the matter of a cue is named; None where nothing names it.

    The first phrase that tells something; where none does, the first.
    """
    if cue.answered is not None:
        return next(filter(None, map(noun_phrase, _disputed(cue.answered, cue.token))), None)
    first: Range | None = None
    beside = main_of_absolute(cue.predicate) is not None
    own = () if beside else _next_nouns(cue.token) if cue.kind == "assents" else _nouns_after(cue)
    for token in (*_matters(cue), *own, *_taken_up(cue), *objects(cue.token)):
        head = _unwrapped(token)
        stretch = noun_phrase(head) if head.lower_ != cue.preposition else None
        if stretch is not None and _tells(head, stretch):
            return stretch
        first = first or stretch
    return first


def _disputed(first: Token, second: Token) -> Iterator[Token]:
    """Yield what two speak of in turn: what the second takes up, what it says something of, then the first's nouns."""
    taken = {token.lemma_.lower() for token in second.subtree if token.pos_ == "NOUN"}
    beside = {token.i for child in first.lefts if child.dep_ in ("nsubj", "nsubjpass") for token in child.subtree}
    beside |= {child.i for child in first.rights if child.dep_ == "dobj" and listed("verbs", first) is not None}
    spoken = [token for token in first.subtree if token.i not in beside and _is_matter(token)]
    yield from (token for token in spoken if token.lemma_.lower() in taken)
    told = (child for clause in second.rights if clause.dep_ == "ccomp" for child in clause.lefts)
    yield from (child for child in told if child.dep_ in ("nsubj", "nsubjpass") and _is_matter(child))
    yield from (word for word in prepositional(second, ("with",)) if _is_matter(word))
    yield from spoken


def _next_nouns(word: Token) -> list[Token]:
    """Return what the rest of a sentence speaks of: "she is right: the levy must go"."""
    return [token for token in word.sent if token.i > word.i and _is_matter(token)]


def _is_matter(token: Token) -> bool:
    """Say whether a noun may be what is spoken of: no sum, no time, nobody, no reproach."""
    return token.pos_ == "NOUN" and not token.ent_type_ and not is_in(token, "faults") and not _is_somebody(token)


def _unwrapped(token: Token) -> Token:
    """Return what a phrase only leads to: the quota of "regard to the quota", "sure that the quota falls"."""
    if is_in(token, "leading"):
        return next((word for child in token.rights if child.dep_ == "prep" for word in child.rights), token)
    return token


def _tells(head: Token, stretch: Range) -> bool:
    """Say whether a phrase names a matter: no person or state alone, no meeting, no sum."""
    if head.ent_type_ in NAMES and stretch.end == head.idx + len(head) and head.dep_ != "compound":
        return False
    if is_in(head, "meeting_nouns") and head.dep_ == "pobj" and head.head.lower_ in ("at", "in", "after", "during"):
        return head.head.head.lemma_ == "take"  # "take part in the summit"
    if is_in(head, "writings") and any(child.lower_ == "joint" for child in head.lefts):
        return False
    return head.ent_type_ != "MONEY" and head.text not in "$€£"


def noun_phrase(head: Token) -> Range | None:
    """Return a noun phrase without leading determiner and asides; None for pronouns and times."""
    if head.pos_ not in ("NOUN", "PROPN", "VERB", "ADJ", "NUM") or head.ent_type_ in ("DATE", "TIME"):
        return None
    if head.lower_ in ("other", "another") and any(child.lower_ in ("each", "one") for child in head.lefts):
        return None
    dropped = {
        inner.i
        for token in head.subtree
        if token.i != head.i
        and (token.dep_ in _ASIDES or _is_other(token) or (token.dep_ == "prep" and _is_time(token)))
        for inner in token.subtree
    }
    kept = [token for token in head.subtree if token.i not in dropped]
    run = _contiguous(kept, head)
    while run and (run[0].lower_ in _EDGES or run[0].is_punct or run[0].is_space or run[0].dep_ in _LEADING):
        run = run[1:]
    run = _within_marks(run)
    run = run[:_MOST_WORDS] if len(run) > _MOST_WORDS else run
    run = [*run, *_bearings(run)]
    while run and (_ends_nothing(run[-1]) or _parts_word(run[-1])):
        run = run[:-1]
    if not run:
        return None
    return Range(run[0].idx, run[-1].idx + len(run[-1]))


def _ends_nothing(token: Token) -> bool:
    """Return True if no phrase ends with such a token."""
    return token.is_punct or token.is_space or token.pos_ in ("ADP", "DET", "CCONJ", "SCONJ", "PART")


def _parts_word(token: Token) -> bool:
    """Return True if a phrase that ends with a token would end within a word: with the "5" of "5G"."""
    after = token_after(token)
    return after is not None and not token.whitespace_ and after.text[0].isalnum() and token.text[-1].isalnum()


def _is_other(joined: Token) -> bool:
    """Say whether a person was read as joined to a thing: "block the plan and Ito left"."""
    return joined.dep_ == "conj" and joined.ent_type_ == "PERSON" and joined.head.pos_ == "NOUN"


def _bearings(run: list[Token]) -> list[Token]:
    """Return what says right after a phrase on which side of a place it lies: "west of the island"."""
    word = token_after(run[-1]) if run else None
    if word is None or word.lower_ not in _BEARINGS:
        return []
    if not any(child.lower_ == "of" and child.i == word.i + 1 for child in word.rights):
        return []
    return [token for token in word.subtree if token.i >= word.i]


def _contiguous(tokens: list[Token], head: Token) -> list[Token]:
    """Return the tokens around *head* that stand without a gap."""
    held = {token.i: token for token in tokens}
    first = last = head.i
    while first - 1 in held:
        first -= 1
    while last + 1 in held:
        last += 1
    return [held[i] for i in range(first, last + 1)]


def _within_marks(run: list[Token]) -> list[Token]:
    """Return a run up to a closing mark whose opening mark stands outside it."""
    opened = 0
    for number, token in enumerate(run):
        if token.tag_ == "POS":
            continue
        if token.text in "“‘«(['\"" and not (token.text in "'\"" and opened):
            opened += 1
        elif token.text in "”’»)]'\"":
            if not opened:
                return run[:number]
            opened -= 1
    return run


def _is_time(preposition: Token) -> bool:
    return any(word.ent_type_ in ("DATE", "TIME") for word in preposition.rights)


def _matters(cue: Cue) -> Iterator[Token]:
    """Yield the heads of the phrases that may name the matter, best first."""
    if cue.kind in ("grievance", "blow"):
        yield cue.token
    elif cue.frame == "demand" or cue.kind == "vexation":
        yield from objects(cue.token)
        yield from prepositional(cue.token, (*_ABOUT, "from"))
        yield cue.token
    elif cue.frame == "fault":
        if cue.predicate.lemma_ in ("be", "lie", "rest"):  # "is responsible for M", "behind M"
            yield from (word for word in prepositional(cue.token, ("for",)))
            yield from (word for word in cue.token.rights if cue.token.lower_ == "behind")
        if is_in(cue.token, "guilt"):  # "found Y liable for copying M"
            yield from prepositional(cue.token, ("for", "of"))
        found = (*objects(cue.predicate), *subjects(cue.token), *subjects(cue.predicate))
        yield from (word for word in found if word.i != cue.token.i and not word.ent_type_)
    elif cue.mutual:
        yield from _shared_matters(cue)
    elif cue.frame == "noun":
        found = (*prepositional(cue.token, _DISPUTED), *prepositional(cue.token, _ABOUT))
        yield from (word for word in found if not word.ent_type_)
        if cue.predicate.i != cue.token.i:
            yield from prepositional(cue.predicate, _DISPUTED)
        yield cue.token
    elif cue.frame == "accord":
        yield cue.token
    else:
        yield from _things_acted_upon(cue)


def _shared_matters(cue: Cue) -> Iterator[Token]:
    """Yield what parties agree or differ on: "on M", "to do M", "M" of what they jointly want."""
    verbal = cue.frame in ("verb", "joint")
    if cue.kind == "carried":  # "faces resistance from X and Y to the plan", "the plan has the backing of X and Y"
        yield from (word for host in (cue.token, cue.predicate) for word in prepositional(host, ("to",)))
        yield from (word for word in (*subjects(cue.predicate), *objects(cue.predicate)) if word.i != cue.token.i)
    yield from _named_beside(cue, verbal=verbal)
    if cue.frame != "noun":
        yield from (
            word
            for word in prepositional(cue.predicate, _DISPUTED if verbal else _ABOUT)
            if word.i != cue.token.i and word.head.i != cue.token.i
        )
    if verbal:
        yield from objects(cue.token)
    yield from _inside(clauses_below(cue.token))
    if verbal:
        yield from prepositional(cue.token, _ABOUT)
        yield from prepositional(cue.predicate, _ABOUT)
    if cue.predicate.i != cue.token.i:
        yield from _inside(clauses_below(cue.predicate))
    for inner in cue.token.subtree:  # "disagreements, which concerned M"
        if inner.dep_ in ("relcl", "acl") and inner.i > cue.token.i and inner.lemma_.lower() in _CONCERNING:
            yield from objects(inner)
    if not verbal:
        yield cue.token


def _named_beside(cue: Cue, *, verbal: bool) -> Iterator[Token]:
    """Yield what stands with a shared position: "at odds over M", "a treaty to do M", "the M that they agreed"."""
    if cue.token.pos_ == "ADP":
        for word in cue.token.rights:
            yield from prepositional(word, _ABOUT)
        return
    if cue.frame == "accord":  # "a memorandum of understanding to save fuel": what it is for, not its name
        yield from prepositional(cue.token, _DISPUTED)
        yield from _inside(clauses_below(cue.token))
    yield from prepositional(cue.token, _DISPUTED if verbal or cue.frame == "noun" else _NAMED)
    if cue.predicate.dep_ == "relcl":
        yield from (thing for thing in objects(cue.predicate) if thing.i < cue.predicate.i)
        if cue.kind == "concur" and any(c.dep_ == "prep" and not any(c.rights) for c in cue.predicate.rights):
            yield cue.predicate.head  # "the cuts that they agreed to"


def _things_acted_upon(cue: Cue) -> Iterator[Token]:
    """Yield what is rejected or backed, or what another is accused of."""
    things = list(objects(cue.predicate if cue.frame == "verb" else cue.token)) if cue.frame in _ACTING else []
    if cue.preposition:
        shared = things if cue.token.lemma_ != "take" else []  # "take part in the summit" is about the summit
        things = [*prepositional(cue.token, (cue.preposition,)), *shared]
    if cue.kind in ("accuse", "coerce", "fight", "prosecute") or cue.preposition in ("with", "at"):
        yield from _inside(prepositional(cue.token, _CHARGED))
        charged = (
            word for thing in things if thing.pos_ in ("NOUN", "PROPN") for word in prepositional(thing, ("of",))
        )
        yield from _inside(word for word in charged if word.dep_ == "pcomp")  # "accusing the president of lying"
    yield from (thing for thing in things if not thing.ent_type_ and thing.pos_ != "PRON")
    yield from _inside(clauses_below(cue.token))
    yield from prepositional(cue.token, _ABOUT)
    yield from things


def _nouns_after(cue: Cue) -> Iterator[Token]:
    """Yield the common nouns of the cue's clause, those that follow it first."""
    clause = [token for token in cue.predicate.subtree if token.pos_ == "NOUN" and token.i != cue.token.i]
    yield from (token for token in clause if token.i > cue.token.i)
    yield from (token for token in clause if token.i < cue.token.i and not _is_somebody(token))
    if cue.token.pos_ in ("NOUN", "PROPN"):
        yield cue.token


def _is_somebody(noun: Token) -> bool:
    return is_in(noun, "bodies") or is_in(noun, "related")


def _taken_up(cue: Cue) -> Iterator[Token]:
    """Yield what the clause before is about where a cue's own only points back to it: "but Peru is against it"."""
    main = cue.predicate.head if cue.predicate.dep_ == "conj" else main_of_absolute(cue.predicate)
    if main is not None:
        yield from objects(main)
        yield from _inside(clauses_below(main))
        yield from (word for host in prepositional(main, ("in",)) for word in prepositional(host, ("of",)))


def _inside(clauses: Iterable[Token]) -> Iterator[Token]:
    """Yield the objects of clauses, then what their prepositions bring in, then the clauses themselves."""
    for clause in clauses:
        if clause.pos_ not in ("VERB", "AUX"):
            yield clause
            continue
        yield from objects(clause)
        yield from prepositional(clause, (*_ABOUT, "with", "from"))
        yield from _inside(clauses_below(clause))
        for child in clause.rights:  # "make sure that"
            if child.dep_ == "acomp":
                yield from _inside(clauses_below(child))
        if clause.pos_ == "VERB":
            yield from subjects(clause)
