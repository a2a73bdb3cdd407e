"""The wall, between real processes with real roles: what each zone reaches, and what it finds on its own disk."""

from pathlib import Path

import pytest

CONNECT = "import psycopg; psycopg.connect(sys.argv[1]).close(); print('in')"
TRIED = """
from django.db import ProgrammingError
from exchange.models import SealedAnswer, SealedReferral
from people.models import User
def tried(act):
    try:
        print(act())
    except ProgrammingError as error:
        print(str(error).splitlines()[0])
"""
WRITE = "tried(lambda: len(str(SealedReferral.objects.create(body=b'sealed words').pk)))\n"
READ = "tried(lambda: [bytes(row.body).decode() for row in SealedReferral.objects.all()])\n"
TAKE_AWAY = "tried(lambda: SealedReferral.objects.all().delete()[0])\n"
ANSWER = "tried(lambda: SealedAnswer.objects.create(lookup='0' * 64, body=b'sealed').lookup)\n"
LOOK_UP = "tried(lambda: SealedAnswer.objects.filter(lookup='0' * 64).count())\n"
ACCOUNTS = "tried(lambda: User.objects.using('exchange').count())\n"


def lines(done) -> list[str]:
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[:-1]


def test_the_public_process_can_not_connect_to_the_database_of_casework(zones):
    own = zones["public"].environment["EXPOR_DATABASE_URL"]
    other = zones["casework"].environment["EXPOR_DATABASE_URL"].rpartition("/")[2]
    assert lines(zones["public"].says(CONNECT, own)) == ["in"]
    done = zones["public"].says(CONNECT, f"{own.rpartition('/')[0]}/{other}")
    assert f'permission denied for database "{other}"' in done.stderr


def test_the_role_that_pulls_can_not_connect_to_the_database_of_casework_either(zones):
    pull = zones["casework"].environment["EXPOR_EXCHANGE_URL"]
    other = zones["casework"].environment["EXPOR_DATABASE_URL"].rpartition("/")[2]
    assert "permission denied for database" in zones["public"].says(CONNECT, f"{pull.rpartition('/')[0]}/{other}").stderr


def test_a_referral_goes_through_the_wall_in_one_direction_and_an_answer_in_the_other(zones):
    no_referral = "permission denied for table exchange_sealedreferral"
    assert lines(zones["public"].says(TRIED + WRITE + READ + TAKE_AWAY)) == ["36", no_referral, no_referral]
    taken = lines(zones["casework"].says(TRIED + READ + WRITE + TAKE_AWAY + READ + ANSWER))
    assert taken == ["['sealed words']", no_referral, "1", "[]", "0" * 64]
    assert lines(zones["public"].says(TRIED + LOOK_UP + ANSWER)) == ["1", "permission denied for table exchange_sealedanswer"]


def test_casework_sees_nothing_else_of_the_public_database(zones):
    assert lines(zones["casework"].says(TRIED + ACCOUNTS)) == ["permission denied for table people_user"]


def test_each_zone_starts_and_serves_with_nothing_but_its_own_key_files_and_secret(zones):
    public, casework = (set(_files(zones[name])) for name in ("public", "casework"))
    assert public == {"casework-zone.pub"}
    assert [name for name in casework if name.endswith(".pub")] == []
    assert zones["public"].environment["EXPOR_SECRET_KEY"] != zones["casework"].environment["EXPOR_SECRET_KEY"]
    for zone in zones.values():
        with zone.serving() as fetch:
            status, _headers, body = fetch("/-/ready")
            assert (status, body.splitlines()[0]) == (200, "ok")


def _files(zone) -> list[str]:
    return [path.name for path in (Path(zone.environment["EXPOR_VAR"]) / "keys").iterdir()]


def test_cookies_are_bound_to_their_host_and_no_two_go_by_one_name(zones):
    names = {}
    for name, zone in zones.items():
        with zone.serving() as fetch:
            status, headers, _body = fetch("/account/login/")
            assert status == 200
            names[name] = [cookie.partition("=")[0] for cookie in headers.get_all("Set-Cookie")]
            assert all("; Secure" in cookie and "omain=" not in cookie for cookie in headers.get_all("Set-Cookie"))
    assert names == {"public": ["__Host-expor_csrf"], "casework": ["__Host-expor_casework_csrf"]}


@pytest.mark.parametrize("zone", ["public", "casework"])
def test_no_zone_migrates_as_the_role_that_serves(zones, zone):
    done = zones[zone].says("from django.core.management import call_command; call_command('migrate', verbosity=0)")
    assert "permission denied for" in done.stderr


def test_only_the_public_zone_makes_the_tables_of_the_exchange(zones):
    tables = "from django.db import connection; print(*connection.introspection.table_names())"
    found = {name: lines(zone.says(tables))[0].split() for name, zone in zones.items()}
    exchange = {name: {table for table in tables if table.startswith("exchange_")} for name, tables in found.items()}
    assert (len(exchange["public"]), exchange["casework"]) == (4, set())
    assert [table for table in found["public"] if table.startswith("casework_")] == []
