#!/bin/bash
# Lock requirements/*.in with hashes, for every system; --upgrade takes the newest versions.
set -eu
cd "$(dirname "$0")/.."
scripts/venv.sh dev
for name in base test dev; do
    .venv/bin/python -m uv pip compile "$@" --quiet --universal --generate-hashes \
        --python-version 3.11 --no-config --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "make lock" \
        --output-file "requirements/$name.txt" "requirements/$name.in"
done
