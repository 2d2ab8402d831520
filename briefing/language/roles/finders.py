"""Finders of roles: before a name, in apposition, in a predicate, in brackets."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from briefing.language.neighbours import token_before, word_after
from briefing.language.roles.phrases import (
    COMPLEMENTS,
    LONGEST_ROLE,
    NameTable,
    Stretch,
    is_role_noun,
    noun_phrase,
    nouns_of,
    phrase_head,
    phrase_start,
    sentence_start,
    title_before,
)
from briefing.language.surface import POSSESSIVE, NameSpan, head_of, honorific_sex, is_honour, is_rank, is_title
from briefing.language.syntax import FINITE, SUBJECTS, is_article
from briefing.runtime.lexicon import word_set

_BEING = word_set(__name__, "being")
_UNREAL = word_set(__name__, "unreal")
_ENDS = frozenset({",", ".", ")", "-", "–", "—", ";"})
_LONGEST_TAG = 8  # tokens of a bracket after a name, at most


def role_stretches(doc: Doc, span: NameSpan, table: NameTable) -> Iterator[Stretch]:
    """Yield the stretches around a name that give the person a role."""
    relational = word_set(__name__, "relational_nouns")
    for finder, rule in _FINDERS.items():
        stretch = finder(doc, span, table)
        if stretch is not None and stretch.last > stretch.first + LONGEST_ROLE and stretch.head >= stretch.first:
            stretch = stretch._replace(last=stretch.head + 1)  # without its complement
        if stretch is not None and stretch.first < stretch.last <= stretch.first + LONGEST_ROLE:
            rank = 2 if doc[stretch.head].lower_ in relational else stretch.rank
            yield stretch._replace(rank=rank, rule=rule)


def _before_name(doc: Doc, span: NameSpan, table: NameTable) -> Stretch | None:
    """Return a title directly before the name, with its complement: "Ambassador to Tokyo"."""
    last = span.first
    while last > 0 and not doc[last].is_sent_start and honorific_sex(doc[last - 1]) in ("male", "female"):
        last -= 1
    if last == 0 or doc[last].is_sent_start:
        return None
    if doc[last - 1].text == "." and last > 1 and is_rank(doc[last - 2]):
        last -= 1  # the tokeniser split off the full stop: "Cdr."
    edge = sentence_start(doc[last - 1])
    degree = last - 1 > edge and doc[last - 1].text in word_set(__name__, "degrees")
    head = title_before(doc, last - 1, edge, table) if degree else None  # "Secretary for Trade Dr. Odd Berg"
    last -= head is not None
    head = title_before(doc, last, edge, table) if head is None else head
    if head is None:
        return None
    return Stretch(_with_partner(doc, phrase_start(doc, head, edge, table), edge, table), last, head)


def _with_partner(doc: Doc, first: int, edge: int, table: NameTable) -> int:
    """Return the start of a role with another one before "and": "Chairman and CEO"."""
    joined = first - 2
    if joined < edge or doc[first - 1].lower_ not in ("and", "&") or not is_role_noun(doc[joined]):
        return first
    if doc[joined].text[0].isupper() != doc[first].text[0].isupper() or joined in table.persons:
        return first
    return phrase_start(doc, joined, edge, table)


def _in_apposition(doc: Doc, span: NameSpan, table: NameTable) -> Stretch | None:
    """Return the apposition after a name: "Zhao Lijian, a spokesman for the Chinese Foreign Ministry"."""
    index = _after_tags(doc, span.last)
    if index is None:
        return None
    head = phrase_head(doc, index)
    if head is not None and is_role_noun(doc[index]) and word_after(doc[index]) in COMPLEMENTS:
        head = doc[index]  # "coordinator for relief agency Arden Aid"
    if head is None or not is_role_noun(head):
        return _one_of_several(doc, index)
    stretch = _with_superior(doc, noun_phrase(head, index), table)
    if stretch.last in table.persons or _names_its_holder(doc, stretch, table):
        return None
    closed = stretch.last < len(doc) and doc[stretch.last].text in _ENDS
    return stretch if closed or not _acts(head, stretch, head_of(doc, span)) else None


def _after_tags(doc: Doc, index: int) -> int | None:
    """Return the possible start of an apposition: after "MP", a comma, an age, and "D-Maine" or "(R-Fla.)"."""
    while index < len(doc) and is_honour(doc[index]):
        index += 1
    if index + 2 < len(doc) and doc[index].text == "(":
        closing = next((i for i in range(index, min(len(doc), index + _LONGEST_TAG)) if doc[i].text == ")"), index)
        index = closing + 1
    for _ in range(2):
        if index + 1 >= len(doc) or doc[index].text != ",":
            return None
        index += 1
        tagged = index + 1 < len(doc) and doc[index + 1].text == "-"
        end = index + 1 if doc[index].is_digit else index + 3 if tagged else index
        if end == index or end >= len(doc) or doc[end].text != ",":
            break
        index = end
    return index


def _one_of_several(doc: Doc, index: int) -> Stretch | None:
    """Return the role in "one of the six members of the panel"."""
    if index + 2 >= len(doc) or doc[index].lower_ != "one" or doc[index + 1].lower_ != "of":
        return None
    members = next((child for child in doc[index + 1].rights if child.dep_ == "pobj"), None)
    if members is None or members.tag_ not in ("NNS", "NNPS"):
        return None
    if members.lemma_.lower() not in nouns_of("role_nouns"):
        return None
    last = noun_phrase(members, index).last
    return Stretch(index, last if last <= index + LONGEST_ROLE else members.i + 1, index, 1)


def _with_superior(doc: Doc, stretch: Stretch, table: NameTable) -> Stretch:
    """Return a role extended by a name after its final title: "adviser to Vice President Odd Berg"."""
    last = stretch.last
    if last in table.persons and last - 1 > stretch.head and is_title(doc[last - 1]):
        while last < len(doc) and table.starts.get(last) == table.starts[stretch.last]:
            last += 1
    return stretch._replace(last=last)


def _names_its_holder(doc: Doc, stretch: Stretch, table: NameTable) -> bool:
    """Return True if a role belongs to another name at its end: "the head of the Port Authority Odd Berg"."""
    for index in range(stretch.head + 1, stretch.last):
        if index in table.persons:
            before = token_before(doc[table.starts[index]])
            if before is None:
                return False
            return before.pos_ not in ("ADP", "CCONJ", "DET") and before.text not in POSSESSIVE and not is_title(before)
    return False


def _acts(noun: Token, stretch: Stretch, name: Token) -> bool:
    """Return True if a noun phrase after a name is the subject of a clause: "with Odd Berg, the president said"."""
    if noun.dep_ in SUBJECTS and noun.head.i > noun.i:
        return True
    goes_on = stretch.last < len(noun.doc) and noun.doc[stretch.last].tag_ in FINITE
    return goes_on and name.dep_ not in SUBJECTS


def _beside_role(doc: Doc, span: NameSpan, table: NameTable) -> Stretch | None:
    """Return the role before a comma and the name: "the ambassador to Tokyo, Mikhail Galuzin, said"."""
    comma = span.first - 1
    while comma > 1 and doc[comma].lower_ in word_set(__name__, "service_ranks"):
        comma -= 1
    if comma < 1 or doc[comma].text not in (",", "–", "—") or doc[comma + 1].is_sent_start:
        return None
    edge = sentence_start(doc[comma - 1])
    head = title_before(doc, comma, edge, table)
    if head is None or head in table.persons:
        return None
    first = phrase_start(doc, head, edge, table)
    root = head_of(doc, span)
    apposed = root.dep_ == "appos" and root.head.i == head
    closed = span.last < len(doc) and doc[span.last].text in (",", "–", "—") and span.last - span.first > 1
    article = first > 0 and is_article(doc[first - 1])
    opening = article and (first <= edge + 1 or (doc[first - 2].text == "," and speaks(root)))
    opening = opening or (first == edge and speaks(root))  # "Minister for Ports, Odd Berg said"
    return Stretch(first, comma, head) if apposed or closed or opening else None


def speaks(name: Token) -> bool:
    """Return True if a name is the subject of a verb of saying."""
    return name.dep_ in SUBJECTS and name.head.lemma_ in word_set(__name__, "speech_verbs")


def _predicated(doc: Doc, span: NameSpan, table: NameTable) -> Stretch | None:
    """Return the role in a predicate: "is the head of", "was elected president", "who serves as"."""
    root = head_of(doc, span)
    clauses = [child for child in root.children if child.dep_ == "relcl"]
    if root.dep_ in ("nsubj", "nsubjpass", "dobj"):
        clauses.insert(0, root.head)
    if root.dep_ == "attr" and root.head.lemma_ == "be":
        subject = next((child for child in root.head.children if child.dep_ == "nsubj"), None)
        if subject is not None and is_role_noun(subject) and subject.i not in table.persons:
            return noun_phrase(subject, phrase_start(doc, subject.i, sentence_start(subject), table))
    for verb in clauses:
        for noun in _predicates(verb, root):
            if is_role_noun(noun) and noun.i not in table.persons and not is_judgement(noun):
                return noun_phrase(noun, noun.left_edge.i)._replace(rank=1)
    return next((stretch for verb in clauses if (stretch := _leads(verb, root)) is not None), None)


def is_judgement(noun: Token) -> bool:
    """Return True if a predicate praises, blames or ranks a person and names no office: "a strong leader".

    "the first candidate who ..." is a judgement; "the first president of Peru" is an office.
    """
    words = [child for child in noun.lefts if child.dep_ == "amod"]
    if any(word.lower_ in word_set(__name__, "judging") for word in words):
        return True
    ranked = any(word.lower_ in word_set(__name__, "ranking") or word.tag_ in ("JJS", "RBS") for word in words)
    ranked = ranked and not any(child.dep_ == "compound" for child in noun.lefts)
    return ranked and any(child.dep_ in ("relcl", "acl") or child.lower_ in ("since", "ever") for child in noun.rights)


def _predicates(verb: Token, name: Token) -> Sequence[Token]:
    """Return the predicates of a verb's subject or object; none if it is negated or only possible."""
    if _is_unreal(verb):
        return ()
    found: list[Token] = []
    for child in (*verb.children, *(child for child in name.children if name.dep_ == "dobj")):
        if (child.dep_ == "oprd" and verb.lemma_ in word_set(__name__, "making_verbs")) or (
            child.dep_ == "attr" and verb.lemma_ in _BEING
        ):
            found.append(child)
        elif child.dep_ == "prep" and child.lower_ == "as":
            found.extend(grandchild for grandchild in child.children if grandchild.dep_ == "pobj")
    return found


