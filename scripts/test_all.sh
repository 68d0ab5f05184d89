#!/bin/bash
# Run the long tests, those of `make test` set aside: PostgreSQL, a search cluster, races and kills,
# whole matrices, journeys on a desktop, the layout of every screen as everybody, and its HTML, read
# by the Nu HTML checker, which is installed aside. Only the jars of the search server stay.
set -eu
cd "$(dirname "$0")/.."
scripts/system.sh ca-certificates chromium-headless-shell postgresql maven default-jdk-headless
command -v npm >/dev/null || scripts/system.sh nodejs npm
scripts/venv.sh test
TMPDIR=$(mktemp -d)
export TMPDIR DATA_DIR="$TMPDIR/data" ASSETS_DIR="$TMPDIR/assets" COLLECTED_DIR="$TMPDIR/collected"
export VNU_JAR="$TMPDIR/vnu/node_modules/vnu-jar/build/dist/vnu.jar"
trap 'rm -rf "$TMPDIR"' EXIT
cp -r scripts/vnu "$TMPDIR/vnu"
if ! (cd "$TMPDIR/vnu" && npm ci --ignore-scripts --loglevel=error) >"$TMPDIR/npm.log" 2>&1; then
    cat "$TMPDIR/npm.log" >&2
    echo "Le vérificateur de HTML n’a pas pu être installé. Le réseau répond-il ?" >&2
    exit 1
fi
# One worker more than processors: a browser or a server makes its own wait.
export PYTEST_XDIST_AUTO_NUM_WORKERS=$(($(nproc) + 1))
.venv/bin/python -m pytest -m whole --dist load "$@"
