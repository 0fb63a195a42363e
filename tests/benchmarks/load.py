"""Several people at once on the page in the browser: `python -m tests.benchmarks.load [--people 8] [--seconds 300]`
prints a line of JSON.

    previews         how many there were; each is of the toolkit, after two texts of a partnership were changed
    preview, s       from the change to the first page that looks otherwise as a picture, at the 95th percentile
    preview, median  the same at the 50th
    decks            how many times cards were looked at
    deck, s          from the address to the pictures of the first cards, at the 95th percentile
    downloads        files that were made and fetched
    memory, MB       what all processes of the server held at once at the most; of what they share, each its part
    lost             what was not answered, or not with what was asked for: in words

Each person chooses cards, begins a partnership, types in its form (each change waits for its pages, then for somebody
to think), saves it, and has a file made. What was typed has to stand on the pages, and the name in the file. The store
is that of the user, as it is for everybody who has used the tool before; one person comes first and makes it full.
"""

from __future__ import annotations

import argparse
import http.client
import json
import queue
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import pypdfium2 as pdfium

from tests.benchmarks.warm import resident
from tests.making import Copy
from tests.web.site import HERE, form_in

PEOPLE = 8
SECONDS = 300.0
CHANGES = 4
"""That a person makes before taking a file away."""
THINKING = 2.0, 6.0
"""Seconds between what a person has seen and the next change: the least and the most."""
PATIENCE = 60.0
"""Seconds after which an answer counts as lost."""
ENDING = 10.0
"""Seconds that the server has to end."""
FIRST_CARDS = 8
"""Pictures that a browser asks for at once (`choose.html`)."""
VIEW, PRODUCT = "toolkit", "summary"
"""What is looked at, of 40 pages, and what is taken away."""
STAGES = ("early", "mid", "mature")


@dataclass
class Figures:
    """What was measured, in seconds, and what was lost."""

    previews: list[float] = field(default_factory=list)
    decks: list[float] = field(default_factory=list)
    downloads: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


class LostError(Exception):
    """An answer that did not come, or was not the one that was asked for."""


