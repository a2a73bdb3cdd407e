"""The drill: both zones are lost, and come back on empty machines with two of three shares; with one share nothing does."""

import json
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.zones.databases import POSTGRES, database_of_tests, postgres, skip_without_postgres
from tests.zones.machine import Machine

WORDS = [f"woord{secrets.token_hex(5)}" for _number in range(50)]
ZONES = ("public", "casework")


@dataclass
class Drill:
    """Two zones with something to lose, what they held, their backups, and the shares."""

    engine: str
    folder: Path
    held: dict[str, dict]
    backups: dict[str, Path]
    shares: list[str]

    def empty(self, zone: str, number: int = 0) -> Machine:
        """An empty machine for a zone."""
        folder = self.folder / f"empty-{number}"
        name = self.name(zone, number)
        if self.engine == "postgresql":
            postgres(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            postgres(f'CREATE DATABASE "{name}"')
            return Machine(zone, folder / zone, POSTGRES.rpartition("/")[0] + f"/{name}")
        return Machine(zone, folder / zone, f"sqlite:///{folder / zone / 'here.sqlite3'}")

    def holds(self, machine: Machine) -> list[str]:
        """Everything that lies on a machine: files, and tables of its database."""
        if self.engine == "sqlite":
            return machine.files()
        tables = postgres("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", machine.database)
        return machine.files() + [name for (name,) in tables]

    def name(self, zone: str, number: int) -> str:
        return f"expor_drill_{os.getpid()}_{zone}_{number}"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def drill(request, tmp_path_factory):
    if request.param == "postgresql":
        skip_without_postgres()
    folder = tmp_path_factory.mktemp(request.param)
    machines = _machines(request.param, folder)
    shares = _keys(machines)
    for zone, words in (("public", WORDS[:17]), ("casework", WORDS[17:])):
        machines[zone].program("tests.zones.seed", typed="\n".join(words))
    backups = {zone: _backup(machines[zone], folder / "backups") for zone in ZONES}
    # What a backup of casework records of itself lies in it too: the rows are read after it.
    held = {zone: json.loads(machines[zone].program("tests.zones.all_rows")) for zone in ZONES}
    for machine in machines.values():
        _lose(machine)
    made = Drill(request.param, folder, held, backups, shares)
    yield made
    if request.param == "postgresql":
        for name in [made.name(zone, number) for zone in ZONES for number in range(4)]:
            postgres(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _machines(engine: str, folder: Path) -> dict[str, Machine]:
    addresses = {zone: database_of_tests(zone, engine, f"expor_drill_{os.getpid()}_{zone}") for zone in ZONES}
    return {zone: Machine(zone, folder / zone, addresses[zone], exchange=addresses["public"]) for zone in ZONES}


def _keys(machines: dict[str, Machine]) -> list[str]:
    casework = machines["casework"]
    said = casework.manage("make_recovery_key", "--unread").stdout.splitlines()
    assert casework.manage("make_keys", "--public", str(machines["public"].keys)).returncode == 0
    return [said[at + 1] for at, line in enumerate(said) if line.startswith("share ")]


def _backup(machine: Machine, folder: Path) -> Path:
    done = machine.manage("backup", "--to", str(folder))
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.splitlines()[-2])


def _lose(machine: Machine) -> None:
    shutil.rmtree(machine.folder)
    if machine.database.startswith("sqlite:///"):
        for path in Path(machine.database.removeprefix("sqlite://")).parent.glob(f"{Path(machine.database).name}*"):
            path.unlink()
    else:
        postgres(f'DROP DATABASE "{machine.database.rpartition("/")[2]}" WITH (FORCE)')


@pytest.fixture(scope="module")
def restored(drill) -> dict[str, Machine]:
    """Both zones on empty machines, brought back with the shares 1 and 3."""
    machines = {zone: drill.empty(zone) for zone in ZONES}
    machines["casework"].exchange = machines["public"].database
    for zone, machine in machines.items():
        done = machine.manage("restore", str(drill.backups[zone]), typed=f"{drill.shares[0]}\n{drill.shares[2]}")
        assert (done.returncode, done.stderr) == (0, "")
    return machines


def test_two_shares_bring_every_row_back(drill, restored):
    back = {zone: json.loads(restored[zone].program("tests.zones.all_rows")) for zone in ZONES}
    # The restore itself is on record, and nothing else is new.
    log = back["casework"]["casework_auditevent"]
    log.remove(next(row for row in log if json.loads(row)["action"] == "restored"))
    assert back == drill.held


def test_uploaded_files_come_back(restored):
    files = sorted((restored["public"].folder / "media").rglob("*.txt"))
    assert [path.read_text() for path in files] == [WORDS[number] * 1000 for number in sorted(range(17), key=str)]


def test_what_was_sealed_on_the_site_opens_with_the_keys_that_came_back(restored):
    assert sorted(restored["casework"].program("tests.zones.read_exchange").split()) == sorted(WORDS[:17])


def test_the_keys_that_came_back_are_in_order_and_open_the_next_check(drill, restored):
    assert restored["casework"].manage("check_keys", "--all").returncode == 0
    done = restored["casework"].manage("backup", "--check", str(drill.backups["public"]))
    assert (done.returncode, "The backup is whole." in done.stdout) == (0, True)


@pytest.mark.parametrize("zone", ZONES)
def test_nothing_is_written_over_what_is_there(drill, restored, zone):
    before = restored[zone].files()
    done = restored[zone].manage("restore", str(drill.backups[zone]), typed="\n".join(drill.shares[:2]))
    assert (done.returncode, "already; nothing is written over" in done.stderr, restored[zone].files()) == (1, True, before)


@pytest.mark.parametrize("zone", ZONES)
def test_one_share_brings_nothing_back(drill, zone):
    machine = drill.empty(zone, 1)
    done = machine.manage("restore", str(drill.backups[zone]), typed=drill.shares[0])
    assert (done.returncode, "Nothing was written" in done.stderr) == (1, True)
    assert drill.holds(machine) == []


@pytest.mark.parametrize("fault", ["a byte in the middle", "the end cut off"])
def test_a_backup_that_suffered_brings_nothing_back(drill, fault, tmp_path):
    """Every byte and every length is tried in tests/exchange; here, that nothing is written before the whole was read."""
    data = drill.backups["casework"].read_bytes()
    half = len(data) // 2
    suffered = data[:half] + (bytes([data[half] ^ 1]) + data[half + 1 :] if fault == "a byte in the middle" else b"")
    machine = drill.empty("casework", 2)
    (tmp_path / "suffered").write_bytes(suffered)
    done = machine.manage("restore", str(tmp_path / "suffered"), typed="\n".join(drill.shares[:2]))
    assert (done.returncode, "Nothing was written" in done.stderr) == (1, True)
    assert drill.holds(machine) == []


def test_no_word_stands_in_a_backup(drill):
    for path in drill.backups.values():
        data = path.read_bytes()
        assert [word for word in WORDS if word.encode() in data] == []
    assert [word for word in WORDS if word not in json.dumps(drill.held)] == []


def test_a_backup_is_for_its_owner_only_and_nothing_lies_beside_it(drill):
    folder = drill.folder / "backups"
    assert sorted(folder.iterdir()) == sorted(drill.backups.values())
    assert {oct(path.stat().st_mode & 0o777) for path in folder.iterdir()} == {"0o600"}


def test_a_full_disk_leaves_no_backup(restored, tmp_path):
    done = restored["public"].manage("backup", "--to", str(tmp_path), largest=200_000)
    assert (done.returncode, "No backup was made" in done.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_an_older_backup_is_migrated_and_the_restore_is_on_record(drill, restored):
    """Stands last: it takes the machine that came back to an older version."""
    older = restored["casework"]
    assert older.manage("migrate", "casework", "0005").returncode == 0
    backup = _backup(older, drill.folder / "older")
    machine = drill.empty("casework", 3)
    machine.exchange = older.exchange
    done = machine.manage("restore", str(backup), typed="\n".join(drill.shares[:2]))
    assert (done.returncode, done.stderr, "the database is migrated" in done.stdout) == (0, "", True)
    assert machine.manage("migrate", "--check").returncode == 0
    log = json.loads(machine.program("tests.zones.all_rows"))["casework_auditevent"]
    assert max(map(json.loads, log), key=lambda row: row["number"])["action"] == "restored"
    assert machine.manage("verify_audit").returncode == 0
