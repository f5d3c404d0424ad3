"""The commands of the house: the local environment, the gate and what calls it."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PYTHON_STAND_IN = """#!/bin/sh
case "$*" in
    *platform*) echo {version} ;;
    *version_info*) exit {too_old} ;;
    *ensurepip*) exit {no_venv} ;;
    "-m venv --clear "*)
        for folder; do :; done
        rm -rf "$folder"; mkdir -p "$folder/bin"
        echo venv >>"{log}"
        printf '#!/bin/sh\\necho "$@" >>"{log}"\\n' >"$folder/bin/python"; chmod +x "$folder/bin/python" ;;
    *) exit 97 ;;
esac
"""


@pytest.fixture
def checkout(tmp_path):
    """A folder with what requirements/install.sh reads: a lock, the package's metadata, and itself."""
    (tmp_path / "requirements").mkdir()
    script = (ROOT / "requirements" / "install.sh").read_text()
    (tmp_path / "requirements" / "install.sh").write_text(script)
    (tmp_path / "requirements" / "run.txt").write_text("one==1\n")
    (tmp_path / "requirements" / "spark.txt").write_text("two==1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    return tmp_path


def python(
    checkout: Path, name: str = "python3", *, version: str = "3.12.0", too_old: int = 0, no_venv: int = 0
) -> str:
    """A stand-in for an interpreter: it logs the environments it makes and what pip is asked in them."""
    path = checkout / "bin" / name
    path.parent.mkdir(exist_ok=True)
    text = PYTHON_STAND_IN.format(version=version, too_old=too_old, no_venv=no_venv, log=checkout / "log")
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def install(checkout: Path, interpreter: str = "") -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "PYTHON": interpreter}
    command = ["sh", "requirements/install.sh", "run"]
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, timeout=60)


def log(checkout: Path) -> list[str]:
    path = checkout / "log"
    lines = path.read_text().splitlines() if path.exists() else []
    path.unlink(missing_ok=True)
    return lines


def test_the_first_run_installs_and_the_next_does_nothing(checkout):
    interpreter = python(checkout)
    assert install(checkout, interpreter).returncode == 0
    made, locked, package = log(checkout)
    assert made == "venv"
    assert "--require-hashes" in locked
    assert "-r requirements/run.txt" in locked
    assert "--no-deps --no-build-isolation --editable ." in package
    again = install(checkout)
    assert (again.returncode, again.stdout, again.stderr, log(checkout)) == (0, "", "", [])


@pytest.mark.parametrize("changed", ["requirements/run.txt", "pyproject.toml"])
def test_a_changed_lock_is_installed_into_the_same_environment(checkout, changed):
    install(checkout, python(checkout))
    log(checkout)
    (checkout / changed).write_text("two==2\n")
    assert install(checkout).returncode == 0
    assert [line.startswith("-m pip") for line in log(checkout)] == [True, True]
    assert log(checkout) == []


def test_another_interpreter_gets_a_new_environment(checkout):
    install(checkout, python(checkout))
    log(checkout)
    assert install(checkout, python(checkout, "python3.13", version="3.13.0")).returncode == 0
    assert log(checkout)[0] == "venv"


def test_a_moved_checkout_gets_a_new_environment(checkout):
    interpreter = python(checkout)
    install(checkout, interpreter)
    stamp = checkout / ".venv" / ".made-with"
    stamp.write_text(f"{interpreter}\n/where/it/was\n")
    log(checkout)
    assert install(checkout).returncode == 0
    assert log(checkout)[0] == "venv"


def test_an_installation_that_failed_is_tried_again(checkout):
    install(checkout, python(checkout))
    (checkout / "requirements" / "run.txt").write_text("two==2\n")
    inner = checkout / ".venv" / "bin" / "python"
    works = inner.read_text()
    inner.write_text("#!/bin/sh\nexit 1\n")
    failed = install(checkout)
    assert failed.returncode == 1
    assert "package index" in failed.stderr
    inner.write_text(works)
    log(checkout)
    assert install(checkout).returncode == 0
    assert len(log(checkout)) == 2


@pytest.mark.parametrize(
    ("made", "says"),
    [
        ({"version": "3.9.2", "too_old": 1}, "is Python 3.9.2. TrialFit needs 3.11 or newer"),
        ({"no_venv": 1}, "python3-venv"),
    ],
    ids=["too old", "no venv"],
)
def test_an_interpreter_that_will_not_do_is_named_with_the_remedy(checkout, made, says):
    result = install(checkout, python(checkout, **made))
    assert result.returncode == 1
    assert says in result.stderr
    assert not (checkout / ".venv").exists()


def test_an_interpreter_that_is_not_there_is_named_with_the_remedy(checkout):
    result = install(checkout, "python3.99")
    assert result.returncode == 1
    assert "'python3.99' is not on this machine" in result.stderr


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_help_lists_every_command():
    listed = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(re.findall(r"^  make ([\w-]+) +\S", listed.stdout, re.MULTILINE)) == targets()
    assert {"demo", "test", "check", "bench", "docs", "clean", "lock", "format", "serve"} <= targets()


def test_every_caller_of_the_gate_calls_the_same_one():
    makefile = (ROOT / "Makefile").read_text()
    assert re.search(r"^test: check\b", makefile, re.MULTILINE)
    assert (ROOT / ".ci" / "run").read_text().rstrip().endswith("exec make test")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "make test" in (ROOT / "README.md").read_text()
    assert "entry: make check" in (ROOT / ".pre-commit-config.yaml").read_text()


SKIPPING = {
    "in a test": "import pytest\ndef test(): pytest.skip('no such thing')\n",
    "by a mark": "import pytest\n@pytest.mark.skip(reason='no such thing')\ndef test(): pass\n",
    "in a fixture": "import pytest\n@pytest.fixture\ndef f(): pytest.skip('no such thing')\ndef test(f): pass\n",
    "of a module": "import pytest\npytest.skip('no such thing', allow_module_level=True)\n",
}


@pytest.mark.parametrize("under_ci", [True, False], ids=["under CI", "elsewhere"])
@pytest.mark.parametrize("how", SKIPPING)
def test_a_skip_fails_under_ci_only(tmp_path, how, under_ci):
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
    (tmp_path / "test_it.py").write_text(SKIPPING[how])
    (tmp_path / "test_other.py").write_text("def test(): pass\n")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CI", "PYTEST", "COV"))}
    if under_ci:
        environment["CI"] = "true"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert (result.returncode != 0) == under_ci
    if under_ci:
        assert "nothing may skip under CI" in result.stdout
        assert "no such thing" in result.stdout


def test_an_expected_failure_is_no_skip(tmp_path):
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
    (tmp_path / "test_it.py").write_text("import pytest\n@pytest.mark.xfail(strict=True)\ndef test(): assert False\n")
    environment = {**os.environ, "CI": "true"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    assert subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=120).returncode == 0
