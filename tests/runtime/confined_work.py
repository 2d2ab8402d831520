"""Work for a confined process: it answers, sleeps, fills memory, ends, or reports its state, as requested."""

import json
import os
import sys
import time
from pathlib import Path

from briefing.runtime.confinement import serve

_kept: list[bytes] = []


def answer(request: bytes) -> bytes:
    match request:
        case b"sleep":
            time.sleep(60)
        case b"die":
            os._exit(1)
        case b"fill":
            bytes(2_000_000_000)
        case b"keep":
            _kept.append(bytes(60_000_000))
        case b"tell":
            files = sorted(int(file.name) for file in Path("/dev/fd").iterdir() if file.exists())
            return json.dumps({"environment": dict(os.environ), "files": files, "path": sys.path}).encode()
    return str(os.getpid()).encode()


if __name__ == "__main__":
    serve(answer)
