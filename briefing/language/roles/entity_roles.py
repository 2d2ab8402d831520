"""The offices and functions of persons, in the words of the article.

A role is before the name ("Russian Ambassador to Tokyo Mikhail Galuzin"), in apposition, after a copula, after "as", or
in brackets. *former*, *acting*, *deputy* and *-elect* belong to the role.
"""

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from briefing.language.analysis import Role
from briefing.language.neighbours import word_after, word_before
from briefing.language.roles.finders import role_stretches
from briefing.language.roles.lists import plural_office, singular_of
from briefing.language.roles.phrases import COMPLEMENTS, NameTable, Stretch, is_role_noun
from briefing.language.surface import POSSESSIVE, NameSpan, is_rank
from briefing.runtime.lexicon import word_set


def find_roles(doc: Doc, spans: Iterable[NameSpan], table: NameTable) -> tuple[Role, ...]:
    """Return the roles of the person with the mentions *spans*, best first, each wording once."""
    roles: dict[str, tuple[tuple[int, bool, int], Role]] = {}
    spans = tuple(spans)
    for span in spans:
        for stretch in role_stretches(doc, span, table):
            role = _role(doc, stretch, table)
            order = (stretch.rank, role.affiliation is None, role.start)
            known = roles.get(role.text.casefold())
            if role.text.casefold() in word_set(__name__, "bare_relations"):
                continue
            if role.text and (known is None or order < known[0]):
                roles[role.text.casefold()] = (order, role)
    if not roles:
        return _shared_role(doc, spans, table)
    return tuple(role for _, role in sorted(roles.values(), key=lambda pair: pair[0]))


def _shared_role(doc: Doc, spans: tuple[NameSpan, ...], table: NameTable) -> tuple[Role, ...]:
    """Return the office that a plural before a list gives, if the text also has its singular: "judge"."""
    offices = [office for span in spans if (office := plural_office(doc, span, table)) is not None]
    if not offices:
        return ()
    singular = singular_of(doc, offices[0], table)
    if singular is None:
        return ()
    rule = "its plural comes before the list with the name"
    return (Role(singular.text, singular.start_char, singular.end_char, rule=rule),)


def role_heads(doc: Doc, role: Role) -> Sequence[Token]:
    """Return the head nouns of a role, two in "Chairman and CEO", without those in its complements."""
    span = doc.char_span(role.start, role.end, alignment_mode="expand")
    heads: list[Token] = []
    for token in span if span is not None else ():
        if token.lower_ in COMPLEMENTS and heads:
            break
        owned = word_after(token) in POSSESSIVE
        if (is_role_noun(token) or is_rank(token)) and not owned:
            heads.append(token)
    return [head for head in heads if head is heads[-1] or word_after(head) in ("and", "&")]


def _role(doc: Doc, stretch: Stretch, table: NameTable) -> Role:
    """Return the role of a stretch, without a possessive state ("Japan's"), a news agency or a date before it."""
    first, last = stretch.first, stretch.last
    skipped = agencies()
    while first < stretch.head and (
        not doc[first].text[0].isalnum() or doc[first].lower_ in skipped or _is_day_or_year(doc[first])
    ):
        first += 1
    while last > stretch.head + 1 and (doc[last - 1].pos_ in ("ADP", "ADV", "DET", "CCONJ") or doc[last - 1].is_quote):
        last -= 1
    affiliation = _affiliation(doc, first, last, table)
    owner = next((i for i in range(stretch.head - 1, first, -1) if doc[i].text in POSSESSIVE), None)
    if owner is not None and affiliation and all(index in table.owners for index in range(first, owner)):
        first = owner + 1
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    return Role(doc[first:last].text, start, end, affiliation, stretch.rule)


def _is_day_or_year(token: Token) -> bool:
    """Return True if a token belongs to a date: "Today", "2008"; not "18" of "18-year-old"."""
    dated = token.ent_type_ == "DATE" and (token.pos_ in ("PROPN", "NOUN") or token.is_digit)
    return dated and "-" not in (word_before(token), word_after(token))


def _affiliation(doc: Doc, first: int, last: int, table: NameTable) -> str | None:
    """Return the country or body named in a role, but not a destination: "to Tokyo"."""
    for index in range(first, last):
        if index in table.owners and not (index > first and word_before(doc[table.starts.get(index, index)]) == "to"):
            return table.owners[index]
    return None


def agencies() -> frozenset[str]:
    """Return the names of news agencies, in lower case."""
    return word_set(__name__, "agencies")
