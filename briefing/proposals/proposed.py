"""What a language model may propose, and the schema of its answer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefing.runtime.lexicon import read_lexicon

_MOST: Final = 40  # proposals of one field
_LEFT_OUT: Final = ("title", "default", "maxItems", "maxLength")
_LONGEST: Final = 2_000  # characters of a quotation


class _Proposal(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", str_max_length=_LONGEST)

    evidence: tuple[str, ...] = Field(min_length=1, max_length=6, description="Sentences of the article, word for word")


class ProposedStatement(_Proposal):
    """A sentence of the summary."""


class ProposedEvent(_Proposal):
    """An event to come."""

    when: str | None = Field(default=None, description="The words of the article that say when; null if it does not")
    participants: tuple[str, ...] = Field(default=(), max_length=12, description="Names of who takes part")

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of who takes part."""
        return self.participants


class ProposedPoint(_Proposal):
    """A point of agreement or disagreement."""

    parties: tuple[str, ...] = Field(min_length=2, max_length=12, description="Names of the two or more parties")

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the parties."""
        return self.parties


class ProposedQuote(_Proposal):
    """A quotation; its evidence is the words between the quotation marks."""

    speaker: str | None = Field(default=None, description="Name of who says it; null if the article does not say")


PROPOSED: Final[Mapping[str, type[_Proposal]]] = {
    "summary": ProposedStatement,
    "events": ProposedEvent,
    "agreements": ProposedPoint,
    "disagreements": ProposedPoint,
    "quotes": ProposedQuote,
}


@dataclass(frozen=True, slots=True)
class Proposals:
    """The proposals of an answer by field, and what in it was no proposal."""

    by_field: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)  # of the classes in PROPOSED
    refused: tuple[str, ...] = ()  # "events 3: evidence: Field required"


def schema_of(fields: Iterable[str]) -> dict[str, Any]:
    """Return the JSON Schema of an answer with these fields, as strict servers want it: all keys, and no others."""
    lists = {name: {"type": "array", "items": _strict(PROPOSED[name].model_json_schema())} for name in fields}
    return {"type": "object", "properties": lists, "required": list(lists), "additionalProperties": False}


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in schema.items() if key not in ("title", "description")}
    kept["properties"] = {name: _without_limits(value) for name, value in schema["properties"].items()}
    return {**kept, "required": list(schema["properties"]), "additionalProperties": False}


def _without_limits(value: Any) -> Any:
    """Return a schema without limits of length, of which servers make grammars of millions of rules."""
    if isinstance(value, dict):
        return {key: _without_limits(inner) for key, inner in value.items() if key not in _LEFT_OUT}
    return [_without_limits(inner) for inner in value] if isinstance(value, list) else value


def read_answer(answer: object, fields: Iterable[str]) -> Proposals:
    """Return the proposals of an answer; an item that is no proposal is refused, and the others stay.

    Raises:
        ValueError: The answer is no object with lists.
    """
    wanted = tuple(fields)
    if not isinstance(answer, dict) or not any(isinstance(answer.get(name), list) for name in wanted):
        raise ValueError("the answer is not a JSON object with the fields that were asked for")
    refused: list[str] = []
    by_field = {name: tuple(_items(name, answer.get(name), refused)) for name in wanted}
    return Proposals(by_field, tuple(refused))


def _items(name: str, written: object, refused: list[str]) -> Iterator[_Proposal]:
    items = written if isinstance(written, list) else []
    if written is not None and not isinstance(written, list):
        refused.append(f"{name}: it is no list")
    for number, item in enumerate(items[:_MOST], start=1):
        try:
            yield PROPOSED[name].model_validate(item)
        except ValidationError as error:
            first = error.errors()[0]
            fault = read_lexicon(__name__)["faults"].get(first["type"], first["msg"])
            refused.append(f"{name} {number}: {'.'.join(map(str, first['loc'])) or 'the item'}: {fault}")
    if len(items) > _MOST:
        refused.append(f"{name}: {len(items) - _MOST} more than {_MOST}")
