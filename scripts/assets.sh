#!/bin/bash
# What Node does with assets/. Its packages are installed aside, in a temporary folder, once for all
# that follows when ASSETS_DIR names one: nothing else is written in the tree.
#   assets.sh                   build what is committed in static/: js/editor.js, js/completion.js, css/*.css
#   assets.sh check             fail when what is committed is not that
#   assets.sh lint [--write]    what Biome says of scripts and styles; mend what it can
#   assets.sh test              unit tests of the editor, without a browser
#   assets.sh inspecting FOLDER put there inspecting.js, the bundle that browser tests ask
set -eu
cd "$(dirname "$0")/.."
root=$PWD
if [ -n "${ASSETS_DIR:-}" ]; then
    folder=$ASSETS_DIR
else
    folder=$(mktemp -d)
    trap 'rm -rf "$folder" "$folder.lock"' EXIT
fi

install() { # What is built and tested, as it lies in the tree, beside the packages.
    command -v npm >/dev/null || scripts/system.sh ca-certificates nodejs npm
    mkdir -p "$folder"
    tar --exclude=node_modules -cf - assets tests/editor tests/wiki/rendering/*.json | tar -C "$folder" -xf -
    cp assets/package.json assets/package-lock.json "$folder"
    cd "$folder"
    if ! npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >npm.log 2>&1; then
        cat npm.log >&2
        echo "Les dépendances de l’éditeur n’ont pas pu être installées. Le réseau répond-il ?" >&2
        exit 1
    fi
    cd "$root"
    touch "$folder/installed"
}

built() { # The names of what is built, from static/ on.
    rm -rf "$folder/built"
    node "$folder/assets/build.mjs" "$folder/built" && (cd "$folder/built" && find . -type f | sort)
}

build() {
    names=$(built)
    for name in $names; do
        cp "$folder/built/$name" "static/$name"
        echo "static/${name#./} : $(gzip -9c "static/$name" | wc -c) octets une fois compressé"
    done
}

check() {
    names=$(built)
    for name in $names; do
        cmp -s "$folder/built/$name" "static/$name" && continue
        echo "static/${name#./} n’est pas ce que assets/ donne : lancez « make assets »."
        exit 1
    done
}

lint() {
    "$folder/node_modules/.bin/biome" check --error-on-warnings "$@" assets static/js tests
}

run_tests() {
    cd "$folder"
    node --test --test-reporter=spec tests/editor/*.test.mjs
}

if [ ! -e "$folder/installed" ]; then # by the first of those that come at once
    mkdir -p "$folder"
    exec 9>"$folder.lock"
    flock 9
    [ -e "$folder/installed" ] || install
    exec 9>&-
fi
case ${1:-build} in
    build) build ;;
    check) check ;;
    lint) shift && lint "$@" ;;
    test) run_tests ;;
    inspecting) node "$folder/assets/build.mjs" "$2" inspecting ;;
    *) sed -n 's/^#   //p' "$0" >&2 && exit 2 ;;
esac
