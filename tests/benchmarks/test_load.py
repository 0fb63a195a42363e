"""What the load's figures are made of: nothing that was not answered rightly goes unseen."""

from __future__ import annotations

import http.client
import random

import pytest

from tests.benchmarks import load
from tests.benchmarks.load import Figures, LostError, Person


def test_percentiles() -> None:
    assert load.at(95, []) == 0.0
    assert load.at(95, [2.0]) == 2.0
    assert load.at(50, [1.0, 2.0, 3.0]) == 2.0
    assert load.at(95, [float(number) for number in range(101)]) == 95.0


def test_what_one_person_does_is_answered_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "STAGES", ("early",))
    monkeypatch.setattr(load, "CHANGES", 1)
    monkeypatch.setattr(load, "VIEW", "summary")
    found = load.load(1, 0.0, lambda _: None)
    assert found["lost"] == []
    assert (found["previews"], found["decks"], found["downloads"]) == (1, 1, 1)
    assert isinstance(found["memory, MB"], int)
    assert found["memory, MB"] > 50


def test_what_is_not_right_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    person = Person.__new__(Person)
    person.number, person.figures, person.typed = 3, Figures(), 0
    person.chance = random.Random(1)  # noqa: S311
    monkeypatch.setattr(Person, "choose", lambda *_: (_ for _ in ()).throw(LostError("no picture")))
    monkeypatch.setattr(person, "connection", http.client.HTTPConnection("127.0.0.1:9"), raising=False)
    person.work(0.0, lambda _: None)
    assert person.figures.lost == ["3: LostError no picture"]
