"""Our articles and sources, damaged: each depends on its seed only, so that a failure can be made again."""

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

_ROOT = Path(__file__).parents[1]
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_MOST_STEPS = 6
_LONGEST_STRETCH = 400
_END_OF_SENTENCE = re.compile(r"(?<=[.!?”\"]) +(?=[A-Z“\"])")

ODD_CHARACTERS = (
    *("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u2067", "\u200f", "\u061c", "\x00", "\x1b", "\x85"),
    *("\u00a0", "\u2028", "\u2029", "\u3000", "\t", "\r", "\x0c", "\u0301", "\u20dd", "\U000e0041", "\ufffd", "\ud800"),
    *("😀", "👩‍👩‍👧", "🇳🇴", "é", "ß", "ﬁ", "İ", "ǆ", "²", "½", "Ⅷ", "①", "٣", "𝟚", "東京", "שלום", "مرحبا", "ก็"),
    *("&amp;", "&#8220;", "&lt;b&gt;", "<i>", "{{ 1 }}", "{% raw %}", "%s", "\\", "``", "''", "://", "@", "#", "|"),
)
QUOTATION_MARKS = ('"', "“", "”", "„", "‟", "‘", "’", "‚", "'", "«", "»", "‹", "›", "`", "``", "''", ",,", "「", "」")
BRACKETS = ("(", ")", "[", "]", "{", "}", "[…]", "((", "))", "<", ">", "[sic]", "(R-")
PIECES = (
    *("2", "23-25", "October 2", "at 5", "the 1990s", "2018-07-22", "$4bn", "No. 10", "U.S.", "Sen.", "Mr.", "Oslo"),
    *("the two sides", "both countries", "Norwegian", "the Icelandic side", "he said", "said", "according to", "its"),
    *("who", ", the minister,", "will meet on", "agreed to", "rejected", "…", "—", "-", ", and ", ";", ":", "?!"),
)
# What means something in a source of each kind, and what nobody expects there.
SOURCE_PIECES = {
    "page": (
        *(
            "<div>",
            "</div>",
            "<p>",
            "</article>",
            "<article>",
            "<table><tr><td>",
            "<script>",
            "<!--",
            "-->",
            "<![CDATA[",
        ),
        *(
            "<head>",
            "<title>",
            "<base href='//['>",
            "<meta charset=utf-16>",
            "<meta charset='x'>",
            "<svg><use/>",
            "&#xd800;",
        ),
        *("&#0;", "&#99999999;", "&nbsp", "<link rel=canonical href='http://[::1'>", "<time datetime=9999-99-99>"),
        *('<script type="application/ld+json">{"datePublished": [[]], "author": {"name": 5}}</script>', "<p hidden>"),
        *(
            '<meta property="article:published_time" content="0000-00-00">',
            "<p style='color:var(--a);opacity:calc(1/0)'>",
        ),
        *("<style>p{color:", "</style>", "<style>@import@media{{{", "<style>p:not(:has(>p)){display:none}</style>"),
        *("<?xml version='1.0' encoding='ebcdic'?>", "<html lang='xx'>", "<frameset>", "<template>", "<br/>" * 40),
    ),
    "mail": (
        *(
            "\n\n",
            "\nFrom ",
            "\nSubject: =?utf-8?q?=0D=0ABcc:_e@e.test?=",
            "\nSubject: =?x?b?////?=",
            "\nDate: Tue, 99 May",
        ),
        *(
            "\nDate: Fri, 31 Dec 9999 23:59:59 -2359",
            "\nFrom: <<@>>",
            "\nFrom: =?utf-8?q??=",
            "\nContent-Type: text/html",
        ),
        *(
            "\nContent-Type: multipart/mixed",
            '; boundary=""',
            "; charset=rot13",
            "; charset=idna",
            "; charset*=''%ff",
            "--",
        ),
        *(
            "\nContent-Type: message/rfc822",
            "\nContent-Transfer-Encoding: base64",
            "\nContent-Transfer-Encoding: x-uuencode",
        ),
        *(
            "\nContent-Disposition: attachment; filename*0*=utf-16''%00",
            "\n>From ",
            "\n> ",
            "\n-- \n",
            "\n\t",
            "\r",
            "\xff",
        ),
        *(
            "\n---------- Forwarded message ---------\nFrom: \nDate: 0\n",
            "\nReceived: ;",
            "\nList-Id: <>",
            "\nBEGIN:VCALENDAR",
        ),
    ),
    "feed": (
        *("<item>", "</item>", "<entry>", "<link/>", "<link>http://[::1</link>", "<link href='javascript:alert(1)'/>"),
        *("<guid/>", "<pubDate>Mon, 99 Foo 99999 99:99:99 +9999</pubDate>", "<updated>0000-00-00T00:00:00Z</updated>"),
        *("<title type='xhtml'><div>", "<![CDATA[", "]]>", "<content type='text/html' mode='base64'>//</content>"),
        *(
            "<!DOCTYPE a [<!ENTITY b 'c'>]>",
            "&b;",
            "&#0;",
            "<?xml version='1.1' encoding='utf-7'?>",
            "<x:y>",
            " xmlns=''",
        ),
        *(
            " xml:base='http://['",
            "<opml>",
            "<rdf:RDF>",
            "{",
            "}",
            "[",
            ": null,",
            '"items": 5,',
            "<outline xmlUrl='//'/>",
        ),
    ),
    "document": (
        *("<w:p/>", "<w:tbl/>", "<w:tbl><w:tr/></w:tbl>", "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>", "<w:hyperlink/>"),
        *("<w:del><w:r><w:t>x</w:t></w:r></w:del>", "<w:ins/>", "<w:r><w:tab/><w:br/></w:r>", "<w:t/>", "<w:r/>"),
        *(
            '<w:pPr><w:pStyle w:val="none"/></w:pPr>',
            "<w:pPr><w:pStyle/></w:pPr>",
            "<w:rPr><w:vanish w:val='x'/></w:rPr>",
        ),
        *(
            "<w:pPr><w:numPr/></w:pPr>",
            "<w:sdt><w:sdtContent/></w:sdt>",
            "<w:sectPr/>",
            "<w:pict/>",
            "<!--x-->",
            "<?x y?>",
        ),
        *('<w:pPr><w:outlineLvl w:val="99999999999"/></w:pPr>', "<w:footnoteReference/>", "<w:fldChar/>", "&#xfffd;"),
    ),
    "profile": (
        *(
            "\n",
            "\n  ",
            ": ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            "? ",
            "|",
            ">-",
            "&a ",
            "*a",
            "<<: ",
            "!!bool ",
            "!!int ''",
            "!!set {",
        ),
        *(
            "null",
            "~",
            "true",
            ".inf",
            ".nan",
            "-1",
            "9" * 90,
            "0x" + "f" * 90,
            "1e400",
            "''",
            '"\\ud800"',
            '"\\0"',
            "[]",
            "{}",
        ),
        *(
            "\nextends: /dev/zero",
            "\nextends: standard",
            "\nlook: {theme: ../x}",
            "\nlook: {logo: /dev/zero}",
            "\npages: 0",
        ),
        *(
            "\nlook: {locale: '-'}",
            "\nlook: {locale: x-x}",
            "\nlook: {date_format: '%'}",
            '\nlook: {date_format: "\'"}',
        ),
        *(
            "\ntemplates: /",
            "\nlanguage: {model: os}",
            "\nlanguage: {model: ''}",
            "\nlanguage: {model: a.b}",
            "\ntitle: '{{ 1 }}'",
        ),
        *("\nsections: [summary: {words: -5}]", "\nsections: [events: {limit: .inf}]", "\nsections: [source, source]"),
        *(
            "\nsections: [quotes: {limit: '9'}]",
            "\nsections: [actors: {columns: []}]",
            "\nsections: [{summary: {label: 5}}]",
        ),
        *(
            "\ndate: 9999-99-99",
            "\ndate: 2024-05-14",
            "\nbyline: {a: b}",
            "\nurl: http://[",
            "\n---\n",
            "\noutputs: [x]",
        ),
        *(
            "\nretention: 9999999999999d",
            "\nschedule: {cron: '* * 31 2 *'}",
            "\ndeliver: [{folder: ''}]",
            "\nconfidence: .nan",
        ),
    ),
}
_WORD = re.compile(r"[^\s<>:=\"',;/]+")

