"""Messages that go up. They are facts: nobody changes them on the way."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

from textual.message import Message


class Event(Message):
    """Base of the kit's messages, for dataclasses: a field is set once.

    `@dataclass(frozen=True)` will not do, because Textual marks a message on its way through the app.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if name in getattr(type(self), "__dataclass_fields__", ()) and name in self.__dict__:
            raise FrozenInstanceError(name)
        super().__setattr__(name, value)
