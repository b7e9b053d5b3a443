# What ./jstap and dist/image have in common: which JDK, with which options, and how a build is made of compiled classes.
# To be sourced; say() is the caller's. ./jstap does so at every start: nothing here forks before a function is called.

oldest_jdk=25
modules='ebpf-model ebpf-kernel symbols language compiler runtime cli'

# The JVM's own log goes to standard error, never between the lines of a script's output.
# A small young generation: what a long run throws away is collected often and cheaply instead of filling a sixtieth of the
# machine's memory first. The heap grows where a script keeps much.
jvm_options='-XX:+UseSerialGC -Xms48m -Xmn16m -XX:-UsePerfData -Xss8m --enable-native-access=ALL-UNNAMED
  -Xlog:disable -Xlog:all=error:stderr'

# Is $1 the home of a new enough JDK? Sets jdk and version, or adds to looked_at why not.
looked_at=
use_jdk() {
  version=
  if [ -r "$1/release" ]; then
    while IFS='"' read -r key value rest; do
      if [ "$key" = JAVA_VERSION= ]; then version=$value && break; fi
    done <"$1/release"
  fi
  major=${version%%[!0-9]*}
  if [ -z "$major" ]; then
    why='not a JDK: it has no release file with a JAVA_VERSION'
  elif [ "$major" -lt "$oldest_jdk" ]; then
    why="version $version is too old"
  elif [ ! -x "$1/bin/javac" ]; then
    why="version $version, but without the compiler bin/javac"
  else
    jdk=$1 && return 0
  fi
  looked_at="$looked_at
  $2: $why"
  return 1
}

find_jdk() {
  if [ -n "${JAVA_HOME:-}" ]; then
    use_jdk "$JAVA_HOME" "JAVA_HOME=$JAVA_HOME" && return
  else
    looked_at='
  JAVA_HOME: not set'
  fi
  if java=$(command -v java); then
    home=$(readlink -f "$java")
    use_jdk "${home%/bin/java}" "java on PATH ($java)" && return
  else
    looked_at="$looked_at
  java on PATH: none"
  fi
  for home in /usr/lib/jvm/*; do
    [ ! -d "$home" ] || [ -L "$home" ] || ! use_jdk "$home" "$home" || return 0
  done
  say "needs a JDK $oldest_jdk or later, and found none. Looked at:$looked_at"
  say "install one (or set JAVA_HOME to its directory) and start again"
  exit 1
}

# Turns $1/classes and $1/library into $1/jstap.jar and $1/library.jar. $2, the directory of this file; the rest goes to jar.
make_archives() {
  new=$1 packaging=$2
  shift 2
  "$jdk/bin/java" "$packaging/LinkAhead.java" "$new/classes" >"$new/log" 2>&1 || give_up 'the classes cannot be linked ahead'
  "$jdk/bin/jar" --create --no-compress "$@" --file "$new/jstap.jar" --main-class org.jstap.cli.Main \
    -C "$new/classes" . >"$new/log" 2>&1 || give_up 'the archive cannot be written'
  # Files that are no classes have an archive of their own: every start reads some, and opening an archive hashes the names
  # of all that is in it, 10 ms for the classes, which come from the cache.
  "$jdk/bin/jar" --create --no-compress "$@" --file "$new/library.jar" -C "$new/library" . >"$new/log" 2>&1 \
    || give_up 'the archive of the library cannot be written'
}

give_up() {
  cat "$new/log" >&2
  say "cannot build: $1"
  exit 1
}

# The ahead-of-time cache $1/jstap.aot for the archives in directory $1 and the JVM $2 is recorded from short runs of what users
# do most; at the worst from one that prints the version. It holds no profiles: with them the JVM's compilers begin at once on
# all that these runs did often, a third of the CPU time of a start. A JVM that does not know the option records some.
train() {
  train_with "$1" "$2" Training || train_with "$1" "$2" Main --version || {
    rm -f "$1/jstap.aot"
    return 1
  }
}

without_profiles='-XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining'

train_with() {
  into=$1 java=$2 class=$3 && shift 3
  timeout -k 5 60 "$java" -XX:AOTCacheOutput="$into/jstap.aot" $without_profiles $jvm_options -cp "$into/library.jar:$into/jstap.jar" \
    "org.jstap.cli.$class" "$@" </dev/null >/dev/null 2>&1 9>&- && [ -s "$into/jstap.aot" ]
}
