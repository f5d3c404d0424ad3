#!/bin/sh
# Makes the local environment hold what requirements/$1.txt locks.
#
#   sh requirements/install.sh run    what TrialFit needs, and this checkout as an editable package
#   sh requirements/install.sh dev    that, and what the gate needs, PySpark (spark.txt) included
#   sh requirements/install.sh lock   what writes the locks
#
# VENV is the environment's folder (.venv); PYTHON the interpreter (python3, or the one the environment was made with).
# Returns at once when what it would install is what it installed last time.
set -eu

kind=$1
venv=${VENV:-.venv}
stamp=$venv/.installed-$kind

fail() {
    echo "error: $*" >&2
    exit 1
}

[ -f "requirements/$kind.txt" ] || fail "there is no requirements/$kind.txt; run this in the top folder of the checkout"

# The interpreter and the folder: an environment serves one of each, and cannot be moved.
made_with() {
    printf '%s\n%s\n' "$1" "$(pwd)"
}

# The locks and the package's metadata.
wanted() {
    cksum "requirements/$kind.txt" requirements/spark.txt requirements/install.sh pyproject.toml
}

python=${PYTHON:-$(sed -n 1p "$venv/.made-with" 2>/dev/null || true)}
python=${python:-python3}

if ! [ -x "$venv/bin/python" ] || [ "$(made_with "$python")" != "$(cat "$venv/.made-with" 2>/dev/null)" ]; then
    command -v "$python" >/dev/null 2>&1 ||
        fail "'$python' is not on this machine. TrialFit needs Python 3.11 or newer: install it, or name yours: make PYTHON=python3.12 …"
    version=$("$python" -c 'import platform; print(platform.python_version())') ||
        fail "'$python' does not run. Name another Python, 3.11 or newer: make PYTHON=python3.12 …"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail "'$python' is Python $version. TrialFit needs 3.11 or newer: install it, or name yours: make PYTHON=python3.12 …"
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "'$python' (Python $version) came without its venv module. Debian and Ubuntu have it in the package python3-venv."
    echo "Making $venv with Python $version …"
    "$python" -m venv --clear "$venv"
    made_with "$python" >"$venv/.made-with"
fi

if [ "$(wanted)" = "$(cat "$stamp" 2>/dev/null)" ]; then
    exit 0
fi

echo "Installing what requirements/$kind.txt locks (the first time takes a minute) …"
rm -f "$stamp"
pip() {
    PIP_DISABLE_PIP_VERSION_CHECK=1 "$venv/bin/python" -m pip -qq --no-input "$@"
}
# Wheels only: building a source archive would fetch build tools that no hash here covers.
pip install --require-hashes --only-binary :all: -r "requirements/$kind.txt" ||
    fail "pip could not install the locked packages: see above. It needs to reach a package index, or a mirror named in its own settings."
if [ "$kind" = dev ]; then
    # PySpark is published as source alone. What builds it, setuptools, is locked in dev.txt.
    pip install --require-hashes --no-deps --no-build-isolation -r requirements/spark.txt ||
        fail "pip could not install PySpark: see above."
fi
if [ "$kind" != lock ]; then
    pip install --no-index --no-deps --no-build-isolation --editable . || fail "pip could not install this checkout: see above."
fi
wanted >"$stamp"
