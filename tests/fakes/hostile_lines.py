"""Texts that would begin a line, or a header of an e-mail, of their own, and marks that tell if one did."""

MARK = "evil@evil.test"

# Ends of lines, each in some program.
LINE_ENDS = ("\r\n", "\r", "\n", "\n\n", "\r\n\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x00\n")

# Encoded words (RFC 2047) that hold a line of their own, as in gh-121650 and in reports before it.
ENCODED = (
    f"=?utf-8?q?=0D=0ABcc:_{MARK}?=",
    f"=?utf-8?q?=0ABcc:_{MARK}?=",
    f"=?utf-8?q?=0DBcc:_{MARK}?=",
    f"=?us-ascii?Q?=0D=0A=0D=0A{MARK}?=",
    f"=?iso-8859-1?q?a=0D=0ABcc=3A{MARK}?= =?utf-8?q?b?=",
    "=?utf-8?b?DQpCY2M6IGV2aWxAZXZpbC50ZXN0?=",  # "\r\nBcc: evil@evil.test"
    "=?utf-8?B?CkJjYzogZXZpbEBldmlsLnRlc3Q=?=",
    f"=?utf-8?q?=E2=80=A8Bcc:_{MARK}?=",  # U+2028
    f"=?utf-8?q?=C2=85Bcc:_{MARK}?=",
    f"=?utf-8?q?=0B=0C=1CBcc:_{MARK}?=",
    f"=?utf-8*en?q?=0D=0ABcc:_{MARK}?=",  # with a language: RFC 2231, section 5
    f'"=?utf-8?q?=0D=0ABcc:_{MARK}?="',
    f"=?utf-8?q?=3D=3Futf-8=3Fq=3F=0D=0ABcc:_{MARK}=3F=3D?=",  # one within another
)

PAYLOADS = (
    *(f"Talks{end}Bcc: {MARK}" for end in LINE_ENDS),
    *(f"Talks {word}" for word in ENCODED),
    *(f"{word} talks" for word in ENCODED),
    f"{'Talks ' * 60}=?utf-8?q?=0D=0ABcc:_{MARK}?=",
    f"{'Talks ' * 60}\r\nBcc: {MARK}",
    f"T\u00e4lks =?utf-8?q?=0D=0ABcc:_{MARK}?=",
)
