"""A property that is made once."""

from collections.abc import Callable, Iterable
from typing import Any, Generic, Self, TypeVar, overload

Value = TypeVar("Value")


class once(Generic[Value]):
    """`functools.cached_property` without the lock that Python 3.11 takes each time: a record has two dozen of them."""

    def __init__(self, make: Callable[[Any], Value]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def of_all(self, instances: Iterable[object]) -> None:
        """Make it for each of them, one right after the other."""
        make, name = self._make, self._name
        for instance in instances:
            if name not in instance.__dict__:
                instance.__dict__[name] = make(instance)

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...
    def __get__(self, instance: object | None, owner: type) -> Self | Value:
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._make(instance)
        return value
