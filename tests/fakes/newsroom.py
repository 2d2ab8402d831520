"""A week of news of our own, in the feeds of four outlets, as a server hands them out at the time of a clock."""

import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from werkzeug import Request, Response


@dataclass(frozen=True, slots=True)
class Report:
    """An article in a feed."""

    outlet: str
    at: str  # when it appears, in UTC
    title: str
    text: str

    @property
    def path(self) -> str:
        return f"/{slug(self.outlet)}/{self.at[:10]}/{slug(self.title)}"


WIRE = """\
BERGEN, June 8 (Reuters) - The fisheries ministers of Norway and Iceland will meet in Bergen on 12 June to discuss the \
western zone, Norway's Fisheries Ministry said on Sunday.

At least 12 people were killed when a patrol boat rammed a trawler in the western zone on Saturday, rescue workers said.

Norway said that an Icelandic patrol boat had rammed the trawler without warning.

Iceland rejects the quota of 40,000 tonnes that Norway set in March, Iceland's Fisheries Minister Jon Arnarsson said. \
"The quota is a wall across the sea," Arnarsson said."""

WEEK = (
    Report("Northern Wire", "2031-06-08T18:00", "Norway, Iceland ministers to meet over western zone", WIRE),
    Report(
        "Harbour Post",
        "2031-06-08T20:00",
        "Court to rule on closure of Lindau tannery",
        """\
LINDAU, June 8 (Harbour Post) - A court in Lindau will rule on 10 June on the closure of the town's tannery, its \
president, Klara Senn, said on Sunday.

The tannery poured chromium into the river for eleven years, prosecutors say. Its owner, Lederwerk, denies that it \
knew of the leak.

The tannery employs 340 people. Lederwerk opened it in 1962.""",
    ),
    Report(
        "Harbour Post",
        "2031-06-09T15:00",
        "Fisheries ministers expected in Bergen on Thursday",
        """\
REYKJAVIK, June 9 (Harbour Post) - Iceland's Fisheries Minister Jon Arnarsson will meet his Norwegian counterpart in \
Bergen on 12 June, his office in Reykjavik confirmed on Monday.

Their subject is the western zone, where a patrol boat rammed a trawler on Saturday. Iceland rejects Norway's quota of \
40,000 tonnes, Arnarsson said.

Both countries sent ships to the western zone in May, and both have called them back since.""",
    ),
    Report(
        "Coast Gazette",
        "2031-06-09T16:00",
        "Ministers to meet in Bergen after collision",
        "\n\n".join(WIRE.split("\n\n")[:2]),
    ),
    Report(
        "Northern Wire",
        "2031-06-10T17:00",
        "Norway and Iceland put off ministers' meeting to Friday",
        """\
BERGEN, June 10 (Reuters) - The fisheries ministers of Norway and Iceland will meet in Bergen on 13 June, for the \
meeting was postponed by a day, Norway's Fisheries Ministry said on Tuesday.

At least 14 people were killed when a patrol boat rammed a trawler in the western zone on Saturday, rescue workers \
said on Tuesday.""",
    ),
    Report(
        "Harbour Post",
        "2031-06-10T19:00",
        "Court orders Lindau tannery to close",
        """\
LINDAU, June 10 (Harbour Post) - A court in Lindau ordered on Tuesday that the town's tannery be closed, because \
it had poured chromium into the river for eleven years.

Its owner, Lederwerk, said that it would not appeal. The tannery employs 340 people, the president of the \
court, Klara Senn, said.""",
    ),
    Report(
        "Harbour Post",
        "2031-06-11T18:00",
        "Iceland denies that its patrol boat rammed trawler",
        """\
REYKJAVIK, June 11 (Harbour Post) - Iceland denied on Wednesday that an Icelandic patrol boat had rammed the trawler.

"Our boat was forty miles away," Iceland's Fisheries Minister Jon Arnarsson told reporters in Reykjavik. Norway and \
Iceland are at odds over the western zone.""",
    ),
    Report(
        "Bergen Herald",
        "2031-06-11T19:00",
        "Fishermen in Bergen to go on strike over quota",
        """\
BERGEN, June 11 (Bergen Herald) - Fishermen in Bergen will go on strike on 20 June over the quota for the western \
zone, their union said on Wednesday.

The union's leader, Ingrid Solheim, said that 600 trawlers would stay in port. Norway set the quota of 40,000 \
tonnes in March.""",
    ),
    Report(
        "Harbour Post",
        "2031-06-13T20:00",
        "Icelandic minister names two conditions over western zone",
        """\
REYKJAVIK, June 13 (Harbour Post) - Iceland rejects the quota of 40,000 tonnes for the western zone, Fisheries \
Minister Jon Arnarsson said on Friday.

Arnarsson said that Norway must call its ships back from the western zone.""",
    ),
    Report(
        "Northern Wire",
        "2031-06-14T17:00",
        "Eleven people killed in western zone collision",
        """\
OSLO, June 14 (Reuters) - Eleven people were killed when a patrol boat rammed a trawler in the western zone on 7 June, \
and not 14 as was said before, rescue workers said on Saturday.

Norway agreed with Iceland to raise the quota for the western zone to 55,000 tonnes, Norway's Fisheries Ministry \
said.""",
    ),
)


