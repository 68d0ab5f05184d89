#!/bin/bash
# Bring .venv to what requirements/$1.txt says (base, test or dev).
# A copy of the lock installed last stays in .venv: nothing is done while it is the same.
set -eu
cd "$(dirname "$0")/.."
lock=requirements/$1.txt
installed=.venv/$1.lock

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Il faut Python 3.11 ou plus récent (commande python3)." >&2
    exit 1
fi
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    scripts/system.sh python3-venv ca-certificates
    echo "Création de l’environnement Python (.venv)…"
    python3 -m venv --clear .venv
fi
cmp -s "$lock" "$installed" && exit 0

echo "Installation des dépendances ($lock), une ou deux minutes la première fois…"
if ! .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check \
    --only-binary :all: --require-hashes -r "$lock"; then
    echo "Les dépendances n’ont pas pu être installées (détail ci-dessus). Le réseau répond-il ?" >&2
    exit 1
fi
cp "$lock" "$installed"
