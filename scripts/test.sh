#!/bin/bash
# Run the tests, those of the editor's script beside; with pytest's own arguments, the tests that these
# choose. Nothing is written outside a scratch folder.
set -eu
cd "$(dirname "$0")/.."
scripts/system.sh chromium-headless-shell
scripts/venv.sh test
TMPDIR=$(mktemp -d)
export TMPDIR DATA_DIR="$TMPDIR/data"
trap 'rm -rf "$TMPDIR"' EXIT
# One worker more than processors: a browser or a server makes its own wait.
export PYTEST_XDIST_AUTO_NUM_WORKERS=$(($(nproc) + 1))
export ASSETS_DIR="$TMPDIR/assets" # what browser tests build takes the packages of these
export COLLECTED_DIR="$TMPDIR/collected"
failed=0
if [ $# -eq 0 ]; then
    scripts/assets.sh test >"$TMPDIR/node.log" 2>&1 &
    node=$!
    # While the workers read their tests.
    export SITE_TEMPLATE="$TMPDIR/site.sqlite3" DJANGO_SETTINGS_MODULE=kb.settings.test
    (.venv/bin/python -m tests.site_template && .venv/bin/python -m tests.collected) &
fi
.venv/bin/python -m pytest "$@" || failed=$?
if [ $# -eq 0 ]; then
    wait $node || failed=1
    cat "$TMPDIR/node.log"
fi
exit $failed