@dataclass
class Newsstand:
    """Answers what outlets' feeds hold at the time of a clock, and their pages; some are out of reach for some time."""

    clock: Callable[[], datetime]
    reports: tuple[Report, ...] = WEEK
    dead: dict[str, tuple[str, str]] = field(default_factory=dict)  # from when to when, in UTC
    asked: list[str] = field(default_factory=list)

    def __call__(self, request: Request) -> Response:
        self.asked.append(request.path)
        now = f"{self.clock():%Y-%m-%dT%H:%M}"
        outlet = request.path.split("/")[1]
        ours = [one for one in self.reports if slug(one.outlet) == outlet and one.at <= now]
        begins, ends = self.dead.get(outlet, ("9999", "9999"))
        if outlet == "robots.txt" or begins <= now < ends:
            return Response("there is no such page", 404)
        if request.path == f"/{outlet}/feed":
            return Response(_feed(outlet.replace("-", " ").title(), ours, request.host_url), content_type="text/xml")
        page = next((one for one in ours if one.path == request.path), None)
        return Response(_page(page), content_type="text/html") if page else Response("there is no such page", 404)


@dataclass
class DeadlyStand(Newsstand):
    """Kills a process that asks for a page, at some of the requests."""

    victim: subprocess.Popen[str] | None = None
    deadly: set[int] = field(default_factory=set)  # numbers of requests

    def __call__(self, request: Request) -> Response:
        answer = super().__call__(request)
        if len(self.asked) in self.deadly and self.victim is not None:
            self.victim.kill()
            self.victim.wait()
        return answer


def slug(words: str) -> str:
    """Return words as an address writes them."""
    return "-".join("".join(sign for sign in words.lower() if sign.isalnum() or sign in " -").split())


def _feed(title: str, reports: Iterable[Report], host: str) -> str:
    items = "".join(_item(one, host.rstrip("/")) for one in reports)
    about = f"<title>{title}</title><link>https://example.org/</link><description>News</description>"
    return f'<rss version="2.0"><channel>{about}{items}</channel></rss>'


def _item(report: Report, host: str) -> str:
    published = format_datetime(datetime.fromisoformat(f"{report.at}:00+00:00"))
    link = f"<link>{host}{report.path}</link><guid>{report.path}</guid>"
    teaser = f"<description>{escape(report.text.split('. ')[0])}...</description>"
    return f"<item><title>{escape(report.title)}</title>{link}<pubDate>{published}</pubDate>{teaser}</item>"


def _page(report: Report) -> str:
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in report.text.split("\n\n"))
    title = escape(report.title)
    return f"<html lang='en'><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article>"
