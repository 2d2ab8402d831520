"""The settings of fetching from the web."""

from typing import Annotated

from pydantic import Field, field_validator

from briefing.profile.settings import Settings


class Fetch(Settings):
    """How pages and feeds are fetched; webhooks use the same proxy."""

    # "http://proxy.example:3128", or "env:NAME" if the address holds a password
    proxy: Annotated[str, Field(pattern=r"^(http://[^\s@]+|env:[A-Za-z_][A-Za-z0-9_]*)$")] | None = None
    timeout: Annotated[float, Field(gt=0.0, le=600.0)] = 30.0  # seconds for a page, with its redirects
    max_bytes: Annotated[int, Field(ge=10_000, le=40_000_000)] = 20_000_000  # of a page, after decompression
    delay: Annotated[float, Field(ge=0.0, le=60.0)] = 1.0  # seconds between two requests to one host
    entries: Annotated[int, Field(ge=1, le=5_000)] = 200  # the newest entries of a feed

    @field_validator("proxy", mode="before")
    @classmethod
    def _is_supported(cls, proxy: object) -> object:
        if isinstance(proxy, str) and not proxy.startswith(("http://", "env:")):
            raise ValueError("only a proxy reached over http is used; write http://host:3128, or env:NAME")
        if isinstance(proxy, str) and "@" in proxy:
            raise ValueError("it holds a password; put the address into an environment variable and write env:NAME")
        return proxy
