import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.bot.cli.conftest import AlertRelay


def _tables(path: str) -> set[str]:
    with closing(sqlite3.connect(path)) as database:
        return {row[0] for row in database.execute("SELECT name FROM sqlite_master")}


def test_migrate_makes_the_tables_once(alert_relay: AlertRelay) -> None:
    first = alert_relay("migrate")
    assert (first.code, "brought to the newest schema" in first.err) == (0, True)
    assert "report" in _tables("data/playground.db")
    assert "is up to date" in alert_relay("migrate").err


def test_the_data_directory_is_for_its_owner_alone(alert_relay: AlertRelay) -> None:
    alert_relay("migrate")
    assert Path("data").stat().st_mode & 0o777 == 0o700


def test_backup_copies_the_database(alert_relay: AlertRelay) -> None:
    alert_relay("migrate")
    told = alert_relay("backup", "copy.db")
    assert (told.code, told.err) == (0, "The database was copied to copy.db.\n")
    assert _tables("copy.db") == _tables("data/playground.db")


def test_backup_puts_nothing_in_the_place_of_another_file(alert_relay: AlertRelay) -> None:
    alert_relay("migrate")
    Path("copy.db").write_text("dear")
    told = alert_relay("backup", "copy.db")
    assert (told.code, "exists already" in told.err) == (1, True)
    assert Path("copy.db").read_text() == "dear"


def test_backup_before_the_first_run_says_that_there_is_nothing(alert_relay: AlertRelay) -> None:
    told = alert_relay("backup", "copy.db")
    assert (told.code, "There is no database at data/playground.db yet" in told.err) == (1, True)
    assert not Path("data/playground.db").exists()


def test_a_newer_schema_stops_every_command_with_a_sentence(alert_relay: AlertRelay) -> None:
    alert_relay("migrate")
    with closing(sqlite3.connect("data/playground.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = 'from-the-future'")
    told = alert_relay("migrate")
    assert (told.code, "written by a newer relay" in told.err) == (1, True)
    assert "written by a newer relay" in alert_relay("check", "--json").out


def test_a_data_directory_that_cannot_be_made_is_told(alert_relay: AlertRelay) -> None:
    Path("data").touch()
    told = alert_relay("migrate")
    assert told.code == 1
    assert told.err.startswith("The relay cannot write to its data directory data (File exists).")


def test_a_file_that_is_no_database_is_told_and_left_alone(alert_relay: AlertRelay) -> None:
    Path("data").mkdir()
    Path("data/playground.db").write_text("a letter to Anna, long enough to be no database " * 30)
    before = shutil.copy("data/playground.db", "before")
    told = alert_relay("migrate")
    assert (told.code, "is not a database of the relay" in told.err) == (1, True)
    assert Path("data/playground.db").read_bytes() == Path(before).read_bytes()
