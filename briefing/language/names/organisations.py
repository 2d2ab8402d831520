"""Clusters for bodies, groups, persons with one name and things, each with its kind."""

from spacy.tokens import Doc, Token

from briefing.language.names.cities import is_town
from briefing.language.names.clusters import (
    Cluster,
    bearing_nouns,
    body_evidence,
    company_evidence,
    folded,
    group_spans,
    names_place,
    names_town,
    only_titles,
    opens_thing,
    person_evidence,
    thing_nouns,
)
from briefing.language.names.titled_names import names_of_bodies
from briefing.language.places import is_place_alone, place_named
from briefing.language.roles.entity_roles import agencies
from briefing.language.surface import NameSpan, head_of, name_words
from briefing.model.brief import Kind
from briefing.runtime.lexicon import read_lexicon, word_set

BY_VOTES = "votes by its mentions and the words around them"  # how the basis of the least sure kinds begins

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_THING_LABELS = frozenset({"PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})
_SMALL_WORDS = word_set(__name__, "small_words")
_ADJECTIVE_ENDS = ("an", "ic", "ish", "al")
_LONGEST_TOWN = 2  # words
_MAX_ACRONYM = 7  # letters
_LEAST_INITIALS = 3  # of a part of a name
_LEANING = frozenset({"amod", "compound", "nmod"})
_CHAMBER = "house"  # "the House" is a chamber, never the White House
_ACTING = frozenset({"nsubj", "nsubjpass", "poss", "dative"})
_AFTER_HEAD = word_set(__name__, "after_head")


class _Index:
    """The clusters of longer names, by the shorter forms that may mean them."""

    def __init__(self) -> None:
        self.by_content: dict[frozenset[str], Cluster] = {}
        self.by_part: dict[tuple[str, ...], list[Cluster]] = {}
        self.by_acronym: dict[str, Cluster] = {}
        self.by_words: dict[tuple[str, ...], Cluster] = {}

    def add(self, doc: Doc, cluster: Cluster) -> None:
        words = _expanded(cluster.words)
        self.by_words.setdefault(words, cluster)
        if len(words) > 1:  # "Brussels" alone is a place, though its content is the European Union
            self.by_content.setdefault(_content(words), cluster)
        for part in sorted(_parts(words)):
            self.by_part.setdefault(part, []).append(cluster)
        for span in cluster.spans:
            for acronym in _acronyms(doc, span):
                self.by_acronym.setdefault(acronym, cluster)

    def home_of(self, doc: Doc, group: Cluster) -> Cluster | None:
        """Return the cluster that a name means: one with the same words, its acronym, or the only longer name."""
        abbreviated = group.words[0] in read_lexicon(__name__)["acronyms"]
        if len(group.words) == 1 and 2 * group.votes["NORP"] > len(group.spans) and not abbreviated:
            return None
        first = doc[group.spans[0].first]
        letters = first.text.replace(".", "")
        if (
            len(group.words) == 1
            and letters.isupper()
            and 1 < len(letters) <= _MAX_ACRONYM
            and letters in self.by_acronym
        ):
            return self.by_acronym[letters]
        words = _expanded(group.words)
        if words != group.words and words in self.by_words:
            return self.by_words[words]
        if len(words) > 1 and _content(words) in self.by_content:
            return self.by_content[_content(words)]
        longer = self.by_part.get(words, ())
        if len(longer) != 1 or (longer[0].words[-1] in word_set(__name__, "local_bodies") and _is_mostly_place(group)):
            return None
        return longer[0]


def find_others(doc: Doc, spans: list[NameSpan], known: list[Cluster]) -> list[Cluster]:
    """Return the bodies in *known* and the clusters of all other names, each with its kind.

    *spans* are the names that are neither states nor persons with full names.
    """
    index = _Index()
    clusters: list[Cluster] = list(known)
    for cluster in known:
        index.add(doc, cluster)
    for group in sorted(group_spans(doc, spans), key=lambda group: -len(group.words)):
        home = index.home_of(doc, group)
        if home is not None:
            home.take_in(group)
            continue
        clusters.append(group)
        index.add(doc, group)
    small = {form for form, lower in doc.to_array(["ORTH", "IS_LOWER"]).tolist() if lower}
    common = frozenset(doc.vocab.strings[form] for form in small)
    for cluster in clusters:
        if cluster.kind is None:
            cluster.kind, cluster.basis = _kind(doc, cluster, common)
    return [cluster for cluster in clusters if not _names_nothing(cluster.words)]


def _is_mostly_place(group: Cluster) -> bool:
    """Return True if the recogniser takes a name for a place more often than for anything else."""
    return 2 * sum(group.votes[label] for label in _PLACE_LABELS) > len(group.spans)


def _expanded(words: tuple[str, ...]) -> tuple[str, ...]:
    acronyms = read_lexicon(__name__)["acronyms"]
    groups = word_set(__name__, "group_nouns")
    plain = (word[:-1] if word in groups and word.endswith("s") else word for word in words)
    return tuple(part.replace("isation", "ization") for word in plain for part in acronyms.get(word, word).split())


def _content(words: tuple[str, ...]) -> frozenset[str]:
    """Return the words without small words, a demonym as its country: "Football Federation of Chile"."""
    named = ((word, place_named(word.capitalize())) for word in words if word not in _SMALL_WORDS)
    return frozenset(part for word, place in named for part in (place.name.lower() if place else word).split())


def _parts(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return the short forms of a name.

    They are its last word, the words before "Party" or "Inc", any two words and more, those before "of" or "and", and
    "House" for "UK House of Commons".
    """
    nouns = name_words("organisation_nouns")
    parts = {
        words[start:end]
        for start in range(1, len(words))
        for end in range(start + 2, len(words) + 1)
        if words[start - 1] not in _SMALL_WORDS
    }
    parts |= {words[:end] for end in range(2, len(words)) if words[end] == "of" or _goes_on(words, end)}
    bare = words[-1] in nouns and words[-1] not in word_set(__name__, "no_names")
    bare = (bare and words[-1] != _CHAMBER) or (len(words) == 2 and opens_thing(words))  # "Hedda" for "Storm Hedda"
    if len(words) > 1 and bare:
        parts.add(words[-1:])
    stem = words
    while len(stem) > 1 and stem[-1] in nouns:
        stem = stem[:-1]
        parts.add(stem)
    of = len(words) > 1 and words[1] in _SMALL_WORDS
    if (of and words[0] in name_words("bodies_of")) or (words[-1] in word_set(__name__, "company_suffixes")):
        parts.add(words[:1])
    if _without_state(words)[:2] == (_CHAMBER, "of"):
        parts.add((_CHAMBER,))
    parts = {part for part in parts if part[0] not in _SMALL_WORDS and part[-1] not in _SMALL_WORDS}
    return {part for part in parts if part != words and place_named(" ".join(part).title()) is None}


def _goes_on(words: tuple[str, ...], index: int) -> bool:
    """Return True if "and" at *index* adds to the name of one body: "Ministry of Trade and Ports"."""
    return words[index] == "and" and words[index - 1] not in name_words("organisation_nouns")


def _without_state(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name without the state before them: "House of Commons" of "UK House of Commons"."""
    sizes = (size for size in (2, 1) if size < len(words) and place_named(" ".join(words[:size]).title()))
    return words[next(sizes, 0) :]


def _acronyms(doc: Doc, span: NameSpan) -> set[str]:
    """Return the initials of a name, and an acronym in brackets: "International Atomic Energy Agency (IAEA)".

    A state at the front and what "and" adds at the end may lack: "FDA" for "American Food and Drug Administration".
    """
    tokens = [token for token in doc[span.first : span.last] if token.is_alpha]
    found = {"".join(folded(token)[0] for token in tokens).upper()} if len(tokens) > 1 else set()
    own = tokens[len(tokens) - len(_without_state(tuple(token.lower_ for token in tokens))) :]
    ends = [len(own), *(place for place, token in enumerate(own) if token.lower_ == "and")]
    for part in (tokens, *(own[:end] for end in ends)):
        initials = "".join(token.text[0] for token in part if token.text[0].isupper())
        found |= {initials} if len(part) == len(tokens) > 1 or len(initials) >= _LEAST_INITIALS else set()
    if span.last + 2 < len(doc) and doc[span.last].text == "(" and doc[span.last + 2].text == ")":
        bracketed = doc[span.last + 1].text.replace(".", "")
        if bracketed.isupper() and bracketed.isalnum():
            found.add(bracketed)
    return found


def _kind(doc: Doc, cluster: Cluster, common: frozenset[str]) -> tuple[Kind | None, str]:
    """Return the kind of a name and the reason."""
    votes, words = cluster.votes, cluster.words
    if all(span.place is not None for span in cluster.spans) and not votes["TITLED"]:
        return None, "it is a place"
    joined = " ".join(words)
    if " ".join(_expanded(words)) in names_of_bodies():
        return "organisation", "it is in the list of known bodies"
    if joined in agencies():
        return None, "it is a news agency"
    if (
        _is_thing(words)
        or opens_thing(words)
        or is_place_alone(doc[cluster.spans[0].first : cluster.spans[0].last].text)
        or _only_opens_sentences(doc, cluster, common)
        or _is_money(doc, cluster)
    ):
        return None, "it names a thing"
    if words[-1] in word_set(__name__, "group_nouns"):
        return "group", "its last word names people"
    if words[-1] in name_words("organisation_nouns"):
        return "organisation", "its last word names a body"
    if words[_head(words)] in name_words("organisation_nouns"):
        return "organisation", "its head noun names a body"
    if votes["TITLED"]:
        return "person", "an office or form of address comes before the name"
    if _is_state(doc, cluster):
        return "country", "it has a government, or it deals as states do"
    return _voted(doc, cluster)


def _only_opens_sentences(doc: Doc, cluster: Cluster, common: frozenset[str]) -> bool:
    """Return True if a name is a common plural with a capital only at the start of sentences: "Ships", "Trains"."""
    if len(cluster.words) > 1:
        return False
    tokens = [doc[span.first] for span in cluster.spans]
    return all(token.is_sent_start and token.tag_ in ("NNS", "NNPS") and token.is_title for token in tokens) and (
        tokens[0].tag_ == "NNS" or cluster.words[0] in common
    )


def _is_money(doc: Doc, cluster: Cluster) -> bool:
    """Return True if a name is a currency code: capitals, always before a number, "CZK 80 million"."""
    return len(cluster.words) == 1 and all(
        doc[span.first].is_upper and span.last < len(doc) and doc[span.last].like_num for span in cluster.spans
    )


def _is_thing(words: tuple[str, ...]) -> bool:
    """Return True if the head noun shows a text, an event or a place: "Treaty on European Union"."""
    things = thing_nouns()
    head = _head(words)
    if words[0] in word_set(__name__, "text_parts") or words[-1] in things:
        return words[-1] not in name_words("organisation_nouns") or words[0] in word_set(__name__, "text_parts")
    return words[head] in things and words[head] not in word_set(__name__, "bodies_before_of")


def _head(words: tuple[str, ...]) -> int:
    """Return the index of the head noun: "Bank" in "Halvik Bank for Trade"."""
    return next((index for index, word in enumerate(words) if index and word in _AFTER_HEAD), len(words)) - 1


def _is_state(doc: Doc, cluster: Cluster) -> bool:
    """Return True if a name that is in no list is a state's: "Belmora's government", "Belmora and Kenya agreed".

    Without a government it must be a place, too: "in Belmora".
    """
    if len(cluster.words) > _LONGEST_TOWN or names_town(doc, cluster) or cluster.votes["LOC"]:
        return False
    roots = [head_of(doc, span) for span in cluster.spans]
    if not cluster.votes["GPE"] and (len(cluster.words) > 1 or any(root.is_upper for root in roots)):
        return False
    if any(_owns_government(root) for root in roots):
        return True
    deals = any(acts(root) and _top(root).head.lemma_ in word_set(__name__, "dealing_verbs") for root in roots)
    return deals and any(names_place(root) or _is_beside_state(root) for root in roots)


def _owns_government(root: Token) -> bool:
    """Return True in "Belmora's parliament", "Belmora recalled its ambassador" and "the Belmora government"."""
    nouns = [root.head] if root.dep_ == "poss" else []
    if acts(root):
        nouns += [child for child in _top(root).head.rights if any(word.lower_ == "its" for word in child.lefts)]
    owned = any(noun.lower_ in word_set(__name__, "state_possessions") for noun in nouns)
    return owned or (root.dep_ in _LEANING and root.head.i == root.i + 1 and root.head.text == "government")


def _is_beside_state(root: Token) -> bool:
    """Return True if "and" joins a name to a state: "Belmora and Kenya"."""
    beside = [root.head] if root.dep_ == "conj" else [child for child in root.rights if child.dep_ == "conj"]
    return any((place := place_named(noun.text)) is not None and place.form == "name" for noun in beside)


def _does_anything(cluster: Cluster, roots: list[Token]) -> bool:
    """Return True if a body or person acts in the text, or at least is never used as a place."""
    tops = [top for top in map(_top, roots) if not names_place(top)]
    if any(top.dep_ in _ACTING or top.head.dep_ == "agent" for top in tops):
        return True
    return not any(names_place(root) for root in roots) and not (
        len(cluster.words) == 1 and all(root.dep_ in _LEANING for root in roots)
    )


def _bearer(root: Token) -> Token:
    """Return the noun for a body after its name ("party" in "the Halvik party"), else the name's head."""
    bears = root.dep_ in _LEANING and root.head.i == root.i + 1 and root.head.lower_ in bearing_nouns()
    return root.head if bears else root


def _is_plural(noun: Token) -> bool:
    """Return True if a noun is plural, and not "African", which the tagger takes for a plural."""
    return noun.tag_ in ("NNS", "NNPS") and not noun.lower_.endswith(_ADJECTIVE_ENDS)


def _is_town(doc: Doc, cluster: Cluster, roots: list[Token]) -> bool:
    """Return True if a name of one or two words is a town's, or is in a list with a town."""
    if len(cluster.words) > _LONGEST_TOWN:
        return False
    return names_town(doc, cluster) or any(_is_listed_with_town(root) for root in roots)


def _is_listed_with_town(root: Token) -> bool:
    """Return True if "and" or a comma joins a name to a town."""
    members = [root, root.head] if root.dep_ == "conj" else [root]
    members += [child for child in root.rights if child.dep_ == "conj"]
    return any(is_town(member.text) or is_town(_in_full(member)) for member in members)


def _in_full(noun: Token) -> str:
    first = min((child.i for child in noun.lefts if child.dep_ == "compound"), default=noun.i)
    return noun.doc[first : noun.i + 1].text


def acts(root: Token) -> bool:
    """Return True if a name is the subject of a verb other than "be", or the agent of a passive."""
    top = _top(root)
    return (top.dep_ == "nsubj" and top.head.lemma_ != "be") or top.head.dep_ == "agent"


def _top(token: Token) -> Token:
    for _ in range(6):
        if token.dep_ not in ("conj", "appos"):
            break
        token = token.head
    return token


def _names_nothing(words: tuple[str, ...]) -> bool:
    """Return True if a name is a common noun with a capital, or only an office: "State", "Minister of Finance"."""
    return " ".join(words) in word_set(__name__, "no_names") or only_titles(words)


def _voted(doc: Doc, cluster: Cluster) -> tuple[Kind | None, str]:
    """Return the kind with the most votes, from the recogniser and the words around the mentions, and the reason."""
    votes = cluster.votes
    roots = [_bearer(head_of(doc, span)) for span in cluster.spans]
    counts: dict[str, int] = {
        "organisation": votes["ORG"] + sum(body_evidence(doc, span) for span in cluster.spans if not span.place),
        "person": votes["PERSON"]
        + sum(
            person_evidence(doc, span) + company_evidence(doc, span) for span in cluster.spans if span.label != "NORP"
        ),
        "group": votes["NORP"],
        "place": sum(votes[label] for label in _PLACE_LABELS),
        "thing": sum(votes[label] for label in _THING_LABELS),
    }
    best = max(counts, key=lambda kind: counts[kind])
    basis = ", ".join(f"{kind} {count}" for kind, count in counts.items() if count > 0)
    basis = f"{BY_VOTES}: {basis}"
    if best in ("organisation", "person") and not _does_anything(cluster, roots):
        return None, basis
    if best == "person" and any(char.isdigit() for word in cluster.words for char in word):
        return None, basis
    if best in ("organisation", "person") and not any(map(acts, roots)) and _is_town(doc, cluster, roots):
        return None, basis
    if best == "organisation":
        return "organisation", basis
    if best == "person":
        return "person", basis
    if best == "group" and any(_is_plural(root) and root.dep_ not in _LEANING for root in roots):
        return "group", basis
    return None, basis
