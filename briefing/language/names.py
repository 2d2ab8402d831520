"""Names clustered into entities: one cluster, one kind, whatever the recogniser says from sentence to sentence."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from briefing.language.analysis import Entity, Mention, MentionForm, SentenceSpan
from briefing.language.lexicon import word_set
from briefing.language.metonyms import stands_for_government
from briefing.language.name_spans import NameSpan, find_name_spans, honorific_sex
from briefing.language.roles import NameTable, find_roles
from briefing.model import Article, Kind

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_MAX_ACRONYM = 7


@dataclass(slots=True)
class _Cluster:
    """The spans that name one entity, while they are gathered."""

    spans: list[NameSpan] = field(default_factory=list)
    forms: list[MentionForm] = field(default_factory=list)
    words: tuple[str, ...] = ()  # of the fullest form, folded
    votes: Counter[str] = field(default_factory=Counter)
    sex: str | None = None
    kind: Kind | None = None
    name: str = ""
    territory: str | None = None

    def add(self, span: NameSpan, form: MentionForm = "name") -> None:
        self.spans.append(span)
        self.forms.append(form)
        self.votes[span.label] += 1


def find_entities(doc: Doc, sentences: tuple[SentenceSpan, ...], article: Article) -> tuple[Entity, ...]:
    """Return whom and what the article names outside boilerplate, in the order of first mention."""
    spans = find_name_spans(doc, sentences)
    persons = _person_clusters(doc, spans)
    places, rest = _place_clusters(doc, [span for span in spans if not _is_in(span, persons)])
    named = _share_short_names(doc, rest, persons)
    others = _other_clusters(doc, named)
    clusters = [cluster for cluster in (*persons, *places, *others) if cluster.spans]
    clusters.sort(key=lambda cluster: min((span.first, span.last) for span in cluster.spans))
    for cluster in clusters:
        cluster.name = cluster.name or _fullest([doc[span.first : span.last].text for span in sorted(cluster.spans)])
    table = _name_table(clusters, spans)
    return tuple(_entity(doc, index, cluster, table) for index, cluster in enumerate(clusters))


def folded(token: Token) -> str:
    """Return a token's text as names are compared: without case, points and typographic apostrophes."""
    return token.lower_.replace(".", "").replace("’", "'")


def _name_table(clusters: list[_Cluster], spans: tuple[NameSpan, ...]) -> NameTable:
    owners = {
        token: cluster.name
        for cluster in clusters
        if cluster.kind in ("country", "organisation")
        for span in cluster.spans
        for token in range(span.first, span.last)
    }
    persons = [span for cluster in clusters if cluster.kind == "person" for span in cluster.spans]
    return NameTable(
        {token: span.first for span in spans for token in range(span.first, span.last)},
        owners,
        frozenset(token for span in persons for token in range(span.first, span.last)),
    )


def _entity(doc: Doc, index: int, cluster: _Cluster, table: NameTable) -> Entity:
    order = sorted(range(len(cluster.spans)), key=lambda number: cluster.spans[number])
    mentions = tuple(_mention(doc, cluster.spans[number], cluster.forms[number]) for number in order)
    written = list(dict.fromkeys(doc.text[mention.start : mention.end] for mention in mentions))
    aliases = tuple(text for text in written if text != cluster.name)
    roles = find_roles(doc, sorted(cluster.spans), table) if cluster.kind == "person" else ()
    return Entity(index, cluster.name, cluster.kind, mentions, aliases, roles, cluster.territory)


def _mention(doc: Doc, span: NameSpan, form: MentionForm) -> Mention:
    last = doc[span.last - 1]
    return Mention(doc[span.first].idx, last.idx + len(last), doc[span.first : span.last].root.i, form)


def _fullest(written: list[str]) -> str:
    """Return the form with most words; not one in capitals, and of equal ones the first."""
    return max(
        written,
        key=lambda text: (
            not (text.isupper() and " " in text),
            len(text.split()),
            len(text) if len(text.split()) == 1 else 0,
        ),
    )


