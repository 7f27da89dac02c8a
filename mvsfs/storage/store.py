"""What every operation on data sets needs at hand: the database, the objects, the queue, the clock and the guard.

A store is one of
    memory:              a folder in memory that goes when the store is closed; forked workers share it like any other
    file:///dir          a folder: catalog.db, objects/, holders/
    postgresql://...     the catalog in PostgreSQL; contents at options.content_url, or ?content=URL in the address
Rules: opening sweeps what dead processes left: ENQs, reserved space, orphaned objects. Catalog and contents of a folder can be
read by nobody but the user who made it: passwords and private keys lie in them.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy import Engine, delete, select
from sqlalchemy.engine import make_url

from mvsfs.access import Access, Guard, Requester
from mvsfs.enqueue import Enqueue
from mvsfs.errors import NotAuthorized, StoreReadOnly
from mvsfs.storage import tables, volumes
from mvsfs.storage.content import ContentStore
from mvsfs.storage.database import create_missing, metadata, open_engine, reading, writing
from mvsfs.storage.holders import Holders, any_alive
from mvsfs.storage.objects import PRIVATE, FilesystemObjects, FolderObjects, Objects
from mvsfs.storage.options import StoreOptions

#: The bytes of an empty catalog, made once per process: creating the tables takes longer than writing them down.
_template: dict[str, bytes] = {}
#: How the folders of memory stores are named.
_MEMORY = "mvsfs-store-"


@dataclass(slots=True)
class Store:
    """One open store."""

    engine: Engine
    content: ContentStore
    holders: Holders
    enqueue: Enqueue
    now: Callable[[], datetime]
    guard: Guard
    sysname: str
    options: StoreOptions
    folder: Path | None
    on_close: Callable[[], object]

    def today(self) -> int:
        """The calendar day as stored."""
        return self.now().date().toordinal()

    def require(self, who: Requester, dsname: str, wanted: Access, *, volser: str = "", new: bool = False) -> None:
        """Ask the guard. Raises NotAuthorized."""
        if not self.guard.may_access(who, dsname, wanted, volser=volser, new=new):
            raise NotAuthorized(who.userid, dsname, wanted)

    def require_writable(self, name: str) -> None:
        """Raises StoreReadOnly when the store is served read-only."""
        if self.options.read_only:
            raise StoreReadOnly(name)

    def close(self) -> None:
        """Give everything back."""
        self.enqueue.close()
        self.content.objects.close()
        self.holders.close()
        self.engine.dispose()
        self.on_close()


def open_store(url: str, *, now: Callable[[], datetime], guard: Guard, sysname: str, options: StoreOptions) -> Store:
    """Open or make a store. Raises ValueError for an address of another scheme."""
    folder: Path | None = None
    on_close: Callable[[], object] = int
    content_url = options.content_url
    if url.startswith("postgresql"):
        address = make_url(url).difference_update_query(["content"]).set(drivername="postgresql+psycopg")
        content_url = str(make_url(url).query.get("content", "")) or content_url
        engine = open_engine(address.render_as_string(hide_password=False), durable=options.durable)
        create_missing(engine, metadata)
    else:
        folder, on_close = _folder(url)
        engine = _sqlite(folder, durable=options.durable and url != "memory:")
    holders = Holders(engine, folder / "holders" if folder else None, sysname)
    durable = options.durable and url != "memory:"
    content = ContentStore(engine, _objects(content_url, folder), holders, small_limit=options.small_limit, durable=durable)
    store = Store(engine, content, holders, Enqueue(engine, holders), now, guard, sysname, options, folder, on_close)
    volumes.define_missing(engine, options.volumes)
    sweep(store)
    return store


def _objects(content_url: str, folder: Path | None) -> Objects:
    if not content_url and folder is not None:
        return FolderObjects(folder / "objects")
    if content_url.startswith(("file://", "osfs://")):
        place = Path(unquote(content_url.partition("://")[2]))
        place.mkdir(parents=True, exist_ok=True)
        return FolderObjects(place)
    if not content_url:
        raise ValueError("a catalog in PostgreSQL needs an address for its contents (?content=file:///dir)")
    return FilesystemObjects(content_url)


def _folder(url: str) -> tuple[Path, Callable[[], object]]:
    """Return the folder of a store and what gives it up."""
    if url == "memory:":
        place = Path("/dev/shm" if Path("/dev/shm").is_dir() else tempfile.gettempdir())  # noqa: S108 - a private folder in it
        _clear_dead(place)
        folder = Path(tempfile.mkdtemp(prefix=_MEMORY, dir=place))
        close: Callable[[], object] = partial(_remove, folder, os.getpid())
        atexit.register(close)
    else:
        parts = urlsplit(url)
        if parts.scheme not in {"file", ""} or not parts.path:
            raise ValueError(f"no store address: {url!r}")
        folder, close = Path(unquote(parts.path)), int
        if not folder.exists():  # one that is there keeps its mode: whoever made it may have opened it to others
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
    for name in ("objects", "holders"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return folder, close


def _clear_dead(place: Path) -> None:
    """Remove memory stores whose processes were killed, so that killing leaves no memory in use."""
    for folder in place.glob(f"{_MEMORY}*"):
        try:
            if folder.stat().st_uid == os.getuid() and not any_alive(folder / "holders"):
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue  # its owner was just removing it


def _remove(folder: Path, pid: int) -> None:
    # a forked worker that ends runs the same exit function and must leave the store alone
    if os.getpid() == pid:
        shutil.rmtree(folder, ignore_errors=True)


def _sqlite(folder: Path, *, durable: bool) -> Engine:
    """Return the engine of a folder's catalog, made from the template when there is none yet."""
    catalog = folder / "catalog.db"
    if not catalog.exists():
        fresh = folder / f"catalog.{os.getpid()}"
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, PRIVATE), "wb") as file:
            file.write(_empty_catalog())
        try:
            os.link(fresh, catalog)  # whoever comes second keeps the first one's
        except FileExistsError:
            pass
        fresh.unlink()
        return open_engine(f"sqlite:///{catalog}", durable=durable)
    engine = open_engine(f"sqlite:///{catalog}", durable=durable)
    create_missing(engine, metadata)
    return engine


def _empty_catalog() -> bytes:
    if "catalog" not in _template:
        with tempfile.TemporaryDirectory(prefix="mvsfs-") as place:
            engine = open_engine(f"sqlite:///{place}/catalog.db", durable=False)
            metadata.create_all(engine)
            engine.dispose()
            _template["catalog"] = Path(place, "catalog.db").read_bytes()
    return _template["catalog"]


def sweep(store: Store) -> int:
    """Clear away what dead processes left; return how many objects went."""
    with reading(store.engine) as connection:
        known = connection.execute(select(tables.holder.c.id)).scalars().all()
    doomed = store.content.sweep(()) if not known else 0
    if not known:
        return doomed
    with writing(store.engine) as connection:
        dead = store.holders.dead(connection)
        for number in dead:
            connection.execute(delete(tables.enqueue).where(tables.enqueue.c.holder == number))
            volumes.release_reserved(connection, number)
    swept = store.content.sweep(dead)
    with writing(store.engine) as connection:
        for number in dead:
            store.holders.bury(connection, number)
    return swept
