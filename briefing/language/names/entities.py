"""Entities from clusters of names: each cluster gets one kind, even if the recogniser's labels vary."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from briefing.language.analysis import Entity, Mention, MentionForm, SentenceSpan
from briefing.language.names.clusters import Cluster, find_persons
from briefing.language.names.metonyms import means_government
from briefing.language.names.organisations import find_others
from briefing.language.names.spans import find_name_spans
from briefing.language.roles.affiliations import find_affiliation
from briefing.language.roles.entity_roles import find_roles
from briefing.language.roles.lists import singular_nouns
from briefing.language.roles.phrases import NameTable, has_age
from briefing.language.surface import NameSpan, head_of
from briefing.model.brief import Article
from briefing.runtime.lexicon import word_set


def find_entities(doc: Doc, sentences: tuple[SentenceSpan, ...], article: Article) -> tuple[Entity, ...]:
    """Return the named entities of the article outside boilerplate, in the order of first mention."""
    spans = find_name_spans(doc, sentences, article.text)
    persons, rest = find_persons(doc, list(spans))
    states, rest = _find_states(doc, [span for span in rest if span.label != "NAME"])
    seated = [state for state in states if state.kind == "organisation"]
    others = find_others(doc, rest, seated)
    clusters = [*persons, *(state for state in states if state.kind == "country"), *others]
    for body in seated:
        named = [span for span, form in zip(body.spans, body.forms, strict=True) if form == "name"]
        body.name = _fullest([_written(doc, article.text, span) for span in _in_order(named or body.spans)])
    clusters.sort(key=lambda cluster: min(span.first for span in cluster.spans))
    reporting = _reporting(article)
    for cluster in clusters:
        cluster.name = cluster.name or _fullest(
            [_written(doc, article.text, span) for span in _in_order(cluster.spans)]
        )
        if cluster.name.casefold() in reporting:
            cluster.kind = None
    table = _name_table(doc, clusters, spans)
    return tuple(_entity(doc, article.text, index, cluster, table) for index, cluster in enumerate(clusters))


def _reporting(article: Article) -> frozenset[str]:
    """Return the case-folded names of the outlet, its agency and the reporters."""
    agency = article.dateline.agency if article.dateline else None
    return frozenset(name.casefold() for name in (article.outlet, agency, *article.byline) if name)


def _find_states(doc: Doc, spans: Iterable[NameSpan]) -> tuple[list[Cluster], list[NameSpan]]:
    """Return the states with their metonyms and demonyms, and the remaining spans."""
    states: dict[str, Cluster] = {}
    rest: list[NameSpan] = []
    for span in spans:
        if span.place is not None and _names_no_state(head_of(doc, span)):
            continue
        form = _state_form(doc, span)
        if span.place is None or form is None:
            rest.append(span._replace(label="GPE") if span.place and span.label != "TITLED" else span)
            continue
        state = states.setdefault(
            span.place.name,
            Cluster(tuple(span.place.name.lower().split()), name=span.place.name, territory=span.place.territory),
        )
        state.kind = "organisation" if span.place.organisation else "country"
        state.basis = f"it is in the list of {'bodies' if span.place.organisation else 'states'} and their seats"
        state.add(span, form)
    return list(states.values()), rest


def _names_no_state(token: Token) -> bool:
    """Return True if a state modifies a currency ("U.S. dollars") or means a person ("the 24-year-old Briton")."""
    if token.dep_ in ("amod", "compound", "nmod") and token.head.lower_ in word_set(__name__, "currencies"):
        return True
    return token.tag_ not in ("NNS", "NNPS") and has_age(token)


def _state_form(doc: Doc, span: NameSpan) -> MentionForm | None:
    """Return how a span mentions its state; None if it mentions none, or if a capital is only a place."""
    if span.place is None or span.label == "TITLED":
        return None
    if span.label == "BODY":
        return "nominal"
    if span.place.form == "capital":
        return "metonym" if means_government(head_of(doc, span)) else None
    if span.place.form == "seat":
        return "metonym"
    return "name" if span.place.form == "name" else "demonym"


def _in_order(spans: Iterable[NameSpan]) -> list[NameSpan]:
    return sorted(spans, key=lambda span: span.first)


def _name_table(doc: Doc, clusters: list[Cluster], spans: tuple[NameSpan, ...]) -> NameTable:
    owned = [cluster for cluster in clusters if cluster.kind in ("country", "organisation")]
    persons = [cluster for cluster in clusters if cluster.kind == "person"]
    bodies = [cluster for cluster in owned if cluster.kind == "organisation"]
    return NameTable(
        starts={token: span.first for span in spans for token in range(span.first, span.last)},
        owners={token: cluster.name for cluster in owned for token in _tokens([cluster])},
        persons=frozenset(_tokens(persons)),
        bodies=frozenset(_tokens(bodies)),
        singulars=singular_nouns(doc),
    )


def _tokens(clusters: Iterable[Cluster]) -> Iterator[int]:
    for cluster in clusters:
        for span in cluster.spans:
            yield from range(span.first, span.last)


def _entity(doc: Doc, text: str, index: int, cluster: Cluster, table: NameTable) -> Entity:
    pairs = sorted(zip(cluster.spans, cluster.forms, strict=True), key=lambda pair: pair[0].first)
    mentions = tuple(_mention(doc, span, form) for span, form in pairs)
    written = dict.fromkeys(text[mention.start : mention.end] for mention in mentions)
    aliases = tuple(name for name in written if name != cluster.name)
    roles = find_roles(doc, [span for span, _ in pairs], table) if cluster.kind == "person" else ()
    named = [span for span, _ in pairs]
    affiliation = find_affiliation(doc, named, table) if cluster.kind == "person" else None
    return Entity(
        index, cluster.name, cluster.kind, mentions, aliases, roles, cluster.territory, affiliation, cluster.basis
    )


def _written(doc: Doc, text: str, span: NameSpan) -> str:
    last = doc[span.last - 1]
    return text[doc[span.first].idx : last.idx + len(last)]


def _mention(doc: Doc, span: NameSpan, form: MentionForm) -> Mention:
    last = doc[span.last - 1]
    return Mention(doc[span.first].idx, last.idx + len(last), head_of(doc, span).i, form)


def _fullest(written: list[str]) -> str:
    """Return the first form with the most words; all capitals only if there is no other form."""
    return max(written, key=lambda text: (not (text.isupper() and " " in text), len(text.split())))
