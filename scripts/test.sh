#!/bin/bash
# Run the tests, those of the editor's script first; with pytest's own arguments, the tests that these
# choose. Nothing is written outside a scratch folder.
set -eu
cd "$(dirname "$0")/.."
scripts/system.sh chromium-headless-shell
scripts/venv.sh test
TMPDIR=$(mktemp -d)
export TMPDIR DATA_DIR="$TMPDIR/data"
trap 'rm -rf "$TMPDIR"' EXIT
failed=0
if [ $# -eq 0 ]; then
    export ASSETS_DIR="$TMPDIR/assets" # what browser tests build takes the packages of these
    scripts/assets.sh test || failed=1
fi
.venv/bin/python -m pytest "$@" || failed=$?
exit $failed
