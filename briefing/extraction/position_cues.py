"""The words that say that parties agree or disagree, and which of the two they say: polarity is a calculation."""

from collections.abc import Iterator, Mapping
from functools import cache

from spacy.tokens import Token

from briefing.extraction.position_grammar import governing_verb, objects, prepositional, subjects
from briefing.extraction.position_polarity import Cue, CueList, settled
from briefing.language.analysis import Analysis
from briefing.language.factuality import factuality
from briefing.language.lexicon import read_lexicon, word_set

_LEXICON = "positions"
_LONGEST = 250  # tokens; a longer stretch is a list or a table, and its tree means nothing
_PARTICLES = frozenset({"prt", "prep", "advmod", "dobj", "pobj", "dative", "acomp"})


def find_cues(analysis: Analysis) -> Iterator[Cue]:
    """Yield the cues of an article that are told as fact, in reading order."""
    for sentence in analysis.sentences:
        if sentence.last - sentence.first > _LONGEST:
            continue
        for token in analysis.doc[sentence.first : sentence.last]:
            if token.lemma_.lower() in _lemmas():
                yield from _cues_of(token)


def _cues_of(token: Token) -> Iterator[Cue]:
    if token.pos_ in ("VERB", "AUX"):
        yield from _verb_cues(token)
    elif token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.ent_type_ == ""):
        yield from _noun_cues(token)
    elif token.pos_ in ("ADJ", "ADP", "ADV"):
        yield from _adjective_cues(token)


@cache
def _lemmas() -> frozenset[str]:
    """Return the lemmas that may be cues, in whatever frame."""
    lists = (
        "attitudes",
        "attitude_adjectives",
        "demanding",
        "naming",
        "accords",
        "ties",
        "endings",
        "views",
        "faults",
        "merits",
    )
    lemmas = {lemma for part in ("verbs", "nouns", "adjectives") for lemma in _table(part)}
    return frozenset(lemmas.union(*(word_set(_LEXICON, words) for words in lists)))


# Verbs


def _verb_cues(verb: Token) -> Iterator[Cue]:
    found = _listed("verbs", verb)
    if found is not None:
        words, second = found
        cue = settled(verb, verb, "verb", words, preposition=second)
        if cue is not None and (words.name != "welcome" or _is_position(verb)) and not _is_silence(verb):
            yield cue
            return
    lemma = verb.lemma_.lower()
    if lemma in word_set(_LEXICON, "attitudes"):
        yield from _joint_attitude(verb)
    if lemma in word_set(_LEXICON, "demanding"):
        yield from _demand(verb)
    if lemma in word_set(_LEXICON, "naming"):
        yield from _naming(verb)


def _is_position(verb: Token) -> bool:
    """Say whether what is welcomed or accepted is a position and not a guest."""
    return any(thing.lemma_.lower() in word_set(_LEXICON, "proposals") for thing in objects(verb))


def _is_silence(verb: Token) -> bool:
    """Say whether a refusal is only one to speak to reporters: "declined to comment"."""
    return verb.lemma_.lower() in ("refuse", "decline") and any(
        child.dep_ in ("xcomp", "ccomp") and child.lemma_.lower() in word_set(_LEXICON, "unsaid")
        for child in verb.rights
    )


def _joint_attitude(verb: Token, adjective: Token | None = None) -> Iterator[Cue]:
    """Yield "both sides want", "X and Y jointly called for", "X and Y are interested in"."""
    if any(child.dep_ == "nsubjpass" for child in verb.lefts):
        return
    if any(thing.lemma_.lower() in word_set(_LEXICON, "pleasantries") for thing in objects(verb)):
        return
    marked = is_joint(verb)
    told = factuality(verb)
    if told.modality == "actual" and not told.conditional and not told.negated:
        yield Cue(adjective or verb, verb, "joint", "attitudes", 1, True, 0.65 if marked else 0.5)


