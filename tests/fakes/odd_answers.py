"""What servers answer that is odd, dangerous or no answer: redirects to nowhere, broken heads, broken bodies."""

import gzip
import zlib
from random import Random

# Where a redirect must not lead: what is no address of the web, what is no address, and what names no host that is.
LOCATIONS = (
    *(b"javascript:alert(1)", b"mailto:desk@example.org", b"data:text/html,hi", b"tel:1", b"about:blank", b"urn:x:y"),
    *(b"ftp://other.example/", b"file:///etc/passwd", b"ws://other.example/", b"view-source:http://other.example/"),
    *(b"http:x", b"hTTps:other", b"http:\\\\other.example", b"::", b"////x", b"1http://", b":"),
    *(b"http://", b"http:///", b"//", b"http://.", b"http://...", b"http://@/", b"http://:80/", b"http://u@/"),
    *(b"/\x7f", b"/\x01", b"\x1b[2J", b"/\x00", b"\xff\xfe", b"\x80", b"", b" ", b"\t"),
    *(b"http://[::1", b"http://[", b"http://]", b"http://[:::]/", b"http://[v1.x]/", b"http://[1.2.3.4]/"),
    *(b"http://[fe80::1%eth0]/", b"http://[::1%25lo]/", b"http://256.256.256.256/", b"http://999999999999/"),
    *(b"http://a:b/", b"http://a:-1/", b"http://a:0/", b"http://a:99999999999999999999/", b"http://a:80:80/"),
    *(b"http://xn--/", b"http://xn--a/", b"http://xn--zzzzzzzzzzzzz/", b"http://a..b/", b"http://a b/", b"http://%00/"),
    *(b"http://a%2fb/", b"http://^/", b"http://*/", b"http://a\x00b/", b"http://a\tb/", b"http://\xff/"),
    *("http://\u202e/".encode(), "http://①/".encode(), "http://ｅｘ/".encode(), "http://\u200d/".encode()),
    *("http://。/".encode(), "http://\xad/".encode(), "http://\ufffd/".encode(), "http://a。b/".encode()),
    *(b"http://name:word@other.example/", b"http://" + b"a" * 64 + b"/", b"http://" + b"a." * 200 + b"/"),
    *(b"/" + b"a" * 70_000, b"http://other.example/" + b"a" * 70_000, b"http://" + b"a" * 70_000 + b"/"),
)

_START = b"HTTP/1.1 200 OK\r\n"
_PACKED = gzip.compress(b"The ministers met. " * 50, mtime=0)  # the names of tests hold it