def _words(doc: Doc, span: NameSpan) -> tuple[str, ...]:
    return tuple(word for token in doc[span.first : span.last] if not token.is_punct and (word := folded(token)))


def _is_in(span: NameSpan, clusters: Iterable[_Cluster]) -> bool:
    return any(span in cluster.spans for cluster in clusters)


def _person_clusters(doc: Doc, spans: tuple[NameSpan, ...]) -> list[_Cluster]:
    """Return the persons named by two words or more, or by a title and one word."""
    groups: dict[tuple[str, ...], _Cluster] = {}
    for span in spans:
        if span.place is None:
            groups.setdefault(_words(doc, span), _Cluster(words=_words(doc, span))).add(span)
    full = [group for words, group in groups.items() if len(words) > 1 and _is_person(words, group.votes)]
    clusters: list[_Cluster] = []
    for group in sorted(full, key=lambda group: -len(group.words)):
        home = next((cluster for cluster in clusters if _same_person(group.words, cluster.words)), None)
        if home is None:
            group.kind = "person"
            clusters.append(group)
        else:
            for span in group.spans:
                home.add(span)
    for cluster in clusters:
        cluster.sex = next((sex for span in cluster.spans if (sex := _sex_before(doc, span))), None)
    return clusters


def _is_person(words: tuple[str, ...], votes: Counter[str]) -> bool:
    if words[-1] in word_set("roles", "organisation_nouns") or not any(word.isalpha() for word in words):
        return False
    return votes["PERSON"] + 2 * votes["TITLED"] >= max(1, sum(votes.values()) / 2)


