#!/bin/bash
# Every check that needs no test: all of them run, then the failed ones are named.
set -eu
cd "$(dirname "$0")/.."
scripts/system.sh gettext
scripts/venv.sh dev
bin=.venv/bin
TMPDIR=$(mktemp -d)
export TMPDIR DATA_DIR="$TMPDIR/data" ASSETS_DIR="$TMPDIR/assets" DJANGO_SETTINGS_MODULE=kb.settings.test
trap 'rm -rf "$TMPDIR"' EXIT
failed=()

step() { # TITLE COMMAND…
    local title=$1 output
    shift
    if output=$("$@" 2>&1); then
        echo "ok     $title"
    else
        printf 'FAILED %s\n%s\n\n' "$title" "$output"
        failed+=("$title")
    fi
}

templates() {
    find templates ./*/templates -name '*.html' -print0 2>/dev/null |
        xargs -0 -r $bin/djade --target-version 5.2 --check
}

# Sample values only: the question is what production settings make of a complete environment.
deploy() {
    env DJANGO_SETTINGS_MODULE=kb.settings.production SITE_URL=https://passerelles.example \
        ALLOWED_HOSTS=passerelles.example EMAIL_HOST=localhost \
        SECRET_KEY="$(head -c 48 /dev/urandom | base64 -w 0)" \
        $bin/python manage.py check --deploy --fail-level WARNING
}

step "ruff: lint" $bin/python -m ruff check .
step "ruff: format" $bin/python -m ruff format --check .
step "djade: templates" templates
step "import-linter: direction of imports" $bin/python $bin/lint-imports
step "migrations are complete" $bin/python manage.py makemigrations --check --dry-run
step "production settings" deploy
step "French catalogue" $bin/python scripts/messages.py --check
step "biome: scripts and styles" scripts/assets.sh lint
step "what is built in static/ is what assets/ gives" scripts/assets.sh check
step "one door for reading, no lost token, no trace of a machine" $bin/python scripts/check_source.py

if [ ${#failed[@]} -gt 0 ]; then
    printf '%s failed: ' "${#failed[@]}"
    printf '%s; ' "${failed[@]}"
    echo
    exit 1
fi