Mutation = Callable[[str, Random], str]


def articles() -> tuple[str, ...]:
    """Return the text of each of our articles, without front matter."""
    folders = ("../examples/articles", "../examples/morning/inbox", "quality/articles", "quality/untouched")
    paths = [path for folder in folders for path in sorted((_ROOT / folder).glob("*.txt"))]
    return tuple(_FRONT_MATTER.sub("", path.read_text("utf-8")).strip() for path in paths)


def mutated(text: str, seed: int) -> str:
    """Return a text after some mutations, one after the other."""
    random = Random(f"{seed} {text}")  # noqa: S311 - nothing is kept secret by it
    for _ in range(random.randint(1, _MOST_STEPS)):
        text = random.choice(MUTATIONS)(text, random)
    return text


def mutated_source(source: bytes, kind: str, seed: int) -> bytes:
    """Return a source after some mutations, most of them of what its kind is made of."""
    random = Random(f"{seed} {kind}")  # noqa: S311 - nothing is kept secret by it
    text = source.decode("latin-1")
    for _ in range(random.choice((1, 1, random.randint(1, _MOST_STEPS)))):
        step = random.choice((_put, _exchange_words, None))
        text = step(text, random, SOURCE_PIECES[kind]) if step else random.choice(MUTATIONS)(text, random)
    return text.encode("latin-1", "replace") if random.random() < 0.5 else text.encode("utf-8", "replace")


