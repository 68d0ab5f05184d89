"""A wiki that is measured over HTTP: who asks, what is asked, and the CPU that it costs."""

import itertools
import subprocess
import time
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPException

from bench import processes
from bench.browser import Answer, Browser

PATIENCE = 60  # seconds


@dataclass(frozen=True)
class Ask:
    """An address, and words that its right answer holds."""

    address: str
    words: str


class Wiki:
    """Served by processes of its own, with a reader and a writer who is logged in.

    `text`: the field of its form that holds the text of a page. `signed`: what its screens say to
    who is logged in. `line_of_…`: what each line of these lists holds.
    """

    name = text = signed = line_of_history = line_of_recent = ""
    port: int
    processes: list[subprocess.Popen] = []

    def __init__(self):
        self.reader, self.writer = Browser(self.port), Browser(self.port)
        self.sentences, self.turns = itertools.count(1), itertools.count()
        self.newest = 0  # the rank of the page that was changed last

    # What each wiki says of itself

    def start(self) -> None: ...

    def home(self) -> Ask: ...

    def page(self, rank: int) -> Ask: ...

    def form(self, rank: int) -> Ask: ...

    def section_form(self) -> Ask: ...

    def history(self, rank: int) -> Ask: ...

    def recent(self) -> Ask: ...

    def log_in(self) -> None: ...

    def forget(self, is_parsed_kept: bool) -> None:
        """Nothing is kept of the pages that were asked, but what was parsed of them if said."""

    def with_sentence(self, text: str, words: str) -> str:
        """The text of a page with one more paragraph."""

    def send(self, rank: int, form: dict[str, list[str]]) -> list[float]:
        """Publish a form; the milliseconds of each request that it takes."""

    # What is done with any of them

    def stop(self) -> None:
        self.reader.close()
        self.writer.close()
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=PATIENCE)

    def serve(self) -> None:
        """Start, and wait until it answers."""
        self.start()
        self.__dict__.pop("pids", None)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.answers():
                return
            time.sleep(0.05)
        raise SystemExit(f"{self.name} does not answer.")

    def answers(self) -> bool:
        """It may give an error while only one of its servers has started."""
        try:
            return self.reader.get(self.home().address).status == 200
        except (OSError, HTTPException):
            self.reader.close()
            return False

    @cached_property
    def pids(self) -> list[int]:
        return [pid for process in self.processes for pid in processes.tree(process.pid)]

    def visit(self, browser: Browser, asks: list[Ask]) -> None:
        for ask in asks:
            self.check(browser, ask, browser.get(ask.address))

    def cost(self, browser: Browser, asks: list[Ask]) -> float:
        """Milliseconds a request."""
        spent, answers = self.spent(lambda: [browser.get(ask.address) for ask in asks])
        for ask, answer in zip(asks, answers, strict=True):
            self.check(browser, ask, answer)
        return spent / len(asks)

    def check(self, browser: Browser, ask: Ask, answer: Answer) -> None:
        check(ask, answer)
        if browser is self.writer:
            check(Ask(ask.address, self.signed), answer)

    def spent(self, work) -> tuple[float, object]:
        """CPU milliseconds of all its processes for what `work()` asks, and what it returns."""
        before = processes.settled_cpu(self.pids)
        done = work()
        return (processes.settled_cpu(self.pids) - before) * 1000, done

    def next_of(self, ranks: list[int]) -> int:
        """The same one for each wiki at its same turn."""
        return ranks[next(self.turns) % len(ranks)]

    def save(self, rank: int) -> list[float]:
        """Publish one more sentence on a page, and look at it."""
        form = self.writer.get(self.form(rank).address).form(self.text)
        words = f"Une phrase de plus, numéro {next(self.sentences)}."
        form[self.text] = [self.with_sentence(form[self.text][0], words)]
        costs = self.send(rank, form)
        self.newest = rank
        check(Ask(self.page(rank).address, words), self.writer.get(self.page(rank).address))
        return costs


def check(ask: Ask, answer: Answer) -> None:
    """SystemExit when this is not the page that was asked."""
    if answer.status != 200 or not answer.says(ask.words):
        raise SystemExit(f"{ask.address}: {answer.status}, without « {ask.words} »")
