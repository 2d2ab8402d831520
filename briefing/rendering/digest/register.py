"""The evidence of a digest: numbered and listed by article."""

from collections.abc import Iterable, Sequence

from briefing.model.brief import Evidence
from briefing.model.digest import Digest, DigestArticle
from briefing.rendering.dates import day_in_words
from briefing.rendering.labels import Labels
from briefing.rendering.page import WEB_ADDRESS, place_of
from briefing.rendering.row_view import Citation, EvidenceItem, Row, SourceRow
from briefing.rendering.rows import LONGEST_EVIDENCE, Register
from briefing.rendering.view import Appendix
from briefing.rendering.wording import printable, shorten

_MOST_CITED = 3  # passages that one line cites on the page; the record has all of them
_LONGEST_TITLE = 200
_MOST_COPIES = 5  # outlets of copies that the row of an article names

_Key = tuple[str | None, int, int]


class DigestRegister(Register):
    """Number the cited passages in the order of the articles and of their texts."""

    def __init__(self, digest: Digest, cited: Iterable[Sequence[Evidence]], *, cite: bool) -> None:
        super().__init__(cite=cite)
        places = {item.article.id: number for number, item in enumerate(digest.articles)}
        pieces = {_key(piece): piece for evidence in cited for piece in evidence[:_MOST_CITED]} if cite else {}
        self.pieces = sorted(pieces.values(), key=lambda piece: (places[piece.article or ""], piece.start, piece.end))
        self.numbers = {_key(piece): number for number, piece in enumerate(self.pieces, start=1)}
        self._seen: set[int] = set()

    def cite(self, evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
        """Return the numbers of the first few passages of a line, ascending, each once."""
        numbers = sorted({self.numbers[_key(piece)] for piece in evidence[:_MOST_CITED] if _key(piece) in self.numbers})
        citations = tuple(Citation(number, number not in self._seen) for number in numbers)
        self._seen.update(numbers)
        return citations


def evidence_of(digest: Digest, register: DigestRegister, label: str, labels: Labels) -> Appendix:
    """Return the cited passages, each below its article."""
    held = {item.article.id: item for item in digest.articles}
    rows: list[Row] = []
    last: str | None = None
    for number, piece in enumerate(register.pieces, start=1):
        item = held[piece.article or ""]
        if piece.article != last:
            rows.append(_source(item, labels))
            last = piece.article
        place = place_of(item.article, piece.model_copy(update={"article": None}), labels)
        rows.append(EvidenceItem(number, place, shorten(printable(piece.text), LONGEST_EVIDENCE)))
    return Appendix(label, tuple(rows))


def _outlet_of(item: DigestArticle) -> str:
    """Return the outlet of an article; empty if it is unknown."""
    return printable(item.outlet or item.article.outlet or "")


def _link_of(item: DigestArticle) -> str:
    """Return the address of an article if it is a web address, else an empty string."""
    url = printable(item.url or item.article.url or "")
    return url if WEB_ADDRESS.fullmatch(url) else ""


def _source(item: DigestArticle, labels: Labels) -> SourceRow:
    day = day_in_words(item.article.published, labels) if item.article.published else labels("page.no_date")
    title = shorten(printable(item.article.title), _LONGEST_TITLE)
    names = [name for name in dict.fromkeys(printable(copy.outlet or "") for copy in item.copies) if name]
    others = labels("digest.copies", names=labels.listed(names[:_MOST_COPIES])) if names else ""
    return SourceRow(" · ".join(part for part in (_outlet_of(item), day, title, others) if part), _link_of(item))


def _key(piece: Evidence) -> _Key:
    return (piece.article, piece.start, piece.end)
