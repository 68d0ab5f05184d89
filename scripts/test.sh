#!/bin/bash
# Run the tests, with pytest's own arguments if any; nothing is written outside a scratch folder.
set -eu
cd "$(dirname "$0")/.."
scripts/system.sh chromium-headless-shell
scripts/venv.sh test
TMPDIR=$(mktemp -d)
export TMPDIR DATA_DIR="$TMPDIR/data"
trap 'rm -rf "$TMPDIR"' EXIT
.venv/bin/python -m pytest "$@"
