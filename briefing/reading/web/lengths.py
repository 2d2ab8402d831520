"""Convert CSS lengths and shares to rough numbers, for a screen of 1000 pixels and letters of 16."""

import ast
import operator
import re
from collections.abc import Callable, Mapping

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?"
_LENGTH = re.compile(rf"({NUMBER})(px|pt|pc|in|cm|mm|q|r?em|ex|ch|lh|%|[sld]?v(?:[whib]|min|max)|)")
_PIXELS = {"pt": 1.33, "pc": 16, "in": 96, "cm": 38, "mm": 3.8, "q": 0.95, "em": 16, "rem": 16, "lh": 19, "ex": 8}
_PIXELS |= {"ch": 8, "%": 10, "px": 1, "": 1}
_OF_SCREEN = 10  # pixels in a hundredth of a screen
# A sum after its lengths are converted to numbers: "(12.0+3)*-2", "min(0,16.0)".
_SUM = re.compile(r"(?:[\d.+\-*/(),\s]|e[-+]\d|min|max|clamp)+")
_LONGEST = 200  # characters of a sum
_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def pixels(length: str) -> float | None:
    """Return a length in pixels; None if it is not a length: "auto"."""
    match = _LENGTH.fullmatch(length)
    if match is not None:
        return float(match[1]) * _PIXELS.get(match[2], _OF_SCREEN)
    if "(" not in length or len(length) > _LONGEST:
        return None
    return _calculate(_LENGTH.sub(lambda part: repr(float(part[1]) * _PIXELS.get(part[2], _OF_SCREEN)), length))


def share(value: str) -> float | None:
    """Return a share: "0.5", "50%", "calc(1 / 2)"; None if it is not a share."""
    match = _LENGTH.fullmatch(value)
    if match is not None and match[2] in ("", "%"):
        return float(match[1]) / (100 if match[2] else 1)
    return _calculate(value) if "(" in value and "%" not in value and len(value) <= _LONGEST else None


def font_size(size: str, parent: float) -> float:
    """Return a font size in pixels; *parent* is the size of the parent element."""
    match = _LENGTH.fullmatch(size)
    if match is not None and match[2] in ("em", "%", "ex", "ch", "lh"):
        of_em = {"%": 0.01, "ex": 0.5, "ch": 0.5}.get(match[2], 1.0)
        return float(match[1]) * of_em * parent
    if size in ("inherit", "unset", "smaller", "larger"):
        return parent * {"smaller": 0.83, "larger": 1.2}.get(size, 1.0)
    found = pixels(size)
    return 16.0 if found is None else found


def _calculate(text: str) -> float | None:
    """Calculate "calc(2 * 3)", "min(1, 2)"; return None if the text is not a sum."""
    plain = text.replace("calc", "").strip()
    if not _SUM.fullmatch(plain):
        return None
    try:
        return _value(ast.parse(plain, mode="eval").body)
    except (SyntaxError, ArithmeticError, ValueError, TypeError, RecursionError, MemoryError):
        return None


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner)
        case ast.UnaryOp(op=ast.UAdd(), operand=inner):
            return _value(inner)
        case ast.BinOp(left=left, op=operation, right=right) if type(operation) in _OPERATORS:
            return _OPERATORS[type(operation)](_value(left), _value(right))
        case ast.Call(func=ast.Name(id="min"), args=[_, *_] as parts):
            return min(map(_value, parts))
        case ast.Call(func=ast.Name(id="max"), args=[_, *_] as parts):
            return max(map(_value, parts))
        case ast.Call(func=ast.Name(id="clamp"), args=[low, wanted, high]):
            return max(_value(low), min(_value(wanted), _value(high)))
    raise ValueError("it is no sum")
