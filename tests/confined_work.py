"""Work for a confined process: it answers, sleeps, fills memory or ends, as it is asked."""

import os
import time

from briefing.confinement import serve

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
    return str(os.getpid()).encode()


if __name__ == "__main__":
    serve(answer, megabytes=256)
