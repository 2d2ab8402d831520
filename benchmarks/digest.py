"""Measure what a digest of many articles costs: each step's seconds, its pages and size, and the most memory held.

    python benchmarks/digest.py [--articles 500] [--merge-only 2000] [--largest 9] [--jobs 1]

Articles are made up, of about 250 words: stories of one to nine articles, a third of which are reprints of another.
Each digest is made in a process of its own: the first to a PDF, the second, of --merge-only articles (0: none), up to
its stories. "memory" is the most that the process held, and with --jobs above 1 the largest of the workers besides.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pdfplumber

from briefing.jobs.digest_run import DigestRequest, DigestRun
from briefing.jobs.plan import layout_of
from briefing.profile.digest import DigestSource
from briefing.profile.profile import load_profile
from briefing.rendering.formats import render
from briefing.sources.links import NO_WEB

_OUTLETS = (
    "Northern Wire",
    "Harbour Post",
    "Inland Mail",
    "Coast Gazette",
    "Morning Ledger",
    "Radio Selby",
    "The Hour",
)
_FIRST = ("Anna", "Jonas", "Ruth", "Peter", "Marta", "Erik", "Sofia", "Karl", "Ines", "Tomas", "Clara", "Hugo")
_ROLES = ("the mayor of {town}", "the prime minister", "the opposition leader", "the chief executive of {firm}")
_MATTERS = (
    (
        "A dam above {town} gave way on Monday and {n} people died, police said.",
        "The water tore away two bridges and {m} houses along the river.",
        "Engineers warned {firm} of cracks in the wall of the dam in March, according to a letter.",
        "{firm} denies that it was warned of cracks.",
        "The energy regulator will publish a report on the dam on {day} June.",
        "About {m}00 people had to leave their homes, and the road to the coast is closed.",
        "The government agreed with {firm} on Tuesday to pay for new homes in {town}.",
        "Dams in the valley were built in 1961 and have been mended only once.",
    ),
    (
        "Pilots of {firm} will go on strike on {day} June, their union said on Monday, after talks on pay failed.",
        "The union demands a rise of {n} percent, and {firm} offers 4 percent.",
        "A mediator will meet both sides in {town} on {day} June.",
        "Some {m}0 flights a day would be cancelled at the airport of {town}.",
        "The airline rejected the demand as out of reach.",
        "Passengers may change their tickets without paying, the airline said.",
        "The union accused {firm} of breaking a promise that it made two years ago.",
        "Pilots last went on strike in 2012, for nine days.",
    ),
    (
        "The council of {town} agreed on Monday to close the old harbour and to build {m}0 flats there.",
        "The fishermen's association opposes the plan, for {n} boats would have nowhere to go.",
        "{firm} will begin the work on {day} June.",
        "A public hearing will be held in {town} on {day} June.",
        "The harbour has cost the town {n} million euros in ten years.",
        "The harbour was dug in 1890, when herring was sold all over the continent.",
        "The association said that it would go to court against {firm}.",
        "Shops along the quay welcomed the decision of the council.",
    ),
    (
        "A court in {town} sentenced a former director of {firm} to {n} years in prison on Monday for bribery.",
        "Prosecutors said that {m} million euros had been paid to officials.",
        "The director denies that he paid bribes, and his lawyer will appeal.",
        "The court will hear two other directors on {day} June.",
        "{firm} said that it had changed its rules and its board.",
        "The opposition demanded that parliament should hold an inquiry.",
        "The trial began three years ago after a tax inspector found the payments.",
        "The sentence is the longest for bribery in the country since 2003.",
    ),
)


def main() -> None:
    """Print a line for each digest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--merge-only", type=int, default=2000)
    parser.add_argument("--largest", type=int, default=9, help="articles of the largest story")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--one", choices=("pdf", "merged"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        _measure(options.articles, options.largest, options.jobs, to_pdf=options.one == "pdf")
        return
    print("articles  step      wall s   CPU s", flush=True)
    for count, step in ((options.articles, "pdf"), (options.merge_only, "merged")):
        if count:
            size = ("--articles", str(count), "--largest", str(options.largest), "--jobs", str(options.jobs))
            subprocess.run([sys.executable, __file__, "--one", step, *size], check=True)


