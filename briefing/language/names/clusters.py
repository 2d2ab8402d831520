"""Clusters of the spans that name one entity; persons first, because a full name explains a surname alone."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc, Token

from briefing.language.analysis import MentionForm
from briefing.language.names.cities import is_town
from briefing.language.neighbours import token_after, token_before
from briefing.language.roles.finders import speaks
from briefing.language.roles.phrases import is_role_noun, nouns_of, phrase_head
from briefing.language.surface import NameSpan, given_names, head_of, honorific_sex, name_words
from briefing.language.syntax import is_article
from briefing.model.brief import Kind
from briefing.runtime.lexicon import word_set

_STROKES = str.maketrans("łøđı", "lodi")  # letters that do not decompose into a letter and an accent


@dataclass(slots=True)
class Cluster:
    """The spans that name one entity."""

    words: tuple[str, ...] = ()  # folded words of its first full name
    spans: list[NameSpan] = field(default_factory=list)
    forms: list[MentionForm] = field(default_factory=list)
    votes: Counter[str] = field(default_factory=Counter)
    kind: Kind | None = None
    basis: str = ""  # what decided the kind
    name: str = ""
    territory: str | None = None
    sex: str | None = None

    def add(self, span: NameSpan, form: MentionForm = "name") -> None:
        """Add a span."""
        self.spans.append(span)
        self.forms.append(form)
        self.votes[span.label] += 1

    def take_in(self, other: "Cluster") -> None:
        """Add the spans of another cluster."""
        for span, form in zip(other.spans, other.forms, strict=True):
            self.add(span, form)


def folded(token: Token) -> str:
    """Return a token's text for comparing names: without case, accents, full stops and typographic apostrophes."""
    word = token.lower_.replace(".", "").replace("’", "'")
    return word if word.isascii() else _plain(word)


def _plain(word: str) -> str:
    """Return a word without accents: "Erdogan" for "Erdoğan"."""
    parts = unicodedata.normalize("NFKD", word.translate(_STROKES))
    return "".join(part for part in parts if not unicodedata.combining(part))


def words_of(doc: Doc, span: NameSpan) -> tuple[str, ...]:
    """Return the folded words of a span, without marks and hyphens."""
    if span.last == span.first + 1:
        token = doc[span.first]
        word = folded(token)
        return (word,) if word and not token.is_punct else ()
    return tuple(word for token in doc[span.first : span.last] if not token.is_punct and (word := folded(token)))


def group_spans(doc: Doc, spans: Iterable[NameSpan]) -> list[Cluster]:
    """Return a cluster for each set of spans with equal words, in the order of first mention."""
    groups: dict[tuple[str, ...], Cluster] = {}
    for span in spans:
        words = words_of(doc, span)
        if words:
            groups.setdefault(words, Cluster(words)).add(span)
    return list(groups.values())


def find_persons(doc: Doc, spans: list[NameSpan]) -> tuple[list[Cluster], list[NameSpan]]:
    """Return the persons with full names, with the short names that mean them, and the remaining spans."""
    groups = group_spans(doc, (span for span in spans if span.place is None))
    titled = {group.words[0] for group in groups if len(group.words) == 1 and group.votes["TITLED"]}
    alone = {group.words[0] for group in groups if len(group.words) == 1 and _is_lone_person(doc, group)}
    for group in groups:
        group.basis = _person_basis(doc, group, titled, alone) if len(group.words) > 1 else ""
    full = [group for group in groups if group.basis]
    persons: list[Cluster] = []
    by_end: dict[str, list[Cluster]] = {}
    for group in sorted(full, key=lambda group: -len(group.words)):
        ends = {_without_generation(group.words)[0], _without_generation(group.words)[-1]}
        near = [person for end in sorted(ends) for person in by_end.get(end, ())]
        home = next((person for person in near if _same_person(group.words, person.words)), None)
        if home is not None:
            home.take_in(group)
            continue
        group.kind = "person"
        persons.append(group)
        for end in sorted(ends):
            by_end.setdefault(end, []).append(group)
    for person in persons:
        sex_by_title = next((sex for span in person.spans if (sex := _sex_before(doc, span))), None)
        person.sex = sex_by_title or _sex_by_given_name(person.words)
    named = {span.first for person in persons for span in person.spans}
    return persons, _share_short_names(doc, [span for span in spans if span.first not in named], persons)


def _is_lone_person(doc: Doc, group: Cluster) -> bool:
    """Return True if the recogniser mostly takes a name for a person's, and nothing shows a place or a body."""
    if 2 * group.votes["PERSON"] <= len(group.spans):
        return False
    return not any(names_place(head_of(doc, span)) or body_evidence(doc, span) > 0 for span in group.spans)


