"""Affiliations: the body of a person without an office, "Ilse Kranz of the Nordic Harbour Council"."""

from collections.abc import Iterable

from spacy.tokens import Doc

from briefing.language.roles.finders import leading_verbs
from briefing.language.roles.lists import plural_office
from briefing.language.roles.phrases import NameTable
from briefing.language.surface import NameSpan, head_of
from briefing.runtime.lexicon import word_set

_AFTER_NAME = word_set(__name__, "after_name")
_AFTER_COMMA = frozenset({"of", "from"})


def find_affiliation(doc: Doc, spans: Iterable[NameSpan], table: NameTable) -> str | None:
    """Return the name of the body that a person belongs to; None if the text names none.

    *spans* are the mentions of the person.
    """
    for span in spans:
        for finder in (_after_name, _led, _of_several):
            if (index := finder(doc, span, table)) is not None:
                return table.owners[index]
    return None


def _after_name(doc: Doc, span: NameSpan, table: NameTable) -> int | None:
    """Return a token of the body or state in "Odd Berg of the Harbour Board", "Odd Berg, from the Harbour Board"."""
    if span.last + 1 >= len(doc):
        return None
    after, root = doc[span.last], head_of(doc, span)
    comma = after.text == ","
    prep = doc[span.last + 1] if comma else after
    if prep.dep_ != "prep" or prep.lower_ not in (_AFTER_COMMA if comma else _AFTER_NAME):
        return None
    known = table.owners if prep.lower_ == "of" else table.bodies  # "Odd Berg from Norway" may hold no office there
    bodies = [child.i for child in prep.children if child.dep_ == "pobj" and child.i in known]
    return bodies[0] if bodies and prep.head in (root, root.head, after) else None


def _led(doc: Doc, span: NameSpan, table: NameTable) -> int | None:
    """Return a token of the body in "the Harbour Board, led by Odd Berg"."""
    by = head_of(doc, span).head
    led = by.head
    if by.lower_ != "by" or led.dep_ != "acl" or led.tag_ != "VBN" or led.head.i not in table.bodies:
        return None
    return led.head.i if led.lemma_ in leading_verbs() else None


def _of_several(doc: Doc, span: NameSpan, table: NameTable) -> int | None:
    """Return a token of the body in "Harbour Board members Odd Berg and Ilse Kranz"."""
    office = plural_office(doc, span, table)
    return next((i for i in range(office.first, office.last) if i in table.bodies), None) if office else None
