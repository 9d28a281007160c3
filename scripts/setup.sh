#!/usr/bin/env bash
# Sees to what is needed beside Go: by "setup.sh build" for building, by "setup.sh test"
# for testing too. As root it installs what is missing from Debian's packages; as a user
# it says what to install, and exits 1.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
installed() { command -v "$1" >/dev/null 2>&1; }
installed npm || missing+=(npm)
if [ "${1:-test}" = test ]; then
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || installed initdb || missing+=(postgresql)
  installed chromium || installed chromium-browser || installed google-chrome || [ -n "${KETNAP_CHROMIUM:-}" ] || missing+=(chromium)
  installed soffice || missing+=(libreoffice-writer-nogui)
  installed pdftotext || missing+=(poppler-utils)
  compgen -G '/usr/share/fonts/*/liberation2/*' >/dev/null || missing+=(fonts-liberation2)
fi

if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && installed apt-get; then
    echo "Installing ${missing[*]} …"
    export DEBIAN_FRONTEND=noninteractive
    # The tests start servers of their own: Debian need not make and start one.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "Not installed: ${missing[*]}" >&2
    echo "On Debian or Ubuntu: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
fi
