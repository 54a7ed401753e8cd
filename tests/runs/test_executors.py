"""Work in several threads of one process, and inside each other: what belongs to one call stays with it."""

import threading

import numpy as np
import pytest

import sinobel
from sinobel.runs import ensemble, executors
from sinobel.runs.request import Block


@pytest.fixture
def small_blocks(monkeypatch):
    """Ensembles of two blocks that cost nothing."""
    monkeypatch.setattr(ensemble, "blocks", lambda *asked: [Block(0, 0, 2), Block(1, 2, 2)])


def run(seed, **more):
    found = sinobel.run(draws=4, seed=seed, horizon="2017-12", indicators=["reserves"], **more)
    return found.reserves.values


def at_once(works):
    """What each work gives, all of them in threads of their own."""
    found = [None] * len(works)

    def thread(place):
        found[place] = works[place]()

    threads = [threading.Thread(target=thread, args=(place,)) for place in range(len(works))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return found


def test_runs_in_two_threads_keep_their_numbers_apart(small_blocks):
    """Each waits for the other after its first block, so that their blocks meet."""
    together = threading.Barrier(2, timeout=60)

    def wait(done, total):
        if done < total:
            together.wait()

    found = at_once([lambda seed=seed: run(seed, progress=wait) for seed in (1, 2)])
    for seed, numbers in zip((1, 2), found, strict=True):
        assert np.array_equal(numbers, run(seed))


def test_a_run_inside_the_progress_of_another_changes_nothing(small_blocks):
    inside = []
    numbers = run(1, progress=lambda done, total: inside.append(run(2)))
    assert len(inside) == 2
    assert np.array_equal(numbers, run(1))
    assert np.array_equal(inside[0], run(2))


@pytest.mark.skipif(not executors.can_fork(), reason="processes share memory only where they are forked")
def test_tasks_of_two_threads_in_processes_are_all_done():
    together = threading.Barrier(2, timeout=60)

    def tasks(name):
        together.wait()
        return executors.in_parallel([lambda part=part: (name, part) for part in range(7)], 2)

    for _ in range(3):
        found = at_once([lambda name=name: tasks(name) for name in "ab"])
        assert found == [[(name, part) for part in range(7)] for name in "ab"]


def test_nothing_is_held_when_work_has_ended_or_failed():
    def fail():
        raise OSError("no more")

    with pytest.raises(OSError, match="no more"):
        executors.in_parallel([fail, fail], 2)
    assert not executors._inherited


@pytest.mark.parametrize("jobs", [1, 2])
def test_tasks_side_by_side_tell_how_many_are_done(jobs):
    told = []
    results = executors.in_parallel(
        [lambda part=part: part for part in range(5)], jobs, lambda *each: told.append(each)
    )
    assert results == [0, 1, 2, 3, 4]
    assert told == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
