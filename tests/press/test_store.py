"""The plate store: what is damaged is noticed, what the disk refuses costs nothing but speed."""

from __future__ import annotations

import os
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from toolkit_builder.press.store import Store

KEY, OTHER = "a1" * 32, "b2" * 32


def file_of(store: Store, key: str = KEY) -> Path:
    assert store.folder
    return store.folder / key[:2] / key[2:]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = Store(tmp_path / "storfa ŵŷ")
    assert found.put(KEY, b"plat")
    return found


def test_what_was_put_is_there_for_the_next(store: Store) -> None:
    assert Store(store.folder).get(KEY) == b"plat"
    assert store.get(OTHER) is None
    assert store.usage().entries == 1


def test_a_store_of_nowhere_keeps_nothing() -> None:
    assert not Store(None).put(KEY, b"plat")
    assert Store(None).get(KEY) is None
    assert Store(None).usage().entries == 0


@pytest.mark.parametrize("damage", ["shorter", "longer", "flipped", "empty", "another's"])
def test_a_damaged_entry_is_noticed_and_thrown_away(store: Store, damage: str) -> None:
    path = file_of(store)
    data = path.read_bytes()
    if damage == "another's":
        store.put(OTHER, b"arall")
        data = file_of(store, OTHER).read_bytes()
    changed = {
        "shorter": data[:-1],
        "longer": data + b"x",
        "flipped": data[:-1] + bytes([data[-1] ^ 1]),
        "empty": b"",
        "another's": data,
    }
    path.write_bytes(changed[damage])
    assert store.get(KEY) is None
    assert not path.exists()
    assert store.put(KEY, b"newydd")
    assert store.get(KEY) == b"newydd"


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "storfa").write_bytes(b"in the way")
    store = Store(tmp_path / "storfa")
    assert not store.put(KEY, b"plat")
    assert store.get(KEY) is None
    assert (tmp_path / "storfa").read_bytes() == b"in the way"


def test_a_full_disk(store: Store) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        assert not store.put(OTHER, b"x" * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert store.get(OTHER) is None
    assert store.get(KEY) == b"plat"
    assert store.folder
    assert not list(store.folder.rglob(".new-*"))


def test_the_oldest_use_goes_first(tmp_path: Path) -> None:
    store = Store(tmp_path / "storfa", limit=3000)
    keys = [f"{number:064x}" for number in range(5)]
    for age, key in enumerate(keys):
        store.put(key, b"x" * 900)
        if file_of(store, key).exists():
            os.utime(file_of(store, key), (time.time() - 10_000 * (5 - age),) * 2)
    assert store.get(keys[1]) is None or store.usage().size <= 3000
    store.trim()
    assert store.usage().size <= 3000
    assert store.get(keys[0]) is None
    assert store.get(keys[4]) == b"x" * 900


def test_a_use_is_remembered(store: Store) -> None:
    os.utime(file_of(store), (1_000_000, 1_000_000))
    store.get(KEY)
    assert time.time() - file_of(store).stat().st_mtime < 60


def test_strangers_are_left_alone_and_drafts_of_the_killed_cleared(store: Store) -> None:
    assert store.folder
    stranger = store.folder / "llun.png"
    stranger.write_bytes(b"x")
    fresh, old = (file_of(store).parent / name for name in (".new-fresh", ".new-old"))
    for path in (fresh, old):
        path.write_bytes(b"hanner")
    os.utime(old, (1_000_000, 1_000_000))
    store.trim()
    assert fresh.exists()
    assert not old.exists()
    store.clear()
    assert stranger.exists()
    assert store.usage().entries == 0


def _busy(folder: Path) -> int:
    store, wrong = Store(folder, limit=50_000), 0
    for number in range(150):
        key = f"{number % 7:064x}"
        store.put(key, key.encode() * 20)
        found = store.get(key)
        wrong += found not in (None, key.encode() * 20)
    return wrong


def test_several_processes_at_once(tmp_path: Path) -> None:
    with ProcessPoolExecutor(3) as pool:
        assert sum(pool.map(_busy, [tmp_path / "storfa"] * 3)) == 0


def test_small_writes_of_many_processes_are_trimmed_too(tmp_path: Path) -> None:
    """Each writes little; nobody may wait for one that writes much."""
    for number in range(5):
        store = Store(tmp_path / "storfa", limit=2000)
        stamp = tmp_path / "storfa" / ".trimmed"
        if stamp.exists():
            os.utime(stamp, (1_000_000, 1_000_000))
        store.put(f"{number:064x}", b"x" * 90)
    big = Store(tmp_path / "storfa", limit=400)
    os.utime(stamp, (1_000_000, 1_000_000))
    big.put(KEY, b"x" * 10)
    assert big.usage().size <= 400
