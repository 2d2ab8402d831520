"""The sizes of paper that a layout may name."""

POINTS = 72 / 25.4  # in a millimetre

# By name (CSS Paged Media 3, section 7.1) in lower case: width and height in millimetres.
PAPERS = {
    "a3": (297.0, 420.0),
    "a4": (210.0, 297.0),
    "a5": (148.0, 210.0),
    "a6": (105.0, 148.0),
    "b4": (250.0, 353.0),
    "b5": (176.0, 250.0),
    "letter": (215.9, 279.4),
    "legal": (215.9, 355.6),
}


def paper_in_points(name: str) -> tuple[float, float]:
    """Return the width and height of a paper in points; upper and lower case are the same."""
    width, height = PAPERS[name.lower()]
    return width * POINTS, height * POINTS
