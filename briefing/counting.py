"""Numbers of things in words of ours."""


def counted(number: int, noun: str) -> str:
    """Return a number of things: "1 brief", "2 briefs"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
