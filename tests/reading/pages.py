"""A news page of our own, in parts that tests may leave out or replace."""

TEXT = (
    "PORTVILLE (Reuters) - Negotiators of the port authority and the dockers&#8217; union ended two days of talks"
    " on Thursday without an agreement on work at night, officials said.",
    "The union rejects a proposal to cut the night allowance by a third. Both sides will meet again on May 24.",
    "“We are ready to strike,” said Peter Grau, who leads the union, adding that its members had voted for it.",
    "The authority said that it would publish its figures next week, before the mediator makes a new proposal to both.",
)
PUBLISHED = '<meta property="article:published_time" content="2024-05-17T10:20:00+02:00">'
MODIFIED = '<meta property="article:modified_time" content="2024-05-19T10:20:00+02:00">'
CANONICAL = '<link rel="canonical" href="https://example.org/2011/02/03/harbour-talks">'
JSON_LD = (
    '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",'
    ' "headline": "Harbour talks end without a deal", "datePublished": "2024-05-17T08:20:00Z"}</script>'
)


def page(*, head: str = PUBLISHED + MODIFIED, inside: str = "", after: str = "") -> str:
    """Return the page: *head* is its metadata, *inside* is in the middle of the article, *after* follows it."""
    paragraphs = [f"<p>{text}</p>" for text in TEXT]
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        "<title>Harbour talks end without a deal - The Portville Echo</title>"
        '<meta property="og:title" content="Harbour talks end without a deal">'
        '<meta property="og:site_name" content="The Portville Echo"><meta name="author" content="Anna Novak">'
        f"{CANONICAL}{head}</head><body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav>"
        f"<header><h1>Harbour talks end without a deal</h1></header><article>{''.join(paragraphs[:2])}{inside}"
        f"<h2>Night work in dispute</h2>{''.join(paragraphs[2:])}</article>{after}"
        "<footer>© 2024 The Portville Echo. All rights reserved.</footer></body></html>"
    )
