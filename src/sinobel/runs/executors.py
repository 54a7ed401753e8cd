"""Executors: work on blocks and other tasks, in this process, in several, or on a cluster."""

from __future__ import annotations

import contextlib
import gc
import itertools
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from functools import partial
from multiprocessing.context import BaseContext
from multiprocessing.synchronize import Event
from typing import Any, TypeVar

from sinobel.inputs.reading import InputError, Problem, quoted
from sinobel.inputs.values import plain
from sinobel.runs.request import Progress

MOST_JOBS = 1000


def cores(jobs: Any) -> int:
    """Number of processes for a number of jobs; 0 takes every core this process may use.

    Raises
    ------
    InputError
        For another number.
    """
    count = plain(jobs)
    if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= MOST_JOBS:
        raise InputError(Problem(f" must be from 0 to {MOST_JOBS}, not {quoted(count)}", argument="jobs"))
    if count:
        return count
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


Request = TypeVar("Request")
Block = TypeVar("Block")
Result = TypeVar("Result")


def can_fork() -> bool:
    """True where processes can be forked safely, so that workers share memory with their parent."""
    return sys.platform.startswith("linux") and "fork" in multiprocessing.get_all_start_methods()


class Pool(ProcessPoolExecutor):
    """Processes that Ctrl-C in a terminal, which reaches every process there, leaves to the one that started them."""

    def __init__(self, jobs: int, context: BaseContext):
        self._dropped = context.Event()
        super().__init__(jobs, context, begin, (self._dropped,))

    def submit(self, work: Callable[..., Result], /, *words: Any, **more: Any) -> Future[Result]:
        """Hand in some work. The first starts the processes, which inherit that SIGINT waits until they ignore it."""
        with _sigint_waits():
            return super().submit(_unless_dropped, work, *words, **more)

    def drop(self) -> None:
        """End when what is being done is done: nothing that waits begins, not even what a worker has taken already."""
        self._dropped.set()
        self.shutdown(wait=True, cancel_futures=True)


def pool(jobs: int) -> Pool:
    """A pool of processes. Mesa forces its own start method on the process, so the context is named."""
    if can_fork():
        import sinobel.world.world  # noqa: F401  imported once, before the processes part

        return Pool(jobs, multiprocessing.get_context("fork"))
    return Pool(jobs, multiprocessing.get_context("spawn"))


@contextlib.contextmanager
def _sigint_waits() -> Iterator[None]:
    """Let SIGINT wait meanwhile, where the system can do that."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_dropped: Event | None = None  # of the pool that a worker belongs to


def begin(dropped: Event) -> None:
    """What a worker does first: leave Ctrl-C to its parent, and end when that is killed, or it would wait forever."""
    global _dropped
    _dropped = dropped
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what came from the parent is for good: collecting would look through it, and so copy it, every time
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _unless_dropped(work: Callable[..., Result], /, *words: Any, **more: Any) -> Result:
    if _dropped is not None and _dropped.is_set():
        raise CancelledError
    return work(*words, **more)


def run_blocks(
    work: Callable[[Request, Block], Any],
    request: Request,
    todo: Sequence[Block],
    jobs: int = 1,
    executor: Executor | None = None,
) -> Iterator[tuple[Block, Any]]:
    """Results of some work on blocks, as they finish, never more than a few waiting at once.

    Parameters
    ----------
    work : Callable[[Request, Block], Any]
        Function of request and block that a process can be sent.
    jobs : int
        Number of processes; 1 works in this one.
    executor : Executor | None
        Any `concurrent.futures.Executor` instead, for example a Dask client's.
    """
    if executor is None and (jobs <= 1 or len(todo) <= 1):
        for block in todo:
            yield block, work(request, block)
        return
    own = pool(min(jobs, len(todo))) if executor is None else None
    runner: Executor = own or executor  # type: ignore[assignment]
    ahead = 2 * max(jobs, getattr(runner, "_max_workers", 2))
    waiting: dict[Future[Any], Block] = {}
    queue = iter(todo)
    try:
        while True:
            with _locks_of_python():
                for block in queue:
                    waiting[runner.submit(work, request, block)] = block
                    if len(waiting) >= ahead:
                        break
                if not waiting:
                    return
                done = _first_done(waiting)
                result = done.result()
            yield waiting.pop(done), result
    finally:
        for future in waiting:
            future.cancel()
        if own:
            own.drop()


@contextlib.contextmanager
def _locks_of_python() -> Iterator[None]:
    """Ctrl-C stays what it is where it comes while Python takes a lock, which it then cannot give back."""
    try:
        yield
    except RuntimeError as error:
        if isinstance(error.__context__, KeyboardInterrupt):
            raise KeyboardInterrupt from None
        raise


_inherited: dict[int, Any] = {}
_numbers = itertools.count()


@contextlib.contextmanager
def inherited(thing: object) -> Iterator[int]:
    """Number under which processes that are forked meanwhile find a thing of their parent, as `of_parent`.

    Each call has a number of its own, so that several threads, or a run inside another's progress, keep theirs apart.
    """
    number = next(_numbers)
    _inherited[number] = thing
    try:
        yield number
    finally:
        del _inherited[number]


def of_parent(number: int) -> Any:
    """What `inherited` gave a number."""
    return _inherited[number]


def in_parallel(tasks: Sequence[Callable[[], Result]], jobs: int, progress: Progress | None = None) -> list[Result]:
    """Results of tasks in their order, several at once where processes can be forked: only results are sent around.

    Parameters
    ----------
    progress : Progress | None
        Told how many are done, of all.
    """
    if jobs <= 1 or len(tasks) <= 1 or not can_fork():
        return _told((task() for task in tasks), len(tasks), progress)
    with inherited(tasks) as number:
        runner = pool(min(jobs, len(tasks)))
        try:
            with _locks_of_python():
                return _told(runner.map(partial(_run_task, number), range(len(tasks))), len(tasks), progress)
        finally:
            runner.drop()


def _told(results: Iterable[Result], count: int, progress: Progress | None) -> list[Result]:
    """Results as they come, each told."""
    found = []
    for result in results:
        found.append(result)
        if progress is not None:
            progress(len(found), count)
    return found


def _run_task(number: int, place: int) -> Any:
    return of_parent(number)[place]()


def _first_done(waiting: dict[Future[Any], Block]) -> Future[Any]:
    """A future that has finished. Futures of other libraries that `wait` does not know are taken in order."""
    if all(isinstance(future, Future) for future in waiting):
        return next(iter(wait(waiting, return_when=FIRST_COMPLETED).done))
    return next(iter(waiting))
