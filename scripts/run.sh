#!/bin/bash
# From nothing to a served site; the next times, only what changed is done again.
set -eu
cd "$(dirname "$0")/.."
export DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-kb.settings.dev}
export DATA_DIR=${DATA_DIR:-$PWD/var}
PORT=${PORT:-8000}
export SITE_URL=${SITE_URL:-http://127.0.0.1:$PORT}

case $PORT in
    *[!0-9]*) echo "PORT doit être un nombre, par exemple : PORT=8001 make run" >&2; exit 1 ;;
esac
if (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; then
    echo "Le port $PORT est déjà pris : le site tourne peut-être déjà." \
        "Sinon, essayez : PORT=$((PORT + 1)) make run" >&2
    exit 1
fi

scripts/venv.sh base
python=.venv/bin/python
collected=$DATA_DIR/static/.collected
# One marker a database, forgotten when the default database is gone.
loaded=$DATA_DIR/.demo-loaded-$(printf %s "${DATABASE_URL:-}" | cksum | cut -d ' ' -f 1)
[ -n "${DATABASE_URL:-}" ] || [ -e "$DATA_DIR/passerelles.sqlite3" ] || rm -f "$loaded"
umask 077 # the data folder holds what is closed: no other account of the machine reads it
mkdir -p "$DATA_DIR/static"
chmod go= "$DATA_DIR"

# Directories count too: a file added or removed changes the date of its directory.
changed() {
    find static ./*/static requirements/base.txt kb/settings \
        \( -name __pycache__ -o -samefile "$DATA_DIR/static" \) -prune \
        -o -newer "$1" -print -quit 2>/dev/null
}
if [ ! -e "$collected" ] || [ -n "$(changed "$collected")" ]; then
    echo "Préparation des styles et des images du site…"
    touch "$collected.begun"
    $python manage.py collectstatic --noinput --verbosity 0
    mv "$collected.begun" "$collected"
fi

$python manage.py migrate --verbosity 0
# Once only: a page that people removed must not come back at the next start.
if [ ! -e "$loaded" ]; then
    echo "Chargement des contenus de démonstration…"
    $python manage.py load_demo
    touch "$loaded"
fi

$python manage.py demo_accounts
echo
echo "Le site : $SITE_URL   (Ctrl+C l’arrête, « make run » le relance sans rien perdre)"
exec $python -m gunicorn kb.wsgi --bind "127.0.0.1:$PORT" --workers 2 --threads 16 \
    --log-level warning --no-control-socket