def mutated_document(xml: bytes, seed: int) -> bytes:
    """Return a part of a Word document, well-formed as it was, with odd elements and some exchanged for others."""
    random = Random(seed)  # noqa: S311 - nothing is kept secret by it
    pieces = re.split(r"(?<=>)(?=<)", xml.decode("utf-8"))
    for _ in range(random.choice((1, 3, 30))):
        pieces.insert(random.randint(1, len(pieces) - 1), random.choice(SOURCE_PIECES["document"]))
    text = "".join(pieces)
    one, other = random.choices(("p", "r", "t", "tbl", "tr", "tc", "pPr", "rPr", "style", "x"), k=2)
    return re.sub(rf"(?<=[</]w:){one}(?=[ />])", other, text).encode() if random.random() < 0.5 else text.encode()


def mutated_articles(first: int, last: int) -> list[str]:
    """Return the mutated articles with these seeds, *last* not among them; each seed has its own article."""
    ours = articles()
    return [mutated(ours[seed % len(ours)], seed) for seed in range(first, last)]


def _stretch(text: str, random: Random) -> tuple[int, int]:
    start = random.randint(0, len(text))
    return start, min(len(text), start + random.randint(0, _LONGEST_STRETCH))


def _put(text: str, random: Random, pieces: tuple[str, ...]) -> str:
    """Put some of the pieces at random places, half of the times one piece at all of them."""
    same = random.choice(pieces) if random.random() < 0.5 else None
    for _ in range(random.choice((1, 2, 5, 20))):
        place = random.randint(0, len(text))
        text = text[:place] + (same or random.choice(pieces)) + text[place:]
    return text


def _exchange_words(text: str, random: Random, pieces: tuple[str, ...]) -> str:
    """Put pieces in the place of some words: names of elements, values, keys."""
    share = random.choice((0.003, 0.02, 0.2))
    return _WORD.sub(lambda word: random.choice(pieces) if random.random() < share else word[0], text)


def _cut(text: str, random: Random) -> str:
    start, end = _stretch(text, random)
    return text[:start] + text[end:]


def _end_early(text: str, random: Random) -> str:
    return text[: random.randint(0, len(text))].rstrip(random.choice((" ", " .", ' .”"')))


