"""Ask a language model about an article, within a budget, and keep what it answers."""

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from briefing.errors import LanguageModelError, OutputError
from briefing.model.brief import Article
from briefing.profile.engine import LanguageModel
from briefing.proposals.proposed import Proposals, read_answer, schema_of
from briefing.runtime.lexicon import read_lexicon
from briefing.runtime.outputs import write_whole

SEED: Final = 1
_LETTERS: Final = 4  # characters of a token of English, about


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server sent: the text of its answer, and the tokens that it counted."""

    content: str
    tokens_in: int = 0
    tokens_out: int = 0
    is_cut: bool = False  # it ended at max_tokens


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking about one article: proposals, or the reason why there are none."""

    proposals: Proposals = field(default_factory=Proposals)
    failure: str | None = None  # "it did not answer within 60 seconds"
    is_cut: bool = False  # the model saw only the beginning of the article
    is_short: bool = False  # the answer ended at max_tokens
    tokens: int = 0
    seconds: float = 0.0  # 0 for a kept answer


@dataclass
class Asker:
    """Asks one model for a run; it counts what the run has asked.

    Args:
        settings: Of the profile.
        send: Sends a request to the server and returns its reply; a LanguageModelError says why it sent nothing. None:
            nobody is asked, and kept answers are replayed.
    """

    settings: LanguageModel
    send: Callable[[Mapping[str, Any]], Reply] | None
    articles: int = field(default=0, init=False)
    tokens: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        """Raise an error if answers are to be replayed that were not kept."""
        if self.send is None and self.settings.answers is None:
            raise LanguageModelError(
                "cannot replay answers", "none are kept; add engine.llm.answers: FOLDER, or name the archive"
            )

    def ask(self, article: Article) -> Answer:
        """Return what the model proposes for an article."""
        request, is_cut = request_for(article, self.settings)
        started = time.monotonic()
        reply = self._reply(request)
        seconds = 0.0 if reply.get("was_kept") else time.monotonic() - started
        tokens = reply.get("tokens_in", 0) + reply.get("tokens_out", 0)
        if reply.get("failure"):
            return Answer(failure=reply["failure"], is_cut=is_cut, seconds=seconds)
        try:
            proposals = read_answer(_parsed(reply["content"]), self.settings.fields)
            if reply.get("is_cut") and not any(proposals.by_field.values()):
                raise ValueError("there is no proposal in it")
        except ValueError as error:
            failure = "its answer was cut; raise engine.llm.max_tokens" if reply.get("is_cut") else str(error)
            return Answer(failure=failure, is_cut=is_cut, tokens=tokens, seconds=seconds)
        return Answer(proposals, None, is_cut, bool(reply.get("is_cut")), tokens, seconds)

    def _reply(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Return the reply that is kept, else that of the server, or why there is no reply."""
        path = self._path(request)
        kept = _read(path) if path is not None else None
        if kept is not None and (self.send is None or not kept.get("failure")):
            return {**kept, "was_kept": True}
        if self.send is None:
            return {"failure": "no answer to this request is kept"}
        reply = self._sent(request, self.send)
        if path is not None:
            try:
                write_whole(path, json.dumps(reply, sort_keys=True).encode())
            except OutputError as error:
                return {"failure": f"its answer cannot be kept: {error}"}
        return reply

    def _sent(self, request: Mapping[str, Any], send: Callable[[Mapping[str, Any]], Reply]) -> dict[str, Any]:
        budget = self.settings.budget
        for name, spent, most in (
            ("articles", self.articles, budget.articles),
            ("tokens", self.tokens, budget.tokens),
        ):
            if most is not None and spent >= most:
                return {"failure": f"the budget of {most} {name} is spent"}
        self.articles += 1
        try:
            reply = send(request)
        except LanguageModelError as error:
            return {"failure": error.reason}
        reply = reply if reply.tokens_in or reply.tokens_out else _estimated(reply, request)
        self.tokens += reply.tokens_in + reply.tokens_out
        return asdict(reply)

    def _path(self, request: Mapping[str, Any]) -> Path | None:
        if self.settings.answers is None:
            return None
        written = json.dumps(request, sort_keys=True, ensure_ascii=False).encode()
        return Path(self.settings.answers) / f"{hashlib.sha256(written).hexdigest()}.json"


def request_for(article: Article, settings: LanguageModel) -> tuple[dict[str, Any], bool]:
    """Return the request about an article, without the server's address, and whether the article was cut for it."""
    words = read_lexicon(__name__)
    text = _cut(article.text, settings.characters)
    has_title = text.startswith(article.title)  # a page repeats it above its text
    shown = text if has_title else f"{article.title}\n\n{text}"
    fence = f"ARTICLE-{hashlib.sha256(article.text.encode()).hexdigest()[:16]}"
    asked = "\n".join(f"- {words['fields'][name]}" for name in settings.fields)
    request = {
        "model": settings.model,
        "messages": [
            {"role": "system", "content": words["system"].format(fence=fence, fields=asked)},
            {"role": "user", "content": f"{fence}\n{shown}\n{fence}"},
        ],
        "temperature": 0,
        "seed": SEED,
        "max_tokens": settings.max_tokens,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "proposals", "strict": True, "schema": schema_of(settings.fields)},
        },
    }
    return request, len(text) < len(article.text)


def _estimated(reply: Reply, request: Mapping[str, Any]) -> Reply:
    """Return the reply of a server that counts no tokens with an estimate, so that a budget still ends a run."""
    asked = sum(len(message["content"]) for message in request["messages"])
    return replace(reply, tokens_in=asked // _LETTERS, tokens_out=-(-len(reply.content) // _LETTERS))


def _cut(text: str, most: int) -> str:
    """Return the start of a text, up to the end of a paragraph if that leaves at least half of what has room."""
    if len(text) <= most:
        return text
    end = text.rfind("\n\n", most // 2, most)
    return text[: end if end >= 0 else most]


def _parsed(content: str) -> object:
    """Return the JSON of an answer, repaired where a model closes no bracket or talks around it.

    Raises:
        ValueError: It holds no JSON.
    """
    if not content.strip():
        raise ValueError("the answer is empty")
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        from json_repair import loads

    try:
        return loads(content)
    except (ValueError, RecursionError) as error:
        raise ValueError("the answer is nested too deeply") from error


def _read(path: Path) -> dict[str, Any] | None:
    """Return a kept reply; None without a file, or if it is damaged."""
    try:
        kept = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    is_reply = isinstance(kept, dict) and isinstance(kept.get("failure", kept.get("content")), str)
    return kept if is_reply else None