def _same_person(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Say whether two full names are one person's: equal ends, what stands between left out or put to an initial."""
    short, long = _without_generation(short), _without_generation(long)
    if short == long[-len(short) :] or short == long[: len(short)]:
        return len(short) > 1
    return short[-1] == long[-1] and (short[0] == long[0] or len(short[0]) == 1 and long[0].startswith(short[0]))


def _without_generation(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[:-1] if len(words) > 1 and words[-1] in ("jr", "sr", "ii", "iii", "iv") else words


def _sex_before(doc: Doc, span: NameSpan) -> str | None:
    sex = honorific_sex(doc[span.first - 1]) if span.first else None
    return sex if sex != "either" else None


def _place_clusters(doc: Doc, spans: Iterable[NameSpan]) -> tuple[list[_Cluster], list[NameSpan]]:
    """Return the states and the cities that only are places, and the spans that name neither."""
    states: dict[str, _Cluster] = {}
    rest: list[NameSpan] = []
    for span in spans:
        place = span.place
        if place is None or span.label == "TITLED":
            rest.append(span)
            continue
        form = _place_form(doc, span)
        if form is None:
            rest.append(span._replace(label="GPE"))
            continue
        state = states.setdefault(place.name, _Cluster(name=place.name, territory=place.territory))
        state.kind = "organisation" if place.organisation else "country"
        state.add(span, form)
    return list(states.values()), rest


def _place_form(doc: Doc, span: NameSpan) -> MentionForm | None:
    """Return how a span of the gazetteer mentions its state; None where a capital is a place."""
    assert span.place is not None
    if span.place.form == "capital":
        return "metonym" if stands_for_government(doc[span.first : span.last].root) else None
    if span.place.form == "seat":
        return "metonym"
    return "name" if span.place.form == "name" else "demonym"


def _share_short_names(doc: Doc, spans: list[NameSpan], persons: list[_Cluster]) -> list[NameSpan]:
    """Give each surname or first name to the person who bears it, the last named of several; return the other spans."""
    bearers: dict[tuple[str, ...], list[_Cluster]] = {}
    for person in persons:
        for short in _short_names(person.words):
            bearers.setdefault(short, []).append(person)
    left: list[NameSpan] = []
    for span in spans:
        candidates = bearers.get(_words(doc, span), [])
        if not candidates:
            left.append(span)
            continue
        sex = _sex_before(doc, span)
        fitting = [person for person in candidates if not (sex and person.sex and person.sex != sex)] or candidates
        before = [(max((s for s in person.spans if s < span), default=None), person) for person in fitting]
        chosen = max(before, key=lambda pair: (pair[0] is not None, pair[0] or (0, 0)))[1]
        chosen.add(span)
        chosen.sex = chosen.sex or sex
    return left


def _short_names(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the parts of a full name that may stand for it: each tail and each head."""
    words = _without_generation(words)
    for size in range(1, len(words)):
        if words[-size] not in word_set("roles", "particles") or size > 1:
            yield words[-size:]
        if words[:size] != words[-size:] and words[size - 1] not in word_set("roles", "particles"):
            yield words[:size]


def _other_clusters(doc: Doc, spans: list[NameSpan]) -> list[_Cluster]:
    """Return organisations, groups, single-named persons and things, long names before the short ones that mean them."""
    groups: dict[tuple[str, ...], _Cluster] = {}
    for span in spans:
        words = _words(doc, span)
        if words:
            groups.setdefault(_singular(words), _Cluster(words=words)).add(span)
    clusters: list[_Cluster] = []
    by_tail: dict[str, list[_Cluster]] = {}
    by_acronym: dict[str, _Cluster] = {}
    for group in sorted(groups.values(), key=lambda group: -len(group.words)):
        home = _home(doc, group, by_tail, by_acronym)
        if home:
            for span in group.spans:
                home.add(span)
            continue
        clusters.append(group)
        by_tail.setdefault(group.words[-1], []).append(group)
        by_acronym.setdefault(_initials(doc, group.spans[0]), group)
    for cluster in clusters:
        cluster.kind = _kind(doc, cluster)
    return clusters


def _singular(words: tuple[str, ...]) -> tuple[str, ...]:
    return (
        (words[0][:-1],)
        if len(words) == 1 and words[0] in word_set("roles", "group_nouns") and words[0].endswith("s")
        else words
    )


def _initials(doc: Doc, span: NameSpan) -> str:
    tokens = doc[span.first : span.last]
    return "".join(token.text[0] for token in tokens if token.text[0].isupper()) if len(tokens) > 1 else ""


def _home(
    doc: Doc, group: _Cluster, by_tail: dict[str, list[_Cluster]], by_acronym: dict[str, _Cluster]
) -> _Cluster | None:
    """Return the cluster of longer names that a shorter one means: by acronym, or as its tail."""
    words = group.words
    if len(words) == 1 and len(words[0]) <= _MAX_ACRONYM:
        letters = doc[group.spans[0].first].text.replace(".", "")
        if letters.isupper() and len(letters) > 1 and letters in by_acronym:
            return by_acronym[letters]
    if len(words) == 1 and words[0] not in word_set("roles", "organisation_nouns"):
        return None
    longer = [cluster for cluster in by_tail.get(words[-1], ()) if cluster.words[-len(words) :] == words]
    return longer[0] if len(longer) == 1 else None


def _kind(doc: Doc, cluster: _Cluster) -> Kind | None:
    votes, words = cluster.votes, cluster.words
    if words[-1] in word_set("roles", "group_nouns"):
        return "group"
    if words[-1] in word_set("roles", "organisation_nouns"):
        return "organisation"
    if votes["TITLED"]:
        return "person"
    places = sum(votes[label] for label in _PLACE_LABELS)
    best = max(
        ("ORG", "PERSON", "NORP", "PLACE", "THING"),
        key=lambda label: {"PLACE": places, "THING": _things(votes)}.get(label, votes[label]),
    )
    kinds: dict[str, Kind] = {"ORG": "organisation", "PERSON": "person", "NORP": "group"}
    return kinds.get(best)


def _things(votes: Counter[str]) -> int:
    return sum(votes[label] for label in ("PRODUCT", "EVENT", "WORK_OF_ART", "LAW"))
