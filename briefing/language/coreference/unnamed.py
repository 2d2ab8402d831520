"""Actors without a name: "the Russian foreign minister", "residents", "the government"."""

from collections.abc import Container, Mapping, Sequence
from functools import cache

from spacy.tokens import Span, Token

from briefing.language.analysis import Entity, Mention, Role, SentenceSpan
from briefing.language.neighbours import word_after
from briefing.language.roles.finders import relational_nouns
from briefing.language.roles.phrases import is_role_noun, nouns_of
from briefing.language.syntax import MODIFIERS, SUBJECTS
from briefing.model.brief import Kind
from briefing.runtime.lexicon import read_lexicon, word_set

_Mentions = list[tuple[Token, SentenceSpan]]

_LONGEST = 8  # tokens of a description, at most
_MOST_HOLDERS = 20  # holders of one office, at most
_STATES = word_set(__name__, "states")
_HOMES = frozenset({"from", "at"})
_LEAST_MENTIONS = 2  # of a group or body that neither speaks nor is in the title


def find_unnamed(
    tokens: Sequence[Token],
    sentences: tuple[SentenceSpan, ...],
    entities: tuple[Entity, ...],
    referents: Mapping[int, tuple[int, ...]],
    speakers: frozenset[int],
    quoted: Container[int],
) -> tuple[Entity, ...]:
    """Return unnamed actors as entities, in the order of first mention; their indices follow those of *entities*.

    A person must speak, or act and have an office with an owner. A group or body must act, and also be mentioned twice,
    speak, or be in the title. An independent group or body that has done something outside direct speech (*quoted*
    tokens) is an actor too.
    """
    found: dict[str, _Mentions] = {}
    for sentence in sentences:
        for token in tokens[sentence.first : sentence.last]:
            if (token.pos_ == "NOUN" or _is_sole_office(token)) and token.i not in referents and _may_act(token):
                found.setdefault(_key(token), []).append((token, sentence))
    owners = frozenset(m.head for e in entities if e.kind in ("organisation", "person") for m in e.mentions)
    chosen = [
        mentions
        for mentions in _joined(found)
        if _is_actor(mentions, speakers, referents)
        or any(_did(noun) and noun.i not in quoted and _is_of_its_own(noun, owners) for noun, _ in mentions)
    ]
    return tuple(_entity(len(entities) + number, mentions) for number, mentions in enumerate(chosen))


# The reason for each kind of unnamed actor.
_BASES: Mapping[Kind | None, str] = {
    "person": "its noun is an office or means one human being",
    "group": "its noun names people",
    "organisation": "its noun names a body",
}


def _kind(noun: Token) -> Kind | None:
    lemma = noun.lemma_.lower()
    if lemma in word_set(__name__, "vague_nouns"):
        return None
    if noun.tag_ == "NNS" and noun.lower_ not in nouns_of("collective_nouns"):
        known = lemma in nouns_of("role_nouns") or lemma in nouns_of("people_nouns")
        return "group" if known else None
    if lemma in nouns_of("collective_nouns"):
        return "group" if lemma in word_set(__name__, "loose_groups") else "organisation"
    if lemma in _human_nouns():
        return "person"
    if not is_role_noun(noun) or lemma in relational_nouns():
        return None
    return "group" if any(child.lower_ in ("each", "every") for child in noun.lefts) else "person"


@cache
def _human_nouns() -> Mapping[str, str]:
    """Return the nouns for persons without an office, each with the noun of its group of synonyms."""
    return {str(noun): str(key) for key, nouns in read_lexicon(__name__)["human_nouns"].items() for noun in nouns}


def _may_act(noun: Token) -> bool:
    return _kind(noun) is not None and not _is_of_another_day(noun)


def _is_of_another_day(noun: Token) -> bool:
    """Return True if a singular noun means a past or future holder: "the next administration"."""
    return noun.tag_ != "NNS" and any(child.lower_ in word_set(__name__, "not_of_today") for child in noun.lefts)


def _key(noun: Token) -> str:
    """Return the key of an unnamed actor: the noun and, for an office, its modifiers."""
    if noun.tag_ != "NNS" and noun.lower_ in _human_nouns():
        return _human_nouns()[noun.lower_]
    if noun.tag_ == "NNS" or not is_role_noun(noun):
        return noun.lower_
    return " ".join([*(child.lower_ for child in noun.children if child.dep_ in MODIFIERS), noun.lower_])


def _joined(found: Mapping[str, _Mentions]) -> list[_Mentions]:
    """Join an office holder to one with a longer description: "spokesman" to "Delta Air Lines spokesman"."""
    joined: dict[str, _Mentions] = {}
    by_noun: dict[str, list[str]] = {}
    for key in sorted(found, key=lambda key: (-len(key.split()), found[key][0][0].i)):
        words = key.split()
        homes = [home for home in by_noun.get(words[-1], [])[:_MOST_HOLDERS] if set(words) <= set(home.split())]
        if len(homes) == 1:
            joined[homes[0]] = [*joined[homes[0]], *found[key]]
        else:
            joined[key] = found[key]
            by_noun.setdefault(words[-1], []).append(key)
    ordered = [sorted(mentions, key=lambda mention: mention[0].i) for mentions in joined.values()]
    return sorted(ordered, key=lambda mentions: mentions[0][0].i)


