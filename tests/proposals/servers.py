"""A server with the interface of OpenAI on loopback, which says what a test wants."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

PATH = "/v1/chat/completions"


def completion(content: str, *, finished: str = "stop", **message: Any) -> dict[str, Any]:
    """Return the body of an answer; *finished* is why it ended."""
    said = {"role": "assistant", "content": content, **message}
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 0,
        "model": "eyes",
        "choices": [{"index": 0, "finish_reason": finished, "message": said}],
        "usage": {"prompt_tokens": 700, "completion_tokens": 50, "total_tokens": 750},
    }


def answers(server: HTTPServer, proposals: dict[str, Any] | str) -> list[dict[str, Any]]:
    """Let a server answer every request so; return the list that the requests go into."""
    content = proposals if isinstance(proposals, str) else json.dumps(proposals)
    return handles(server, lambda _: Response(json.dumps(completion(content)), content_type="application/json"))


def handles(server: HTTPServer, answer: Callable[[dict[str, Any]], Response]) -> list[dict[str, Any]]:
    """Let a server answer every request by a function; return the list that the requests go into."""
    asked: list[dict[str, Any]] = []

    def handle(request: Request) -> Response:
        asked.append(json.loads(request.get_data()))
        return answer(asked[-1])

    server.expect_request(PATH, method="POST").respond_with_handler(handle)
    return asked


def profile(folder: Path, server: HTTPServer | str, **settings: Any) -> Path:
    """Write a profile that asks the server at this address."""
    address = server if isinstance(server, str) else server.url_for("/v1")
    llm = {"url": address, "model": "eyes", "timeout": 5, **settings}
    path = folder / "eyes.yaml"
    path.write_text(f"extends: standard\nengine:\n  llm: {json.dumps(llm)}\n")
    return path
