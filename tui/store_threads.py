"""Two threads beside the screen: one for what a key waits for, one for long work.

The store never runs on the event loop. `ask` hands a function to a thread, which calls it with its own resource (a
connection, made there when first needed), and the answer comes back on the app's loop. A thread cannot be stopped, so
late answers are thrown away: a newer question in the same slot makes the older one stale, and interrupts it if it is
running.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from textual.message_pump import MessagePump

from model.errors import Interrupted
from model.language import _

T = TypeVar("T")

Failed = Callable[[Exception], object]


class Loop(Protocol):
    """The app, as seen from a thread: `call_later` is safe to call from any."""

    def call_later(self, callback: Callable[..., Any], *args: Any) -> bool: ...


class Ticket:
    """One question that was asked, and whether anybody still wants the answer."""

    __slots__ = ("_call", "_failed", "_owner", "_stop", "_then", "must_finish", "stale")

    def __init__(
        self,
        call: Callable[[Any], Any],
        then: Callable[[Any], object] | None,
        failed: Failed,
        owner: MessagePump | None,
    ) -> None:
        self._call = call
        self._then = then
        self._failed = failed
        self._owner = owner
        self._stop = threading.Event()
        self.stale = False
        self.must_finish = False

    def _deliver(self, answer: Any, error: Exception | None) -> None:
        """On the loop. Nobody is told when the question is stale or who asked has left the screen."""
        if self.stale or (self._owner is not None and not self._owner.is_running):
            return
        if error is not None:
            self._failed(error)
        elif self._then is not None:
            self._then(answer)


class _Lane(Generic[T]):
    """One thread and its queue."""

    def __init__(
        self,
        name: str,
        loop: Loop,
        make: Callable[[], T],
        close: Callable[[T], object],
        interrupt: Callable[[T], object] | None,
    ) -> None:
        self._name = name
        self._loop = loop
        self._make = make
        self._close = close
        self._interrupt = interrupt
        self._wake = threading.Condition()
        self._queue: deque[Ticket] = deque()
        self._running: Ticket | None = None
        self._resource: T | None = None
        self._ended = False
        self._thread: threading.Thread | None = None

    def put(self, ticket: Ticket) -> None:
        with self._wake:
            if self._ended:
                return
            self._queue.append(ticket)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()
            self._wake.notify()

    def drop(self, ticket: Ticket) -> None:
        """Take a stale question out of the queue, or interrupt it; the lock keeps that from hitting the next one."""
        with self._wake:
            if ticket in self._queue:
                self._queue.remove(ticket)
            elif ticket is self._running and self._interrupt is not None and self._resource is not None:
                self._interrupt(self._resource)

    def end(self) -> None:
        """Drop what only reads; what must finish still does."""
        with self._wake:
            self._ended = True
            self._queue = deque(ticket for ticket in self._queue if ticket.must_finish)
            if self._running is not None and not self._running.must_finish:
                self._running.stale = True
                self._running._stop.set()
                if self._interrupt is not None and self._resource is not None:
                    self._interrupt(self._resource)
            self._wake.notify()

    def join(self) -> None:
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._queue or self._ended)
                if not self._queue:
                    break
                ticket = self._running = self._queue.popleft()
            answer, error = None, None
            try:
                if self._resource is None:
                    self._resource = self._make()
                answer = ticket._call(self._resource)
            except Exception as failure:
                error = failure
            with self._wake:
                self._running = None
            if not ticket.stale:
                self._loop.call_later(ticket._deliver, answer, error)
        if self._resource is not None:
            self._close(self._resource)


class StoreThreads(Generic[T]):
    """Owns both threads. `make` and `close` run on the thread that uses the resource; `interrupt` on the loop's."""

    def __init__(
        self,
        loop: Loop,
        make: Callable[[], T],
        *,
        close: Callable[[T], object] = lambda resource: None,
        interrupt: Callable[[T], object] | None = None,
        failed: Failed,
    ) -> None:
        """`failed` hears of errors, on the loop, when the question named nobody else."""
        self._quick = _Lane("samlop-quick", loop, make, close, interrupt)
        self._long = _Lane("samlop-long", loop, make, close, interrupt)
        self._loop = loop
        self._failed = failed
        self._slots: dict[str, tuple[_Lane[T], Ticket]] = {}

    def ask(
        self,
        fn: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], object] | None = None,
        failed: Failed | None = None,
        slot: str | None = None,
    ) -> Ticket:
        """Call `fn(resource, *args)` on the quick thread; `then(answer)` or `failed(error)` on the loop.

        A question in a slot makes the one before it in that slot stale. What writes has no slot: it is never dropped,
        not even by `close`.
        """
        ticket = self._make_ticket(lambda resource: fn(resource, *args), then, failed)
        ticket.must_finish = slot is None
        return self._enqueue(self._quick, ticket, slot)

    def ask_long(
        self,
        fn: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], object] | None = None,
        failed: Failed | None = None,
        progress: Callable[[int, int], object] | None = None,
        slot: str | None = None,
    ) -> Ticket:
        """Like `ask`, on the thread for long work: calls `fn(resource, *args, tell)`.

        `tell(done, total)` brings `progress(done, total)` to the loop, and raises `Interrupted` after `cancel`.
        """
        holder: list[Ticket] = []

        def tell(done: int, total: int) -> None:
            ticket = holder[0]
            if ticket._stop.is_set():
                raise Interrupted(_("Stopped; nothing was changed."))
            if progress is not None and not ticket.stale:
                self._loop.call_later(progress, done, total)

        def call(resource: T) -> Any:
            return fn(resource, *args, tell)

        ticket = self._make_ticket(call, then, failed)
        holder.append(ticket)
        return self._enqueue(self._long, ticket, slot)

    def cancel(self, ticket: Ticket) -> None:
        """Stop long work: at its next `tell`, or in the middle of a statement. Its `failed` hears of it."""
        ticket._stop.set()
        self._long.drop(ticket)

    def forget(self, slot: str) -> None:
        """Nobody waits for this slot any more."""
        found = self._slots.pop(slot, None)
        if found is not None:
            lane, ticket = found
            ticket.stale = True
            lane.drop(ticket)

    def close(self) -> None:
        """Let writes finish, interrupt the rest, close both resources and wait for the threads."""
        for lane in (self._quick, self._long):
            lane.end()
        for lane in (self._quick, self._long):
            lane.join()

    def _make_ticket(
        self, call: Callable[[Any], Any], then: Callable[[Any], object] | None, failed: Failed | None
    ) -> Ticket:
        asker = getattr(then, "__self__", None)
        return Ticket(call, then, failed or self._failed, asker if isinstance(asker, MessagePump) else None)

    def _enqueue(self, lane: _Lane[T], ticket: Ticket, slot: str | None) -> Ticket:
        if slot is not None:
            self.forget(slot)
            self._slots[slot] = (lane, ticket)
        lane.put(ticket)
        return ticket