def _is_actor(mentions: _Mentions, speakers: frozenset[int], referents: Mapping[int, tuple[int, ...]]) -> bool:
    nouns = [token for token, _ in mentions]
    speaks = any(noun.i in speakers for noun in nouns)
    acts = any(_acts(noun) for noun in nouns)
    if _kind(nouns[0]) == "person":
        owned = any(token.i in referents for noun in nouns for token in _description(noun))
        definite = any(_is_definite(noun) for noun in nouns)
        if nouns[0].lower_ in _human_nouns():
            return definite and len(nouns) >= _LEAST_MENTIONS and any(_is_dealt_with(noun) for noun in nouns)
        sole = any(_is_sole_office(noun) for noun in nouns)
        return speaks or (acts and (owned or sole) and definite)
    titled = any(sentence.role == "title" for _, sentence in mentions)
    return acts and (speaks or titled or len(nouns) >= _LEAST_MENTIONS)


def _acts(noun: Token) -> bool:
    top = _top(noun)
    return top.dep_ in SUBJECTS and top.head.lemma_ != "be"


def _is_dealt_with(noun: Token) -> bool:
    """Return True if a noun acts, or is the object of a verb."""
    return _acts(noun) or (_top(noun).dep_ == "dobj" and _top(noun).head.lemma_ != "have")


def _did(noun: Token) -> bool:
    """Return True if a noun did or is doing something: not a habit, duty or possibility."""
    top = _top(noun)
    verb = top.head
    if top.dep_ != "nsubj" or verb.lemma_ in _STATES or _kind(noun) == "person":
        return False
    helpers = [child for child in verb.lefts if child.dep_ == "aux"]
    if any(child.tag_ == "MD" for child in helpers):
        return False
    return verb.tag_ == "VBD" or (verb.tag_ in ("VBN", "VBG") and bool(helpers))


def _is_of_its_own(noun: Token, owners: Container[int]) -> bool:
    """Return True if a group or body is not part of a named body or a state: not "University officials"."""
    if noun.tag_ != "NNS" and noun.lower_ in word_set(__name__, "parts_of_states"):
        return False
    if _is_definite(noun) and noun.lemma_ in word_set(__name__, "members_of_bodies"):
        return False
    homes = (word for child in noun.rights if child.dep_ == "prep" and child.lower_ in _HOMES for word in child.rights)
    return not any(token.i in owners for token in _description(noun)) and not any(word.ent_type_ for word in homes)


def _top(noun: Token) -> Token:
    """Return the first noun of a list with this noun, or its count: "thousands" in "thousands of fans"."""
    token = noun
    for _ in range(4):
        if token.dep_ == "pobj" and token.head.lower_ == "of" and _is_count(token.head.head):
            token = token.head.head
        elif token.dep_ == "conj":
            token = token.head
        else:
            break
    return token


def _is_sole_office(noun: Token) -> bool:
    """Return True if a capitalised office without a name means its only holder: "The Prime Minister"."""
    return noun.pos_ == "PROPN" and noun.lower_ in sole_offices() and _is_definite(noun)


def sole_offices() -> frozenset[str]:
    """Return the offices with one holder: "the premier" without a name is a certain person."""
    return word_set(__name__, "sole_offices")


def _is_count(word: Token) -> bool:
    return word.lemma_.lower() in word_set(__name__, "counting")


def _is_office(noun: Token) -> bool:
    return noun.lemma_.lower() in nouns_of("role_nouns")


def _is_definite(noun: Token) -> bool:
    return any(child.dep_ == "poss" or (child.dep_ == "det" and child.lower_ == "the") for child in noun.children)


def _entity(index: int, mentions: _Mentions) -> Entity:
    """Return the entity; its name is the longest description without a comma."""
    described = [(token, _description(token)) for token, _ in mentions]
    found = tuple(
        Mention(span.start_char, span.start_char + len(span.text), token.i, "nominal") for token, span in described
    )
    written = list(dict.fromkeys(span.text for _, span in described))
    name = max(written, key=lambda words: ("," not in words, len(words.split())))
    aliases = tuple(words for words in written if words != name)
    kind = _kind(mentions[0][0])
    roles = tuple(
        Role(name, mention.start, mention.end, rule="the text gives no name but this")
        for mention, (_, span) in zip(found, described, strict=True)
        if kind == "person" and span.text == name and mentions[0][0].lower_ not in _human_nouns()
    )
    return Entity(index, name, kind, found, aliases, roles[:1], basis=_BASES.get(kind, ""))


def _description(noun: Token) -> Span:
    """Return a noun with its modifiers and, for an office, its complement: "ambassador to Tokyo"."""
    first = noun.i
    for child in noun.lefts:
        if child.dep_ in MODIFIERS and noun.i - child.left_edge.i <= _LONGEST:
            first = min(first, child.left_edge.i)
    while first < noun.i and _opens_description(noun.doc[first]):
        first += 1
    last = noun.i
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in word_set(__name__, "complements") and child.i == last + 1:
            edge = child.right_edge.i
            last = edge if edge - noun.i <= _LONGEST and _is_office(noun) else last
        break
    while last > noun.i and noun.doc[last].text in (",", ";", ":", "-", "–", "—"):
        last -= 1
    return noun.doc[first : last + 1]


def _opens_description(token: Token) -> bool:
    """Return True if a word before a description is not part of it: a determiner, possessive or count."""
    if token.pos_ in ("DET", "PUNCT", "PART", "PRON") or token.tag_ in ("PRP$", "CD"):
        return word_after(token) != "-"  # "18-year-old girl"
    return token.lower_ in word_set(__name__, "picking")