def _person_basis(doc: Doc, group: Cluster, titled: set[str], alone: set[str]) -> str:
    """Return why a full name is a person's, by the recogniser's votes and the words around it; "" if it is not.

    *titled* and *alone* are single names of persons: after a title, and by the recogniser's label.
    """
    words, votes = group.words, group.votes
    endings = name_words("organisation_nouns") | thing_nouns()
    spelt = all(word[0].isalpha() and not any(char.isdigit() for char in word) for word in words)
    body = words[1] == "of" and words[0] in name_words("bodies_of", "organisation_nouns")  # "University of Halvik"
    if words[-1] in endings or body or opens_thing(words) or not spelt or only_titles(words):
        return ""
    if votes["TITLED"]:
        return "an office or form of address comes before the name"
    if words[-1] in titled:
        return "an office or form of address comes before the surname"
    if all(names_place(head_of(doc, span)) and not _follows_role(doc, span) for span in group.spans):
        return ""
    score = 2 * votes["PERSON"] + votes["NAME"] - sum(votes.values())
    evidence = sum(person_evidence(doc, span) for span in group.spans)
    if evidence <= 0 and names_town(doc, group):
        return ""
    if words[-1] in alone and not any(names_place(head_of(doc, span)) for span in group.spans):
        return "its last word alone names a person elsewhere"
    evidence += sum(company_evidence(doc, span) for span in group.spans)
    if score + evidence <= 0:
        return ""
    counted = f"{votes['PERSON']} of {len(group.spans)} mentions"
    return f"{counted} have the recogniser's label for a person, the words around add {evidence:+d}"


def _follows_role(doc: Doc, span: NameSpan) -> bool:
    before = token_before(doc[span.first])
    return before is not None and is_role_noun(before)


def names_town(doc: Doc, group: Cluster) -> bool:
    """Return True if a name is the name of a town."""
    span = group.spans[0]
    return is_town(doc[span.first : span.last].text)


def only_titles(words: tuple[str, ...]) -> bool:
    """Return True if a name has only words of offices: "Minister of Finance", not "Catholic Bishop"."""
    if len(words) == 1 and words[0] in nouns_of("people_nouns"):
        return True
    words = (words[0].removesuffix("s"), *words[1:])
    offices = _offices()
    return (words[0] in offices or words[-1] in offices) and all(
        word in offices or word in _beside_offices() for word in words
    )


@cache
def _offices() -> frozenset[str]:
    return name_words("titles") | nouns_of("role_nouns")


@cache
def _beside_offices() -> frozenset[str]:
    return name_words("title_modifiers", "portfolios") | word_set(__name__, "small_words")


def person_evidence(doc: Doc, span: NameSpan) -> int:
    """Return a score for the words around a name: positive for a person, negative against one.

    For a person: a role noun before the name; an age, "who" or ", president of" after it; the subject of a verb of
    saying. Against: an article or a preposition of place before it.
    """
    score = 0
    before, after = token_before(doc[span.first]), token_after(doc[span.last - 1])
    root = head_of(doc, span)
    score += 2 * any(len(token) == 2 and token.text[1] == "." for token in doc[span.first + 1 : span.last])
    if before is not None:
        score += 2 * (honorific_sex(before) is not None or _names_human(before))
        score -= 3 * (is_article(before))
        outer = token_before(before)
        score += 2 * (before.text == "," and outer is not None and _names_human(outer))
    added = token_after(after) if after is not None and after.text == "," else None
    if added is not None:
        score += 3 * ((added.lower_ == "who") - (added.lower_ == "which")) + added.is_digit
        head = phrase_head(doc, added.i) if added.pos_ == "DET" else None
        score += 2 * (head is not None and is_role_noun(head))
    score += 3 * any(_describes_person(child) for child in root.rights if child.dep_ == "appos")
    score += speaks(root)
    return score - 2 * is_located(root) - 2 * body_evidence(doc, span)


def _names_human(noun: Token) -> bool:
    """Return True if a noun names a person and no body: not "broadcaster"."""
    return is_role_noun(noun) and noun.lower_ not in nouns_of("company_words")


def _describes_person(noun: Token) -> bool:
    """Return True if an apposition can only describe a person: an office without an article, "a Norwegian who"."""
    if is_role_noun(noun) and not _has_article(noun):
        return True
    clauses = (child for child in noun.rights if child.dep_ == "relcl")
    return any(word.lower_ == "who" for clause in clauses for word in clause.lefts)


def _has_article(noun: Token) -> bool:
    return any(child.dep_ == "det" for child in noun.lefts)


def company_evidence(doc: Doc, span: NameSpan) -> int:
    """Return the number of persons that "and" joins to a name, before and after it."""
    root = head_of(doc, span)
    before = root.dep_ == "conj" and root.head.ent_type_ == "PERSON"
    return before + any(child.dep_ == "conj" and child.ent_type_ == "PERSON" for child in root.rights)


def body_evidence(doc: Doc, span: NameSpan) -> int:
    """Return a score for an organisation by the words beside a name: "insurer X", "its insurer, X", "the X party"."""
    after = [token.lower_ for token in doc[span.last : span.last + 2]]
    before = [token.lower_ for token in doc[max(0, span.first - 2) : span.first] if token.text != ","]
    described = bool(before) and before[-1] in nouns_of("company_words")
    owns = bool(after) and after[0] in word_set(__name__, "company_possessions", "bearing_nouns")
    return 2 * (described + owns + (after in ([",", "based"], [",", "headquartered"])))


