"""The confined process that checks finished briefs: a hostile file could take too much time or memory."""

import json
from dataclasses import asdict

from briefing.jobs.verification import check_bytes
from briefing.runtime.confinement import serve


def _answer(request: bytes) -> bytes:
    head, _, content = request.partition(b"\n")
    return json.dumps(asdict(check_bytes(content, **json.loads(head)))).encode()


if __name__ == "__main__":
    serve(_answer)