class Person:
    """Somebody with a browser of their own, who is let in by an address. `number` tells them apart."""

    def __init__(self, address: str, number: int, figures: Figures) -> None:
        parts = urllib.parse.urlsplit(address)
        self.host = parts.netloc
        self.connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        self.cookie = ""
        self.number, self.figures = number, figures
        self.chance = random.Random(number)  # noqa: S311  (the same each time)
        self.typed = 0
        self.seen: set[str] = set()
        answer = self._ask("GET", f"{parts.path}?{parts.query}", expected=302)
        self.cookie = str(answer.headers["Set-Cookie"]).partition(";")[0]
        answer.read()

    def work(self, until: float, think: Callable[[float], None] = time.sleep) -> None:
        """Choose, tailor and take away until that time (of `time.monotonic`), once at least."""
        while True:
            try:
                stage = self.chance.choice(STAGES)
                self.choose(stage)
                think(self._thinking())
                address = self.begin()
                for _ in range(CHANGES):
                    self.change(address, stage)
                    think(self._thinking())
                    if time.monotonic() > until:
                        break
                self.take(address, stage)
            except (LostError, OSError, http.client.HTTPException) as error:
                self.figures.lost.append(f"{self.number}: {type(error).__name__} {error}"[:300])
                self.connection.close()
            if time.monotonic() > until:
                return

    def fill_store(self) -> None:
        """Look at everything once, as somebody has before."""
        for stage in STAGES:
            self.change(self.begin(), stage)

    def choose(self, stage: str) -> None:
        """Look at the cards of a stage, with the pictures of the first."""
        start = time.perf_counter()
        page = self.get(f"/en/choose?stage={stage}").decode()
        pictures = re.findall(r'<img class="panel" src="([^"]+)"', page)[:FIRST_CARDS]
        for picture in pictures:
            if b"<svg" not in self.get(unescape(picture)):
                raise LostError(f"no picture at {picture}")
        self.figures.decks.append(time.perf_counter() - start)

    def begin(self) -> str:
        """Begin a partnership; the address of its form."""
        self.typed += 1
        name = f"Partneriaeth {self.number} {self.typed}"
        sent = self.post("/en/tailor", {"name.cy": name, "name.en": f"Partnership {self.number} {self.typed}"})
        return sent.partition("?")[0]

    def change(self, address: str, stage: str) -> None:
        """Change texts of the form and wait for the first of its pages; they have to be on them."""
        form = form_in(self.get(address).decode())
        self.typed += 1
        said = f"newid{self.number}x{self.typed}"
        form |= {"introduction.cy": f"Cyflwyniad {said}.", "introduction.en": f"An introduction {said}."}
        form["name.en"] += f" {said}"  # which stands in every product
        start = time.perf_counter()
        page = self.look(f"{address}?stage={stage}", {**form, "do": "see", "with-script": "yes", "view": VIEW})
        events, after = (re.search(rf'data-{name}="([^"]+)"', page) for name in ("events", "after"))
        if not events or not after:
            raise LostError("the pages of a change were not promised")
        self._wait(unescape(events[1]))
        state = self.get(unescape(after[1])).decode()
        pictures = [unescape(found) for found in re.findall(r'<img src="([^"]+)"', state)]
        new = [picture for picture in pictures if picture not in self.seen]  # a browser has the others
        if not new or not self.get(new[0]).startswith(b"\x89PNG"):
            raise LostError("a change has no pages")
        self.figures.previews.append(time.perf_counter() - start)
        for picture in new[1:FIRST_CARDS]:  # as many as there is room for beside the form
            self.get(picture)
        self.seen |= {*new[:FIRST_CARDS]}
        if said not in words(self.get(after[1].removesuffix("/state") + "/files/0")):
            raise LostError(f"{said} is not on its pages")

    def take(self, address: str, stage: str) -> None:
        """Save, have a file made and fetch it; the partnership's name has to be in it."""
        form = form_in(self.get(address).decode())
        self.post(address, {**form, "do": "save"})
        start = time.perf_counter()
        partnership = address.rpartition("/")[2]
        order = {"sent": "yes", "product": PRODUCT, "partnership": partnership, "stage": stage}
        job = self.post("/en/take", order)
        self._wait(f"{job}/events")
        if form["name.en"] not in words(self.get(f"{job}/files/0")):
            raise LostError(f"{form['name.en']} is not in its file")
        self.figures.downloads.append(time.perf_counter() - start)

    def get(self, address: str) -> bytes:
        return self._ask("GET", address).read()

    def look(self, address: str, form: dict[str, str]) -> str:
        """What is shown of a form."""
        return self._ask("POST", address, form).read().decode()

    def post(self, address: str, form: dict[str, str]) -> str:
        """Send a form; where it leads."""
        answer = self._ask("POST", address, form, expected=303)
        answer.read()
        return urllib.parse.urlsplit(str(answer.headers["Location"])).path

    def _wait(self, events: str) -> None:
        """Follow a job to its end."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if b"event: over" in self.get(events):
                return
        raise LostError(f"{events} did not end")

    def _ask(
        self, method: str, address: str, form: dict[str, str] | None = None, expected: int = 200
    ) -> http.client.HTTPResponse:
        headers = {"Cookie": self.cookie, "Accept-Language": "en"}
        body = urllib.parse.urlencode(form, doseq=True) if form is not None else None
        if form is not None:
            origin = {"Origin": f"http://{self.host}", "Content-Type": "application/x-www-form-urlencoded"}
            headers |= HERE | origin
        self.connection.request(method, address, body, headers)
        answer = self.connection.getresponse()
        if answer.status != expected:
            answer.read()
            raise LostError(f"{method} {address.partition('?')[0]}: {answer.status}")
        return answer

    def _thinking(self) -> float:
        return self.chance.uniform(*THINKING)


def words(pdf: bytes) -> str:
    """What stands in a document, on one line."""
    with _pdfium, pdfium.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


_pdfium = threading.Lock()


@contextmanager
def served(project: Path) -> Iterator[tuple[int, Callable[[], str]]]:
    """The page of a project: its process, and the address for the next browser, which is waited for."""
    command = [sys.executable, "-m", "toolkit_builder", "serve", "--no-browser", "--port", "0"]
    process = subprocess.Popen([*command, "--project", str(project)], stderr=subprocess.PIPE, text=True)
    addresses: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in process.stderr or ():
            for found in re.findall(r"http://\S+", line):
                addresses.put(found)

    threading.Thread(target=read, daemon=True).start()
    try:
        yield process.pid, lambda: addresses.get(timeout=PATIENCE)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(ENDING)
        except subprocess.TimeoutExpired:  # a shell may have had it ignore interruptions
            process.kill()
            process.wait()


def at(percent: int, values: Sequence[float]) -> float:
    """The value that so many of a hundred do not exceed; 0 if there are none."""
    if len(values) < 2:
        return max(values, default=0.0)
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def load(people: int, seconds: float, think: Callable[[float], None] = time.sleep) -> dict[str, float | list[str]]:
    """Have so many people work for so many seconds. `think` is told how long a person would."""
    figures, memory = Figures(), [0.0]
    with tempfile.TemporaryDirectory(prefix="llwyth-") as folder:
        project = Copy(Path(folder)).root
        with served(project) as (process, address):
            Person(address(), 0, Figures()).fill_store()
            everybody = [Person(address(), number, figures) for number in range(1, people + 1)]
            until = time.monotonic() + seconds
            threads = [threading.Thread(target=each.work, args=(until, think)) for each in everybody]
            for thread in threads:
                thread.start()
            while any(thread.is_alive() for thread in threads):
                memory.append(resident(process))
                time.sleep(0.5)
    return {
        "people": people,
        "seconds": seconds,
        "previews": len(figures.previews),
        "preview, s": round(at(95, figures.previews), 2),
        "preview, median": round(at(50, figures.previews), 2),
        "decks": len(figures.decks),
        "deck, s": round(at(95, figures.decks), 2),
        "downloads": len(figures.downloads),
        "memory, MB": round(max(memory)),
        "lost": figures.lost,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    asked = parser.parse_args()
    print(json.dumps(load(asked.people, asked.seconds), ensure_ascii=False))


if __name__ == "__main__":
    main()