def is_located(token: Token) -> bool:
    """Return True if a token follows a preposition of place: "in", "at", "near"."""
    for _ in range(8):
        if token.dep_ not in ("conj", "appos") or token.head is token:
            break
        token = token.head
    return token.dep_ == "pobj" and token.head.lower_ in word_set(__name__, "place_prepositions")


def names_place(token: Token) -> bool:
    """Return True if a token can only be a place: "in X", "X's coast", "the X district", "the town of X"."""
    before = token.head
    if is_located(token) or (token.dep_ == "poss" and before.lower_ in word_set(__name__, "place_parts")):
        return True
    if token.dep_ == "compound" and before.i == token.i + 1 and before.lower_ in word_set(__name__, "areas"):
        return True
    return token.dep_ == "pobj" and before.lower_ == "of" and before.head.lower_ in word_set(__name__, "place_nouns")


def thing_nouns() -> frozenset[str]:
    """Return the nouns for texts, events and places that end a name."""
    return word_set(__name__, "thing_nouns")


def opens_thing(words: tuple[str, ...]) -> bool:
    """Return True if the first word shows a storm, a ship or an operation, or if a name is a lawsuit's: "X v Y".

    A body may have such a name, too: "Storm Lake Police".
    """
    opened = words[0] in word_set(__name__, "thing_openers") and words[-1] not in name_words("organisation_nouns")
    return len(words) > 1 and (opened or "v" in words[1:-1])


def bearing_nouns() -> frozenset[str]:
    """Return the nouns of bodies right after the body's name: "the Arden party"."""
    return word_set(__name__, "bearing_nouns")


def _same_person(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Return True if two full names can mean one person: equal ends; the middle may be missing or initials.

    A second given name may be used in place of the first: "Odd Berg" for "Jan Odd Moe Berg".
    """
    short, long = _without_generation(short), _without_generation(long)
    if short == long[-len(short) :] or short == long[: len(short)]:
        return len(short) > 1
    return short[-1] == long[-1] and (short[0] in long[:-1] or (len(short[0]) == 1 and long[0].startswith(short[0])))


def _without_generation(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[:-1] if len(words) > 1 and words[-1] in word_set(__name__, "generations") else words


def _sex_before(doc: Doc, span: NameSpan) -> str | None:
    before = token_before(doc[span.first])
    sex = honorific_sex(before) if before is not None else None
    return sex if sex != "either" else None


def _sex_by_given_name(words: tuple[str, ...]) -> str | None:
    kinds = ("male", "female") if len(words) > 1 else ()
    return next((sex for sex in kinds if words[0].casefold() in given_names(sex)), None)


def _share_short_names(doc: Doc, spans: list[NameSpan], persons: list[Cluster]) -> list[NameSpan]:
    """Add each surname or first name to its person, the last named of several; return the remaining spans."""
    bearers: dict[tuple[str, ...], list[int]] = {}
    for number, person in enumerate(persons):
        for short in _short_names(person.words):
            bearers.setdefault(short, []).append(number)
    last_named = sorted((span.first, number) for number, person in enumerate(persons) for span in person.spans)
    latest = [-1] * len(persons)
    index = 0
    remaining: list[NameSpan] = []
    for span in spans:
        while index < len(last_named) and last_named[index][0] < span.first:
            latest[last_named[index][1]] = last_named[index][0]
            index += 1
        candidates = bearers.get(words_of(doc, span), [])
        sex = _sex_before(doc, span)
        if _is_acronym(doc, span):
            candidates = [number for number in candidates if doc[persons[number].spans[0].first].is_upper]
        if not candidates or (span.place is not None and span.label not in ("PERSON", "TITLED")):
            remaining.append(span)
            continue
        fitting = [n for n in candidates if not (sex and persons[n].sex and persons[n].sex != sex)] or candidates
        chosen = max(fitting, key=lambda number: latest[number])
        persons[chosen].add(span)
        persons[chosen].sex = persons[chosen].sex or sex
        latest[chosen] = span.first
    return remaining


def _is_acronym(doc: Doc, span: NameSpan) -> bool:
    """Return True if a name has only capitals: "UN" does not mention Kim Jong Un."""
    return span.last == span.first + 1 and len(doc[span.first]) > 1 and doc[span.first].text.isupper()


def _short_names(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the short forms of a full name: its ends, its beginnings, and each word in its middle."""
    particles = name_words("particles")
    words = _without_generation(words)
    seen: set[tuple[str, ...]] = {words}
    parts = [words[-size:] for size in range(1, len(words))]
    parts += [words[:size] for size in range(1, len(words))]
    parts += [words[index : index + 1] for index in range(1, len(words) - 1)]
    for part in parts:
        if part not in seen and part[-1] not in particles and len(part[-1]) > 1:
            seen.add(part)
            yield part