def _measure(count: int, largest: int, jobs: int, *, to_pdf: bool) -> None:
    """Make a digest of so many articles, and print what each of its steps took."""
    profile = load_profile("standard")
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(_articles(count, largest)):
            (Path(folder) / f"{number:05}.txt").write_text(text)
        sources = (DigestSource(folder=folder),)
        order = DigestRequest(profile, sources, datetime(2024, 5, 14, 6, tzinfo=UTC), date(2024, 5, 1), jobs)
        clock = _Clock(count)
        run = DigestRun(order, NO_WEB, None, lambda stage: clock.tell("articles" if stage == "briefed" else "stories"))
        for outcome in run.steps(lambda _limit: b""):
            if outcome.troubles:
                print(*outcome.troubles, sep="\n", file=sys.stderr)
        said = f"{len(run.result().stories)} stories"
        if to_pdf:
            pdf = render(run.result(), "pdf", layout_of(profile))
            clock.tell("PDF")
            with pdfplumber.open(BytesIO(pdf)) as printed:
                said += f", {len(printed.pages)} pages, {len(pdf) / 1e6:.1f} MB"
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + (
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if jobs > 1 else 0
    )
    print(f"{count:8}  memory {held / 1024:6.0f} MB; {said}", flush=True)


class _Clock:
    """Tells what each step took since the one before."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._last = self._now()

    def tell(self, step: str) -> None:
        now = self._now()
        wall, processor = (after - before for after, before in zip(now, self._last, strict=True))
        print(f"{self._count:8}  {step:8}  {wall:6.1f}  {processor:6.1f}", flush=True)
        self._last = self._now()

    def _now(self) -> tuple[float, float]:
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return time.perf_counter(), sum(one.ru_utime + one.ru_stime for one in used)


def _articles(count: int, largest: int) -> Iterator[str]:
    """Yield so many articles of one day, story by story."""
    chance = random.Random(1)  # noqa: S311 - no secret depends on it
    made = 0
    while made < count:
        sentences = list(_sentences(chance))
        body = ""
        for number in range(min(chance.randint(1, largest), count - made)):
            if not body or chance.random() > 1 / 3:
                body = "\n\n".join(sentences[:2] + sorted(chance.sample(sentences[2:], 12), key=sentences.index))
            head = f"title: {sentences[0].split(' on ')[0]}\ndate: 2024-05-13\noutlet: {chance.choice(_OUTLETS)}"
            yield f"---\n{head}\nurl: https://news{number}.example/{made}\n---\n\n{body}\n"
            made += 1


def _sentences(chance: random.Random) -> Iterator[str]:
    """Yield sentences about one invented event, the main one first."""
    town, firm = _word(chance), f"{_word(chance)} {chance.choice(('Energy', 'Air', 'Shipping', 'Bank'))}"
    known = {"town": town, "firm": firm, "n": chance.randint(3, 19), "m": chance.randint(20, 90)}
    matter = [sentence.format(day=chance.randint(1, 28), **known) for sentence in chance.choice(_MATTERS)]
    yield from matter
    for role in _ROLES:
        name, whose = f"{chance.choice(_FIRST)} {_word(chance)}", role.format(**known)
        yield f"{name}, {whose}, will visit {_word(chance)} on {chance.randint(1, 28)} June."
        yield f'"We will not leave {town} alone with its {_word(chance).lower()}," said {name}.'
        yield f"{name} called for an inquiry into the {_word(chance).lower()} of {firm}."


def _word(chance: random.Random) -> str:
    parts = (chance.choice("bdfgklmnrstv") + chance.choice("aeiou") for _ in range(chance.randint(2, 3)))
    return "".join(parts).capitalize() + chance.choice(("r", "n", "l", "sk", "rd"))


if __name__ == "__main__":
    main()
