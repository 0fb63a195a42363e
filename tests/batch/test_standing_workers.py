"""A batch that is done by processes which stay: the same packs, of a project as it is; and it can be stopped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.test_batch import packs, rows
from tests.making import Copy
from tests.typed import typed
from toolkit_builder.batch.pool import standing_workers
from toolkit_builder.batch.request import BatchRequest, open_batch
from toolkit_builder.batch.run import BatchProgress
from toolkit_builder.errors import StoppedError, UsageError
from toolkit_builder.press.typesetting.standing_pool import StandingPool
from toolkit_builder.project import Project, shipped


@pytest.fixture(scope="module")
def standing() -> Iterator[StandingPool]:
    with StandingPool(1) as pool:
        yield pool


def run(standing: StandingPool, request: BatchRequest) -> BatchProgress:
    batch = open_batch(request)
    return batch.run(lambda _: None, lambda: standing_workers(standing, batch.settings.cache))


def test_packs_are_those_of_the_command_whatever_became_of_the_project_meanwhile(
    standing: StandingPool, mine: Copy, tmp_path: Path
) -> None:
    table = rows(tmp_path)
    made = []
    for number in range(2):
        output, typed_out = tmp_path / f"yma-{number}", tmp_path / f"teipio-{number}"
        done = run(standing, BatchRequest(mine.project, table=table, output=output, cache=tmp_path / "cof", jobs=1))
        assert (done.made, done.failed, {*done.over.values()}) == (5, [], {"made"})
        words = ("--from", table, "--output", typed_out, "--cache", tmp_path / "cof-2", "--jobs", "1")
        assert typed("batch", *words, "--project", mine.root).status == 0
        assert packs(output) == packs(typed_out)
        made.append(packs(output))
        mine.retell("FM5", "purpose", "Geiriau eraill", "Other words")
    assert made[0].keys() == made[1].keys()
    assert all(made[0][name] != made[1][name] for name in made[0])


def test_it_stops_when_it_is_not_wanted_and_what_was_made_stays(standing: StandingPool, tmp_path: Path) -> None:
    request = BatchRequest(Project(shipped()), table=rows(tmp_path), output=tmp_path / "allbwn", cache=tmp_path / "cof")
    batch = open_batch(request)

    def hear(progress: BatchProgress) -> None:
        if progress.done:
            raise StoppedError

    with pytest.raises(StoppedError):
        batch.run(hear, lambda: standing_workers(standing, batch.settings.cache))
    assert len(packs(tmp_path / "allbwn")) == 1
    assert [path.name for path in (tmp_path / "allbwn").glob(".making*")] == []
    done = run(standing, request)
    assert (done.made, done.current) == (4, 1)

    def check() -> None:
        raise StoppedError

    again = BatchRequest(**{**vars(request), "force": True})
    batch = open_batch(again)
    with pytest.raises(StoppedError):
        batch.run(lambda _: None, lambda: standing_workers(standing, batch.settings.cache, check))


def test_rows_that_name_no_products_have_those_that_are_asked_for(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("Enw,Name,Products,Actions\nUn,One,,FM5\nDau,Two,worksheet,FM5\n", "utf-8")
    done = typed("batch", "--from", table, "--product", "summary", "--dry-run", "--output", tmp_path / "allbwn")
    assert done.status == 0, done.err
    assert [line.split()[-1] for line in done.out.splitlines()[-2:]] == ["summary", "worksheet"]
    with pytest.raises(UsageError, match="no product “sumary”"):
        open_batch(BatchRequest(Project(shipped()), table=table, products=("sumary",)))
