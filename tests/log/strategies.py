"""Hypothesis strategies for every event there is, made from the types of its fields."""

import types
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from hypothesis import strategies as st
from msgspec import UNSET, Meta, Struct, UnsetType

from fishbowl.debate.events import Event
from fishbowl.debate.record import Cause, Record

WRITTEN = st.text()  # any code points but surrogates: NUL, bidi signs and unassigned ones too
WHOLE = st.integers(-(2**63), 2**63 - 1)


def of_type(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type, within the bounds it declares."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        bounds = next(argument for argument in arguments if isinstance(argument, Meta))
        return st.integers(int(bounds.ge or 0), int(bounds.le or 0))
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in (Union, types.UnionType):
        return st.one_of([of_type(argument) for argument in arguments])
    if origin is tuple:
        return st.lists(of_type(arguments[0]), max_size=3).map(tuple)
    if origin is dict:
        return st.dictionaries(of_type(arguments[0]), of_type(arguments[1]), max_size=3)
    if issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    if issubclass(kind, Struct):
        return structs(kind)
    plain: dict[type, st.SearchStrategy[Any]] = {
        UnsetType: st.just(UNSET),
        bool: st.booleans(),
        float: st.floats(0, 1),
        int: WHOLE,
        str: WRITTEN,
        type(None): st.none(),
    }
    return plain[kind]


def structs(kind: type[Any]) -> st.SearchStrategy[Any]:
    return st.builds(kind, **{field.name: of_type(field.type) for field in msgspec.structs.fields(kind)})


def records(event: st.SearchStrategy[Event]) -> st.SearchStrategy[Record]:
    """Records of these events, at any place and time, with and without a command behind them."""
    return st.builds(
        Record,
        seq=st.integers(1, 2**63 - 1),
        at=WHOLE,
        by=WRITTEN,
        event=event,
        cause=st.none() | st.builds(Cause, WRITTEN, WRITTEN),
        salt=st.binary(min_size=16, max_size=16),
    )
