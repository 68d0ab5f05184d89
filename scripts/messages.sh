#!/bin/bash
# Collect the strings to translate into locale/fr and compile it.
set -eu
cd "$(dirname "$0")/.."
scripts/system.sh gettext
scripts/venv.sh dev
.venv/bin/python scripts/messages.py
