"""What is remembered of texts: those that were used last, of a length in all."""

from __future__ import annotations

import threading

from toolkit_builder.press.text_memory import TextMemory


def test_what_was_not_used_for_longest_is_forgotten_first() -> None:
    memory: TextMemory[str, int] = TextMemory(10)
    memory.put("a", 1, 4)
    memory.put("b", 2, 4)
    assert memory.get("a") == 1
    memory.put("c", 3, 4)
    assert [memory.get(key) for key in "abc"] == [1, None, 3]


def test_one_that_is_longer_than_all_is_remembered_alone() -> None:
    memory: TextMemory[str, int] = TextMemory(10)
    memory.put("a", 1, 4)
    memory.put("long", 2, 40)
    assert (len(memory), memory.get("long")) == (1, 2)
    memory.put("b", 3, 4)
    assert (len(memory), memory.get("b")) == (1, 3)


def test_what_is_remembered_again_counts_once() -> None:
    memory: TextMemory[str, int] = TextMemory(10)
    for _ in range(5):
        memory.put("a", 1, 6)
    memory.put("b", 2, 4)
    assert len(memory) == 2
    memory.clear()
    assert not len(memory)
    memory.put("a", 1, 10)
    assert memory.get("a") == 1


def test_several_threads_use_it() -> None:
    memory: TextMemory[int, int] = TextMemory(50)
    wrong: list[Exception] = []

    def use(start: int) -> None:
        try:
            for number in range(2000):
                memory.put((start + number) % 90, number, 3)
                memory.get(number % 90)
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=use, args=(start,)) for start in (0, 30, 60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(memory) <= 17
