# Shared by the tests of the lab; sourced by bash. A test that returns is passed.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
guide=$project/../shared/network-guide
jstap=$project/jstap
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Why a test ends is the last line it prints; what it printed before explains.
not_ok() { echo "$*" && exit 1; }
skip() { echo "$*" && exit 77; }
# For tests that take a minute.
only_on() { [[ $(uname -r) == "$1".* ]] || skip "runs on Linux $1 only, for the time it takes"; }

[[ -d $guide ]] || skip "no ../shared/network-guide beside the project"
command -v python3 >/dev/null || skip 'no python3'
# The interpreter itself: a wrapper on PATH would start processes of its own.
python=$(python3 -c 'import sys; print(sys.executable)')

# run_jstap ARGUMENT...: output in $work/out, what goes to standard error in $work/err; anything but status 0 fails.
run_jstap() {
  local status=0
  "$jstap" "$@" >"$work/out" 2>"$work/err" || status=$?
  ((status == 0)) && return
  show out err
  not_ok "jstap ended with status $status"
}

show() {
  local name
  for name; do
    echo "--- $name"
    head -n 100 "$work/$name"
  done
}

# The guide's workload, which also tells the port and process it used, in $work/traffic: "PORT PID".
write_traffic() {
  cat >"$work/traffic.py" <<TEXT
import os, runpy
names = runpy.run_path("$guide/traffic.py")
with open("$work/traffic", "w") as told:
    print(names["listener"].getsockname()[1], os.getpid(), file=told)
TEXT
}

# Packets sent and received by the loopback device so far: "SENT RECEIVED".
lo_packets() { awk '$1 == "lo:" { print $11, $3 }' /proc/net/dev; }

# Sums of XMIT_PK and RECV_PK for the device lo in a nettop report: "SENT RECEIVED".
nettop_packets() { awk '$3 == "lo" { sent += $4; received += $5 } END { print sent + 0, received + 0 }' "$work/out"; }

# What dropwatch printed as "COUNT FUNCTION", each address looked up in /proc/kallsyms (not by jstap).
# Addresses there are hexadecimal of one width, so they compare as text.
dropped_by_function() {
  awk '
    NR == FNR { if (match($0, /^([0-9]+) packets dropped at location 0x/)) { at[++n] = $6; count[n] = $1; sub(/^0x/, "", at[n]) } next }
    $2 ~ /^[tT]$/ {
      for (i = 1; i <= n; i++)
        if ($1 "" <= at[i] "" && (!(i in best) || $1 "" > best[i] "")) { best[i] = $1; name[i] = $3 }
    }
    END { for (i = 1; i <= n; i++) print count[i], i in name ? name[i] : "?" at[i] }' "$work/out" /proc/kallsyms
}
