# Shared by the scripts of the lab; sourced by bash.

lab=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
project=${lab%/*}
cache=${XDG_CACHE_HOME:-${HOME:?the kernels are kept under it}/.cache}/jstap/kernels

# Name of the lab's kernel and the Debian suite that has it. A suite moves on; the newest kernel it has is taken.
declare -A suite_of=([6.1]=bookworm [6.12]=trixie [7]=sid)
kernels=(6.1 6.12 7)

# What the lab itself says when it, and not the command in the guest, has failed (as for env, timeout or docker).
lab_failed=125

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
fail() {
  say "$@"
  exit "$lab_failed"
}

known_kernel() {
  [[ -n ${suite_of[$1]:-} ]] || fail "no kernel is called '$1'; there are: ${kernels[*]}"
}

# need COMMAND PACKAGE [COMMAND PACKAGE]...: installs the Debian packages of the commands that are missing.
need() {
  local missing=()
  while (($#)); do
    command -v "$1" >/dev/null || [[ -x /usr/sbin/$1 || -x /sbin/$1 ]] || missing+=("$2")
    shift 2
  done
  ((${#missing[@]})) || return 0
  command -v apt-get >/dev/null || fail "missing: ${missing[*]} (this machine has no apt-get to install them with)"
  ((EUID == 0)) || fail "missing: ${missing[*]}; install them, or run this as root"
  say "installing ${missing[*]}"
  local log
  log=$(mktemp)
  if ! { apt-get install -y --no-install-recommends "${missing[@]}" ||
    { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; }; } >"$log" 2>&1 </dev/null; then
    tail -n 5 "$log" >&2
    rm -f "$log"
    fail "cannot install ${missing[*]}"
  fi
  rm -f "$log"
}
