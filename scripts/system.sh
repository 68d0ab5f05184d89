#!/bin/bash
# Install the Debian packages named, those only whose use is missing here.
# When it may not install, it says in one line what to type, and stops.
set -eu

have() {
    case $1 in
        python3-venv) python3 -c 'import ensurepip, venv' ;;
        ca-certificates) [ -s /etc/ssl/certs/ca-certificates.crt ] ;;
        gettext) command -v xgettext msgmerge msgfmt ;;
        chromium-headless-shell) [ -x /usr/bin/chromium-headless-shell ] ;;
        postgresql) compgen -G '/usr/lib/postgresql/*/bin/initdb' || command -v initdb ;;
        maven) command -v mvn ;;
        default-jdk-headless) compgen -G '/usr/lib/jvm/*/bin/javac' || command -v javac ;;
        *) dpkg -s "$1" ;;
    esac >/dev/null 2>&1
}

missing=()
for package in "$@"; do
    have "$package" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

typed="apt-get install -y --no-install-recommends ${missing[*]}"
if ! command -v apt-get >/dev/null; then
    echo "Il manque : ${missing[*]}. Installez l’équivalent sur votre système, puis recommencez." >&2
    exit 1
elif [ "$(id -u)" = 0 ]; then
    admin=(env)
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    admin=(sudo -n env)
else
    echo "Il manque : ${missing[*]}. Tapez d’abord : sudo apt-get update && sudo $typed" >&2
    exit 1
fi

echo "Installation de ${missing[*]}…"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt=("${admin[@]}" DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=3)
if ! { "${apt[@]}" update && "${apt[@]}" install --no-install-recommends "${missing[@]}"; } \
    >"$log" 2>&1 </dev/null; then
    tail -n 15 "$log" >&2
    echo "L’installation de ${missing[*]} a échoué (détail ci-dessus). À la main : sudo $typed" >&2
    exit 1
fi