def is_joint(verb: Token) -> bool:
    """Say whether the subjects of a verb are said to hold it together: "both", "jointly"."""
    joint = word_set(_LEXICON, "jointly")
    if any(
        child.lower_ in joint for child in verb.children if child.dep_ in ("advmod", "det", "preconj", "dep", "appos")
    ):
        return True
    return any(
        subject.lower_ == "both" or any(child.lower_ in joint for child in subject.lefts) for subject in subjects(verb)
    )


def _demand(verb: Token) -> Iterator[Cue]:
    """Yield "demanded that X stop": what is demanded ended is opposed; "wants X to pay"."""
    ending = word_set(_LEXICON, "ending")
    lemma = verb.lemma_.lower()
    for child in verb.rights:
        wanted = child.dep_ == "ccomp" and lemma in ("demand", "want")
        if wanted or (child.dep_ in ("ccomp", "xcomp", "advcl") and child.lemma_.lower() in ending):
            told = factuality(verb)
            if told.modality == "actual" and not told.conditional and not told.negated:
                yield Cue(child, verb, "demand", "demanding", -1, False, 0.5)
            return


def _naming(verb: Token) -> Iterator[Cue]:
    """Yield "called the response hasty", "described it as a provocation"."""
    faults = word_set(_LEXICON, "faults")
    complements = [child for child in verb.rights if child.dep_ in ("oprd", "acomp", "attr", "ccomp", "xcomp")]
    complements += [word for thing in objects(verb) for word in thing.rights if word.dep_ == "amod"]
    complements += list(prepositional(verb, ("as",)))
    complements += [
        word for child in verb.rights if child.dep_ == "prep" and child.lower_ == "as" for word in child.rights
    ]
    for complement in complements:
        if any(word.lemma_.lower() in faults for word in (complement, *complement.conjuncts)):
            told = factuality(verb)
            if told.modality == "actual" and not told.conditional and not told.negated:
                yield Cue(complement, verb, "fault", "faults", -1, False, 0.6)
            return


# Nouns


def _noun_cues(noun: Token) -> Iterator[Cue]:
    verb = governing_verb(noun)
    if verb is not None and _governs(verb, noun):
        yield from _held_noun_cues(noun, verb)
    found = _listed("nouns", noun)
    if found is not None and noun.dep_ != "compound":
        cue = settled(noun, verb if verb is not None else noun, "noun", found[0])
        if cue is not None:
            yield cue


def _held_noun_cues(noun: Token, verb: Token) -> Iterator[Cue]:
    """Yield what a noun and its verb say together: "signed a treaty", "suspended aid", "shares the view"."""
    lemma, act = noun.lemma_.lower(), verb.lemma_.lower()
    accord = lemma in word_set(_LEXICON, "accords")
    if accord and act in word_set(_LEXICON, "making"):
        yield from _made(noun, verb)
    elif (accord or lemma in word_set(_LEXICON, "ties")) and act in word_set(_LEXICON, "breaking"):
        yield from _broken(noun, verb)
    elif lemma in word_set(_LEXICON, "endings"):
        yield from _ending(noun, verb)
    elif lemma in word_set(_LEXICON, "views"):
        yield from _view(noun, verb)
    elif lemma in word_set(_LEXICON, "faults") and noun.dep_ == "attr":
        yield from _fault(noun, verb)


def _governs(verb: Token, noun: Token) -> bool:
    """Say whether a noun is what a verb makes or has: its object, its passive subject, or after "to", "into", "on"."""
    head = noun.head
    if head.i == verb.i:
        return noun.dep_ in ("dobj", "nsubjpass", "attr", "oprd", "conj")
    if noun.dep_ == "pobj":
        return head.lower_ in ("to", "into", "at", "on", "from", "with", "of", "upon") and head.head.i == verb.i
    if noun.dep_ == "conj":
        return _governs(verb, head)
    return verb.dep_ in ("relcl", "acl") and verb.head.i == noun.i


def _made(noun: Token, verb: Token) -> Iterator[Cue]:
    cue = settled(noun, verb, "accord", CueList("accords", 1, True, True, 0.75))
    if cue is not None:
        yield cue


