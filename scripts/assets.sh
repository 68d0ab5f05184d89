#!/bin/bash
# Build static/js/editor.js from assets/ with Node; « check » fails when the committed one is not that.
# Node's packages are installed aside, in a temporary folder: nothing else is written.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
bundle=static/js/editor.js

if ! command -v npm >/dev/null; then
    scripts/system.sh ca-certificates nodejs npm
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tar -C assets --exclude=node_modules -cf - . | tar -C "$folder" -xf -
cd "$folder"
if ! npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >npm.log 2>&1; then
    cat npm.log >&2
    echo "Les dépendances de l’éditeur n’ont pas pu être installées. Le réseau répond-il ?" >&2
    exit 1
fi
node build.mjs "$folder/built/editor.js"
cd "$root"

if [ "${1:-}" != check ]; then
    cp "$folder/built/editor.js" $bundle
    echo "$bundle : $(gzip -9c $bundle | wc -c) octets une fois compressé"
elif ! cmp -s "$folder/built/editor.js" $bundle; then
    echo "$bundle n’est pas celui que assets/ donne : lancez « make assets »."
    exit 1
fi