_STATUS_LINES = (
    *(b"", b"\r\n\r\n", b"HTTP/1.1\r\n\r\n", b"HTTP/1.1 20 OK\r\n\r\n", b"HTTP/1.1 2000 OK\r\n\r\n"),
    *(b"HTTP/1.1 000 x\r\n\r\n", b"HTTP/1.1 -1 x\r\n\r\n", b"HTTP/1.1 100 x\r\n\r\n", b"HTTP/1.1 101 x\r\n\r\nx"),
    *(b"HTTP/1.1 101 x\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\nx", b"HTTP/1.1 199 x\r\n\r\n"),
    *(b"HTTP/1.1 204 x\r\n\r\nabc", b"HTTP/1.1 300 x\r\n\r\n", b"HTTP/1.1 304 x\r\nContent-Length: 5\r\n\r\n"),
    *(b"HTTP/1.1 600 x\r\n\r\n", b"HTTP/1.1 999 x\r\n\r\n", b"HTTP/2 200 OK\r\n\r\n", b"HTTP/0.9 200 OK\r\n\r\n"),
    *(b"ICY 200 OK\r\n\r\n", b"<p>The ministers met.</p>", b"\x16\x03\x01\x02\x00", b"PRI * HTTP/2.0\r\n\r\n"),
    *(
        b"HTTP/1.1 200 \xff\xfe\r\n\r\n",
        b"HTTP/1.1 200 \x1b[2J\r\n\r\n",
        b"HTTP/1.1 200 " + b"O" * 70_000 + b"\r\n\r\n",
    ),
)
_HEADERS = (
    *(b"X: " + b"a" * 70_000, b"X: " + b"a" * 200_000, b"X: a\r\n" * 20_000 + b"Y: b", b"no colon", b": empty"),
    *(b" leading: x", b"a b: c", b"X: \x00", b"X: \x1b", b"X\xff: y", b"X: a\r\n folded"),
    *(b"Content-Length: " + length for length in (b"-1", b"abc", b"5, 6", b"9" * 23, b"0x5", b"2", b"")),
    b"Content-Length: 5\r\nContent-Length: 6",
    *(b"Transfer-Encoding: " + kind for kind in (b"gzip", b"chunked, gzip", b"identity", b"xchunked")),
    b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    *(b"Content-Encoding: " + kind for kind in (b"br", b"gzip, gzip", b"\xff", b"GZIP", b"deflate", b"gzip")),
    *(b"Content-Type: " + kind for kind in (b"", b"/", b"\xff; charset=\xff", b";" * 60_000)),
    *(b'Content-Type: text/html; charset="', b"Content-Type: text/html; charset*=utf-8''%ff"),
    *(b"Content-Type: text/html; charset*=no'x'%ff", b"Content-Type: text/html; charset*99999999999999999999=a"),
    *(b"Content-Type: text/html; charset=" + name for name in (b"punycode", b"undefined", b"hex", b"a\tb", b"idna")),
    *(b"ETag: \xff", b"ETag: " + b"a" * 60_000, b"Last-Modified: \xff", b"Set-Cookie: \xff", b"Location: http:x"),
)
_CHUNKS = (
    *(b"", b"zz\r\n", b"-1\r\n", b"5\r\nab", b"5\r\nabcdeXX", b"f" * 16 + b"\r\n", b"f" * 30 + b"\r\nx", b"\r\n"),
    *(b"5;" + b"e" * 70_000 + b"\r\nabcde\r\n0\r\n\r\n", b"0\r\nTrailer\r\n\r\n", b"0\r\n" + b"T: a\r\n" * 50_000),
)
_BODIES = (
    *((b"gzip", body) for body in (_PACKED[:-4], b"", _PACKED[:5], _PACKED[:-8] + bytes(8), _PACKED + b"x", b"<p>")),
    *((b"deflate", body) for body in (b"<p>", b"\x08", b"\0", b"\x78\xbb\0\0\0\0", zlib.compress(b"x")[:-2])),
)
_RETRIES = (
    *(b"x", b"", b"-1", b"9" * 30, b"Sat, 18 May " + b"9" * 20 + b" 12:00:09 GMT", b"Sat, 18 May 2024 12:00:09 +9999"),
    *(b"Sat, 18 May 2024 12:00:09 +" + b"9" * 23, b"Sat, 99 May 2024 99:00:09 GMT", b"Sat,", b"\xff", b"1 2 3 4 5"),
)

ANSWERS = (
    *_STATUS_LINES,
    *(_START + header + b"\r\n\r\nhi \xe9\xff there" for header in _HEADERS),
    *(_START + b"Transfer-Encoding: chunked\r\n\r\n" + chunks for chunks in _CHUNKS),
    *(_START + b"Content-Encoding: " + packed + b"\r\n\r\n" + body for packed, body in _BODIES),
    *(b"HTTP/1.1 503 x\r\nContent-Length: 0\r\nRetry-After: " + wait + b"\r\n\r\n" for wait in _RETRIES),
)


def redirect(location: bytes, status: int = 302) -> bytes:
    """Return an answer that leads on."""
    head = f"HTTP/1.1 {status} Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: "
    return head.encode() + location + b"\r\n\r\n"


def mutated(seed: int) -> bytes:
    """Return a good answer with a few bytes changed, put in, taken out or cut off."""
    dice = Random(seed)  # noqa: S311 - no secret
    head = b"Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = bytearray(_START + head + b"%x\r\n" % len(_PACKED) + _PACKED + b"\r\n0\r\n\r\n")
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(answer))
        match dice.randrange(4):
            case 0:
                answer[place] = dice.randrange(256)
            case 1:
                del answer[place + 1 : place + dice.randint(2, 20)]
            case 2:
                answer[place:place] = dice.randbytes(dice.randint(1, 9))
            case _:
                del answer[place + 1 :]
    return bytes(answer)
