"""A new key for the sealed columns: it writes first, then every row is sealed anew, then the old key goes.

Safe to stop at any point and to run again: the ring always reads what the rows hold, and what is sealed anew is passed over.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone

from casework.log import audit

from . import files as key_files
from . import ring, sealed

BATCH = 500
# A process that read the ring a moment before its first key changed may still be about to write with the old one.
GRACE = timedelta(hours=1)
Tell = Callable[[int, int], None]


@dataclass
class Rotation:
    """What a run did: rows sealed anew, the names of keys taken out, and those that stay with the number of rows that need them."""

    rows: int = 0
    dropped: list[str] = field(default_factory=list)
    kept: dict[str, int] = field(default_factory=dict)


def rotate(folder: Path, tell: Tell, *, stopped: bool = False) -> Rotation:
    """Begins a rotation, or goes on with the one under way; `stopped` says that web and worker do not run: no hour to wait."""
    with key_files.alone(folder):
        if len(ring.read(folder)) == 1:
            audit.record("key_rotation_begun", by=None, key=ring.add_first(folder))
        done = Rotation(rows=_seal_anew(ring.read(folder)[0]["id"], tell))
        _drop_unneeded(folder, done, stopped)
        audit.record("keys_rotated", by=None, rows=done.rows, dropped=len(done.dropped), kept=len(done.kept))
        return done


def columns() -> list[tuple[type[models.Model], models.Field]]:
    """Every sealed column of the zone, as pairs of model and field."""
    return list(sealed.columns(list(apps.get_app_config("casework").get_models())))


def values(model: type[models.Model], column: models.Field) -> models.QuerySet:
    """Pairs of key and stored value, in the order of keys, as they lie in the database."""
    return model._base_manager.order_by("pk").values_list("pk", column.attname)


def _drop_unneeded(folder: Path, done: Rotation, stopped: bool) -> None:
    needed = Counter(_key_ids())
    for entry in ring.read(folder)[1:]:
        name, rests = entry["id"], stopped or timezone.now() - ring.retired(entry) > GRACE
        if rests and not needed[name]:
            done.dropped.append(name)
        else:
            done.kept[name] = needed[name]
    if done.dropped:
        ring.drop(folder, set(done.dropped))


def _key_ids() -> Iterator[str]:
    for model, column in columns():
        for _pk, stored in values(model, column).iterator():
            with suppress(sealed.Broken):
                yield sealed.key_id(bytes(stored))


def _seal_anew(first: str, tell: Tell) -> int:
    total, seen, changed = sum(model._base_manager.count() for model, _column in columns()), 0, 0
    for model, column in columns():
        last = None
        while batch := _batch(model, column, last, first):
            last, read, written = batch
            seen, changed = seen + read, changed + written
            tell(seen, total)
    return changed


def _batch(model, column, last, first: str) -> tuple | None:
    """Seals up to `BATCH` rows after the key `last` anew, under lock: nobody's words of this moment are written over."""
    with transaction.atomic():
        found = values(model, column).select_for_update()
        rows = list((found if last is None else found.filter(pk__gt=last))[:BATCH])
        changed = list(_sealed_anew(model, column, rows, first))
        _store(model, column, changed)
    return (rows[-1][0], len(rows), len(changed)) if rows else None


def _sealed_anew(model, column, rows: list[tuple], first: str) -> Iterator[tuple]:
    for pk, stored in rows:
        where = sealed.place_of(model, column, pk)
        try:
            if sealed.key_id(bytes(stored)) != first:
                yield pk, sealed.seal(sealed.unseal(bytes(stored), where), where)
        except sealed.Broken:
            continue  # it keeps the key that it names, and `check_keys --all` tells of it


def _store(model, column, changed: list[tuple]) -> None:
    # Past the ORM, which would take one statement, parsed anew, for each of tens of thousands of rows.
    quote, key = connection.ops.quote_name, model._meta.pk
    sql = f"UPDATE {quote(model._meta.db_table)} SET {quote(column.column)} = %s WHERE {quote(key.column)} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        rows = [(column.get_db_prep_value(value, connection), key.get_db_prep_value(pk, connection)) for pk, value in changed]
        cursor.executemany(sql, rows)