def _begin_late(text: str, random: Random) -> str:
    return text[random.randint(0, len(text)) :]


def _double(text: str, random: Random) -> str:
    start, end = _stretch(text, random)
    return text[:end] + text[start:end] + text[end:]


def _move(text: str, random: Random) -> str:
    start, end = _stretch(text, random)
    rest = text[:start] + text[end:]
    place = random.randint(0, len(rest))
    return rest[:place] + text[start:end] + rest[place:]


def _swap_sentences(text: str, random: Random) -> str:
    sentences = _END_OF_SENTENCE.split(text)
    for _ in range(3):
        one, two = random.randrange(len(sentences)), random.randrange(len(sentences))
        sentences[one], sentences[two] = sentences[two], sentences[one]
    return " ".join(sentences)


def _double_paragraph(text: str, random: Random) -> str:
    paragraphs = text.split("\n\n")
    paragraphs.insert(random.randint(0, len(paragraphs)), random.choice(paragraphs))
    return "\n\n".join(paragraphs)


def _drop(text: str, random: Random) -> str:
    """Drop some of one kind of mark: full stops, spaces (which glues words), commas, line breaks, quotation marks."""
    dropped, share = random.choice((".", " ", " ", ",", "\n", '"“”', "-", "'’")), random.choice((0.02, 0.2, 1.0))
    return "".join(c for c in text if c not in dropped or (dropped == " " and share == 1.0) or random.random() > share)


def _glue_digits(text: str, random: Random) -> str:
    """Glue numbers to the words beside them: "October 23-25to finalize", "on5 May"."""
    share = random.choice((0.2, 1.0))
    glued = random.choice((r"(?<=\d) (?=[A-Za-z])", r"(?<=[A-Za-z]) (?=\d)", r"(?<=[A-Z][a-z]) (?=[a-z])"))
    return re.sub(glued, lambda match: "" if random.random() < share else match[0], text)


def _exchange_marks(text: str, random: Random) -> str:
    one, other = random.choice(QUOTATION_MARKS), random.choice(QUOTATION_MARKS)
    share = random.choice((0.3, 1.0))
    return re.sub(
        '["“”]', lambda match: (one, other)[random.randint(0, 1)] if random.random() < share else match[0], text
    )


def _change_case(text: str, random: Random) -> str:
    start, end = _stretch(text, random) if random.random() < 0.7 else (0, len(text))
    change: Callable[[str], str] = random.choice((str.upper, str.lower, str.title, str.swapcase))
    return text[:start] + change(text[start:end]) + text[end:]


def _put_odd_characters(text: str, random: Random) -> str:
    return _put(text, random, ODD_CHARACTERS)


def _put_marks(text: str, random: Random) -> str:
    return _put(text, random, QUOTATION_MARKS)


def _put_brackets(text: str, random: Random) -> str:
    return _put(text, random, BRACKETS)


def _put_words(text: str, random: Random) -> str:
    """Put words of the news somewhere, apart or glued."""
    apart = tuple(f" {piece} " for piece in PIECES)
    return _put(text, random, random.choice((PIECES, apart)))


def _put_long_word(text: str, random: Random) -> str:
    return _put(text, random, ((random.choice("aA9-.“’é")) * random.choice((40, 400, 1100)),))


def _break_lines(text: str, random: Random) -> str:
    return _put(text, random, ("\n", "\n\n", "\n\n", " \n \n "))


def _scramble(text: str, random: Random) -> str:
    words = text.split(" ")
    start = random.randrange(len(words))
    stretch = words[start : start + 30]
    random.shuffle(stretch)
    return " ".join([*words[:start], *stretch, *words[start + 30 :]])


MUTATIONS: tuple[Mutation, ...] = (
    *(_cut, _end_early, _begin_late, _double, _move, _swap_sentences, _double_paragraph, _drop, _glue_digits),
    *(_exchange_marks, _change_case, _put_odd_characters, _put_marks, _put_brackets, _put_words, _put_long_word),
    *(_break_lines, _scramble),
)
