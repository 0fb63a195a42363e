"""The plate store: what is damaged is noticed, what the disk refuses costs nothing but speed."""

from __future__ import annotations

import os
import resource
import time
import uuid
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFile, MemoryFileSystem

from tests.typed import typed
from toolkit_builder.errors import MachineError, UsageError
from toolkit_builder.press.store.storage import parse
from toolkit_builder.press.store.store import OverlayStore, Store

KEY, OTHER = "a1" * 32, "b2" * 32


def folder_of(store: Store) -> Path:
    assert isinstance(store.where, Path)
    return store.where


def file_of(store: Store, key: str = KEY) -> Path:
    return folder_of(store) / key[:2] / key[2:]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = Store(tmp_path / "storfa ŵŷ")
    assert found.put(KEY, b"plat")
    return found


def test_what_was_put_is_there_for_the_next(store: Store) -> None:
    assert Store(store.where).get(KEY) == b"plat"
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
    assert not list(folder_of(store).rglob(".new-*"))


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
    stranger = folder_of(store) / "llun.png"
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


# -- at an address -----------------------------------------------------------------------------------------------------


@pytest.fixture
def distant() -> Store:
    store = Store(f"memory://storfa ŵŷ/{uuid.uuid4()}", limit=3000)
    assert store.put(KEY, b"plat")
    return store


def system_of(store: Store) -> tuple[Any, str]:
    system, root = fsspec.url_to_fs(store.where)
    return system, f"{root}/{KEY[:2]}/{KEY[2:]}"


def test_a_store_at_an_address_keeps_what_is_put(distant: Store) -> None:
    assert Store(distant.where).get(KEY) == b"plat"
    assert distant.get(OTHER) is None
    assert distant.usage().entries == 1
    distant.clear()
    assert distant.get(KEY) is None


def test_damage_at_an_address_is_noticed(distant: Store) -> None:
    system, path = system_of(distant)
    system.pipe_file(path, system.cat_file(path)[:-1])
    assert distant.get(KEY) is None
    assert not system.exists(path)


def test_the_oldest_at_an_address_goes_first(distant: Store) -> None:
    keys = [f"{number:064x}" for number in range(5)]
    for key in keys:
        distant.put(key, b"x" * 900)
    distant.trim()
    assert distant.usage().size <= 3000
    assert distant.get(keys[0]) is None
    assert distant.get(keys[4]) == b"x" * 900


def test_a_write_that_is_broken_off_leaves_what_was_there(distant: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: MemoryFile, data: bytes) -> int:
        raise RuntimeError("the line is dead")

    monkeypatch.setattr(MemoryFile, "write", full)
    assert not distant.put(OTHER, b"arall")
    assert not distant.put(KEY, b"newydd")
    monkeypatch.undo()
    assert distant.get(OTHER) is None
    assert distant.get(KEY) == b"plat"
    assert distant.put(OTHER, b"arall")


def test_what_an_address_refuses_only_costs_speed(monkeypatch: pytest.MonkeyPatch, distant: Store) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        raise ValueError("a way of failing of its own")

    for name in ("cat_file", "makedirs", "glob", "info"):
        monkeypatch.setattr(MemoryFileSystem, name, refuse)
    assert distant.get(KEY) is None
    assert not distant.put(KEY, b"plat")
    assert distant.usage().entries == 0


def test_addresses_that_lead_nowhere_are_told() -> None:
    with pytest.raises(UsageError, match="neb://x: Protocol not known"):
        Store("neb://x")
    with pytest.raises(MachineError, match="adlfs"):  # a driver that is not among our dependencies
        Store("abfs://x/y")
    done = typed("cache", "--cache", "neb://x")
    assert done.status == 2
    assert "neb://x" in done.err


def test_a_file_address_is_a_folder(tmp_path: Path) -> None:
    assert parse(f"file://{tmp_path}/a%20b") == tmp_path / "a b"
    assert parse("storfa") == Path("storfa")
    assert parse("s3://bucket/x") == "s3://bucket/x"


def test_the_command_shows_and_clears_a_store_at_an_address(distant: Store) -> None:
    assert "1 entries" in typed("cache", "--cache", str(distant.where)).out
    assert "0 entries" in typed("cache", "--cache", str(distant.where), "--clear").out


def test_a_parcel_goes_before_its_place_and_takes_what_that_refuses(tmp_path: Path, distant: Store) -> None:
    parcel = OverlayStore(distant.where, {OTHER: b"arall"})
    assert (parcel.get(KEY), parcel.get(OTHER)) == (b"plat", b"arall")
    assert parcel.put("c3" * 32, b"newydd")
    assert list(parcel.entries) == [OTHER]
    (tmp_path / "ffeil").write_bytes(b"")
    nowhere = OverlayStore(tmp_path / "ffeil", {})
    assert nowhere.put(KEY, b"plat")
    assert nowhere.get(KEY) == b"plat"