def _broken(noun: Token, verb: Token) -> Iterator[Cue]:
    cue = settled(noun, verb, "accord", CueList("breaking", -1, False, False, 0.6))
    if cue is not None:
        yield cue


def _ending(noun: Token, verb: Token) -> Iterator[Cue]:
    """Yield "called for an end to the blockade", "announced a suspension of aid"."""
    told = factuality(verb)
    if told.modality != "actual" or told.conditional or told.negated:
        return
    if verb.lemma_.lower() in word_set(_LEXICON, "demanding") or verb.lemma_ in ("announce", "order"):
        yield Cue(noun, verb, "accord", "endings", -1, False, 0.55)


def _view(noun: Token, verb: Token) -> Iterator[Cue]:
    """Yield "share the view", "have close positions", "hold different opinions"."""
    if verb.lemma_.lower() not in word_set(_LEXICON, "holding"):
        return
    modifiers = {child.lemma_.lower() for child in noun.children if child.dep_ in ("amod", "compound")}
    if verb.lemma_.lower() == "share" or modifiers & word_set(_LEXICON, "same"):
        words = CueList("views", 1, True, True, 0.75)
    elif modifiers & word_set(_LEXICON, "opposed"):
        words = CueList("views", -1, True, True, 0.75)
    else:
        return
    cue = settled(noun, verb, "view", words)
    if cue is not None:
        yield cue


# Adjectives


def _adjective_cues(word: Token) -> Iterator[Cue]:
    verb = governing_verb(word)
    if verb is None:
        return
    found = _listed("adjectives", word)
    if (
        found is not None
        and _is_idiom(word)
        and (word.dep_ in ("acomp", "prep", "advcl", "conj") or verb.lemma_ in ("be", "remain"))
    ):
        words, second = found
        cue = settled(word, verb, "adjective", words, preposition=second)
        if cue is not None:
            yield cue
    elif word.dep_ in ("acomp", "oprd"):
        yield from _fault(word, verb)
    if word.lemma_.lower() in word_set(_LEXICON, "attitude_adjectives") and word.dep_ == "acomp":
        yield from _joint_attitude(verb, word)


def _is_idiom(word: Token) -> bool:
    """Say whether a preposition makes an idiom with a bare noun: "in agreement", not "in the agreement"."""
    return word.pos_ != "ADP" or not any(child.dep_ in ("det", "poss") for noun in word.rights for child in noun.lefts)


def _fault(word: Token, verb: Token) -> Iterator[Cue]:
    """Yield "the proposal is unacceptable": the speaker finds fault with its owner."""
    lemma = word.lemma_.lower()
    fault, merit = lemma in word_set(_LEXICON, "faults"), lemma in word_set(_LEXICON, "merits")
    if verb.lemma_ != "be" or not (fault or merit):
        return
    told = factuality(word)
    if told.modality in ("actual", "possible") and not told.conditional and told.negated == merit:
        yield Cue(word, verb, "fault", "speaker's faults", -1, False, 0.5)


# Look-up


def _listed(part: str, token: Token) -> tuple[CueList, str | None] | None:
    """Return the list that holds a word, alone or with its particle or preposition, and that second word."""
    entries = _table(part).get(token.lemma_.lower())
    if entries is None:
        return None
    followers = {child.lower_: child for child in token.rights if child.dep_ in _PARTICLES}
    lemmas = {child.lemma_.lower(): word for word, child in followers.items()}
    for second, words in entries.items():
        if second and (second.split()[0] in followers or second.split()[0] in lemmas):
            return words, second.split()[-1]
    return (entries[""], None) if "" in entries else None


@cache
def _table(part: str) -> Mapping[str, Mapping[str, CueList]]:
    """Return lemma -> second word ("" for none) -> its list; two-word entries first."""
    table: dict[str, dict[str, CueList]] = {}
    for name, entry in read_lexicon(_LEXICON)[part].items():
        words = CueList(
            name, entry["sign"], entry["relation"] == "mutual", entry["negation"] == "flips", entry["strength"]
        )
        for word in entry["words"]:
            first, _, second = word.partition(" ")
            table.setdefault(first, {})[second] = words
    return table
