#!/bin/bash
# Load the demonstration content again; what is already there is left as it is.
set -eu
cd "$(dirname "$0")/.."
export DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-kb.settings.dev}
export DATA_DIR=${DATA_DIR:-$PWD/var}
scripts/venv.sh base
.venv/bin/python manage.py migrate --verbosity 0
.venv/bin/python manage.py load_demo
