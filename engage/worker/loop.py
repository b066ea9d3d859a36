"""Look every two seconds for wanted work, and keep the clock, with Huey; the queue may live elsewhere when scaled."""

import logging
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer
from sqlalchemy.exc import DBAPIError

from engage import create_app
from engage.settings import Settings
from engage.shared import db, outbox, wanted
from engage.shared.clock import now, today
from engage.shared.private import QUEUE_FILE, make_private
from engage.worker import clock
from engage.worker.sending import send_letters
from engage.worker.starting import a_child
from engage.worker.watching import WHY, Watch

EVERY = 2.0  # seconds between two looks
LINGER = 20.0  # seconds a child waits for more before it ends
PATIENCE = 5.0  # seconds a child gets to end
LOCKED = 30  # seconds to wait for the queue's own file
log = logging.getLogger(__name__)


@dataclass
class Worker:
    """What the parent process knows: whether a child works, whether letters are on their way."""

    app: Flask
    settings: Settings
    queue: Huey
    stopping: threading.Event = field(default_factory=threading.Event)
    free: threading.Event = field(default_factory=threading.Event)  # no child runs
    posted: threading.Event = field(default_factory=threading.Event)  # nobody sends letters
    freed: bool = False  # what a worker that is gone had held was let go

    def __post_init__(self) -> None:
        self.freed = self.is_shared
        self.free.set()
        self.posted.set()

    @property
    def is_shared(self) -> bool:
        """True where other workers may hold pieces too; each of theirs is then free when its lease ends."""
        return not isinstance(self.queue, SqliteHuey)

    def work(self) -> None:
        """Have a child do what is wanted; one child at a time. One that hangs is ended, and its piece set aside."""
        self.free.clear()
        try:
            with self.app.app_context(), a_child(self.settings, linger=LINGER) as child:
                hangs = self.wait_for(child)
            if hangs:
                self.set_aside()
        finally:
            self.freed = self.is_shared  # a child that broke off may still hold a piece
            self.free.set()

    def wait_for(self, child: subprocess.Popen[str]) -> bool:
        """Wait until a child has ended, or this worker is to stop; True where it hangs instead."""
        watch = Watch()
        while child.poll() is None and not self.stopping.wait(0.2):
            try:
                if watch.sees_it_hang():
                    return True
            except DBAPIError as error:  # the next look may go well; the child is left to its work
                log.warning("a look at the child failed: %s", type(error).__name__)
        return False

    def set_aside(self) -> None:
        log.error("a piece of work hung: what was held is set aside")
        with self.app.app_context():
            wanted.fail_held(WHY)
            db.session.commit()

    def send(self) -> None:
        """Send the letters that are due."""
        try:
            with self.app.app_context():
                send_letters(self.settings.post)
        finally:
            self.posted.set()

    def is_due(self) -> bool:
        with self.app.app_context():
            travels = outbox.ways_here()
            with db.reading():
                return bool(travels) and outbox.is_due(now(), travels)

    def is_wanted(self) -> bool:
        with self.app.app_context(), db.reading():
            return any(not piece.failed for piece in wanted.waiting())

    def look_now_and_then(self, work: Huey, post: Huey) -> None:
        """Nudge the queue while something is wanted; a look that fails is told, and made again two seconds later."""
        while not self.stopping.wait(EVERY):
            try:
                self.look(work, post)
            except Exception as error:  # whatever it was: a worker that looks no more reads nobody's words
                log.warning("a look for work failed: %s", type(error).__name__)

    def look(self, work: Huey, post: Huey) -> None:
        if self.free.is_set() and not len(self.queue):
            self.freed = self.freed or self.let_go()
            if self.is_wanted():
                work()
        if self.posted.is_set() and self.is_due():
            self.posted.clear()
            post()

    def let_go(self) -> bool:
        with self.app.app_context():
            wanted.free_all()
            db.session.commit()
        return True


def main(settings: Settings, *, check: Callable[[], None] | None = None) -> None:
    """Work until somebody stops it (Ctrl-C, or the signal to end); `check` may refuse before anything is done."""
    app = create_app(settings)
    if check is not None:
        with app.app_context():
            check()
    worker = Worker(app, settings, make_queue(settings))
    work = worker.queue.task(name="work")(worker.work)
    post = worker.queue.task(name="post")(worker.send)
    look_at_the_clock = _keep_the_clock(worker)
    worker.queue.flush()
    look_at_the_clock()  # now too: whoever starts a worker again waits for no round five minutes
    consumer = worker.queue.create_consumer(workers=3, worker_type="thread", max_delay=1.0)
    worker.stopping = consumer.stop_flag
    looking = threading.Thread(target=worker.look_now_and_then, args=(work, post), daemon=True)
    looking.start()
    try:
        consumer.run()
    finally:
        worker.stopping.set()
        looking.join(PATIENCE)
        worker.free.wait(PATIENCE)


def stuck() -> list[str]:
    """What was set aside because it failed, a line each."""
    return [f"{piece.kind} {piece.subject}: {piece.failed}" for piece in wanted.waiting() if piece.failed]


def make_queue(settings: Settings) -> Huey:
    """The queue: a file of its own in the instance folder, or redis://… or postgresql://… where it is set."""
    signed = SignedSerializer(secret=settings.secret_key)
    if settings.queue.startswith("redis"):
        return RedisHuey("engage", url=settings.queue, serializer=signed, results=False)
    if settings.queue.startswith("postgres"):
        return PostgresHuey("engage", dsn=settings.queue, serializer=signed, results=False)
    here = settings.folder / QUEUE_FILE
    make_private(here)
    return SqliteHuey("engage", filename=str(here), serializer=signed, results=False, timeout=LOCKED)


def _keep_the_clock(worker: Worker) -> Callable[[], object]:
    """Set the rounds of the clock; gives what asks for one at once."""

    def often() -> None:
        with worker.app.app_context():
            clock.every_few_minutes(now(), today())
            clock.catch_up(now(), today())

    def nightly() -> None:
        with worker.app.app_context():
            clock.every_night(now(), today())

    worker.queue.periodic_task(crontab(hour="3", minute="17"), name="nightly")(nightly)
    at_once: Callable[[], object] = worker.queue.periodic_task(crontab(minute="*/5"), name="often")(often)
    return at_once
