"""Settings: each variable is documented; production refuses to start half configured."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
READ = re.compile(r"env\.(?:text|flag|words|number|required)\(\s*\"([A-Z_]+)\"")
SAID = """
from django.conf import settings
print(settings.SECURE_PROXY_SSL_HEADER, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS,
      settings.SECURE_HSTS_PRELOAD, settings.SECURE_HSTS_SECONDS, settings.TRUSTED_PROXIES)
"""
COMPLETE = {
    "SECRET_KEY": "a" * 60,
    "ALLOWED_HOSTS": "passerelles.example",
    "SITE_URL": "https://passerelles.example",
}


def variables_read() -> set[str]:
    files = (ROOT / "kb" / "settings").glob("*.py")
    found = {name for path in files for name in READ.findall(path.read_text())}
    return found | {"DATA_DIR", "DJANGO_SETTINGS_MODULE"}


def run_check(tmp_path, **variables) -> subprocess.CompletedProcess:
    return run(tmp_path, ["manage.py", "check"], **variables)


def run(tmp_path, command, **variables) -> subprocess.CompletedProcess:
    inherited = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    environment = {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "kb.settings.production",
        "DATA_DIR": str(tmp_path),
        **variables,
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", sorted(variables_read()))
def test_every_variable_has_its_row_in_the_documentation(name):
    assert f"| `{name}` |" in (ROOT / "docs" / "settings.md").read_text()


def test_no_row_documents_a_variable_that_nothing_reads():
    rows = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "settings.md").read_text(), re.M)
    assert set(rows) == variables_read()


@pytest.mark.parametrize("missing", sorted(COMPLETE))
def test_production_refuses_to_start_without(missing, tmp_path):
    given = {name: value for name, value in COMPLETE.items() if name != missing}
    result = run_check(tmp_path, **given)
    assert result.returncode != 0
    assert f"{missing} is missing." in result.stderr
    assert "docs/settings.md" in result.stderr


def test_production_starts_with_all_of_them(tmp_path):
    result = run_check(tmp_path, **COMPLETE)
    assert result.returncode == 0, result.stderr


def test_an_unknown_database_is_refused_in_words(tmp_path):
    result = run_check(tmp_path, **COMPLETE, DATABASE_URL="mysql://localhost/x")
    assert "DATABASE_URL must start with sqlite:// or postgres://" in result.stderr


@pytest.mark.parametrize(
    ("search", "database", "message"),
    [
        ("embedded://", "postgres://nobody@127.0.0.1:1/none", "The embedded search needs SQLite."),
        ("postgres://", "", "The PostgreSQL search needs PostgreSQL."),
    ],
)
def test_a_search_that_does_not_suit_the_database_says_so(tmp_path, search, database, message):
    result = run_check(tmp_path, **COMPLETE, SEARCH_URL=search, DATABASE_URL=database)
    assert result.returncode != 0
    assert message in result.stderr


def test_each_database_has_its_own_search(tmp_path):
    for database in ("", "postgres://nobody@127.0.0.1:1/none"):
        result = run_check(tmp_path, **COMPLETE, DATABASE_URL=database)
        assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "None False False 31536000 0"),
        ({"TRUSTED_PROXIES": "1"}, "('HTTP_X_FORWARDED_PROTO', 'https') False False 31536000 1"),
        ({"SECURE_HSTS_INCLUDE_SUBDOMAINS": "1"}, "None True False 31536000 0"),
        ({"SECURE_HSTS_PRELOAD": "yes"}, "None False True 31536000 0"),
    ],
)
def test_production_believes_and_promises_what_a_setting_says_only(tmp_path, variables, said):
    result = run(tmp_path, ["-c", SAID], **COMPLETE, **variables)
    assert result.stdout.strip() == said, result.stderr
