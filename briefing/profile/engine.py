"""The settings of a language model that proposes lines."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from briefing.profile.delivery import check_variable
from briefing.profile.settings import Settings

ProposedField = Literal["summary", "events", "agreements", "disagreements", "quotes"]

_HOST = re.compile(r"[A-Za-z0-9.:-]+")


class Budget(Settings):
    """How much a run may ask; answers that are kept cost nothing."""

    articles: Annotated[int, Field(ge=1)] | None = None
    tokens: Annotated[int, Field(ge=1)] | None = None  # in and out, as the server counts them


class LanguageModel(Settings):
    """A server with the interface of OpenAI, and what it is asked."""

    url: str  # "http://127.0.0.1:8080/v1"
    model: Annotated[str, Field(min_length=1, max_length=200)]
    private: bool = False  # its name may lead to a private address; one by number, or without a domain, always may
    key: str | None = None  # env:NAME; the variable holds the key of the server
    fields: Annotated[tuple[ProposedField, ...], Field(min_length=1)] = ("events", "agreements", "disagreements")
    timeout: Annotated[float, Field(gt=0.0, le=3_600.0)] = 60.0  # seconds for an answer
    max_tokens: Annotated[int, Field(ge=16, le=100_000)] = 2_000  # of an answer
    characters: Annotated[int, Field(ge=500, le=1_000_000)] = 24_000  # of an article; what is longer is cut
    budget: Budget = Budget()
    answers: str | None = None  # folder that keeps the answers; None for one beside the archive

    @field_validator("url")
    @classmethod
    def _is_address(cls, written: str) -> str:
        parts = urlsplit(written)
        if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.hostname or ""):
            raise ValueError("it is not the address of a server; write http://127.0.0.1:8080/v1")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("it holds more than an address; put a key into a variable and write key: env:NAME")
        return written.rstrip("/")

    @field_validator("key")
    @classmethod
    def _is_variable(cls, written: str | None) -> str | None:
        return check_variable(written, "key: env:BRIEFING_LLM_KEY") if written is not None else None


class EngineSettings(Settings):
    """What finds the lines besides our own extractors; nothing, unless it is written."""

    llm: LanguageModel | None = None