def _leads(verb: Token, name: Token) -> Stretch | None:
    """Return the role in ", who heads the harbour board"."""
    if verb.dep_ != "relcl" or verb.tag_ != "VBZ" or verb.lemma_ not in word_set(__name__, "leading_verbs"):
        return None
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    led = next((child for child in verb.children if child.dep_ == "dobj"), None)
    if _is_unreal(verb) or led is None or subject is None or subject.lower_ != "who" or led.pos_ == "PRON":
        return None
    return noun_phrase(led, verb.i)._replace(first=verb.i, head=verb.i, rank=1) if verb.head == name else None


def _is_unreal(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ in _UNREAL for child in verb.children)


def _in_brackets(doc: Doc, span: NameSpan, table: NameTable) -> Stretch | None:
    """Return the role in a bracket after the name: "Anna Weiss (head of the delegation)"."""
    if span.last + 2 >= len(doc) or doc[span.last].text != "(":
        return None
    closing = next((i for i in range(span.last + 1, min(len(doc), span.last + LONGEST_ROLE)) if doc[i].text == ")"), 0)
    head = phrase_head(doc, span.last + 1)
    if head is None or head.i >= closing or head.i in table.persons or not is_role_noun(head):
        return None
    return Stretch(span.last + 1, closing, head.i)


# The rule of each finder, in words.
_FINDERS = {
    _before_name: "it comes before the name",
    _in_apposition: "it is in apposition after the name",
    _beside_role: "the name is in apposition to it",
    _predicated: "a sentence says that the person has this role",
    _in_brackets: "it is in brackets after the name",
}


def relational_nouns() -> frozenset[str]:
    """Return the role nouns for a relation to another person: "opponent"."""
    return word_set(__name__, "relational_nouns")


def leading_verbs() -> frozenset[str]:
    """Return the verbs of leading: "who heads the office"."""
    return word_set(__name__, "leading_verbs")
