# shellcheck shell=bash
# Builds what has changed, and only that. Part of ../charter.

# The modules of the command line (cli), of the demo, and of the measurements (bench), with everything that they need,
# also for their tests: Maven resolves that, though no test is run.
modules_of() {
  case $1 in
    cli) echo license-format license-signing license-client charter-cli ;;
    demo) echo "$(modules_of cli)" store server authority-server web license-testkit license-spring-boot-starter mqtt-server floating-server ;;
    bench) echo "$(modules_of demo)" benchmarks ;;
  esac
}

# What is built along with it.
part_of() {
  case $1 in
    cli) echo cli ;;
    demo) echo cli demo ;;
    bench) echo cli demo bench ;;
  esac
}

# The paths of everything that it is built from, one on each line.
sources_of() {
  local IFS=$' \n' module path
  for module in . $(modules_of "$1"); do
    for path in "$ROOT/$module/pom.xml" "$ROOT/$module/.mvn" "$ROOT/$module/src/main"; do
      [ ! -e "$path" ] || printf '%s\n' "$path"
    done
    # What is measured of their inside lies with their tests.
    case "$1/$module" in
      bench/authority-server | bench/mqtt-server) [ ! -e "$ROOT/$module/src/test" ] || printf '%s\n' "$ROOT/$module/src/test" ;;
    esac
    [ "$module" = web ] || continue
    for path in "$ROOT"/web/*/src "$ROOT"/web/*/package.json "$ROOT"/web/*/vite.config.ts "$ROOT"/web/*/index.html "$ROOT"/web/*/public "$ROOT"/web/*.json "$ROOT"/web/*.mjs "$ROOT"/web/*.ts; do
      [ ! -e "$path" ] || printf '%s\n' "$path"
    done
  done
}

# Whether the jars of all its modules are there.
packaged() {
  local module jars
  for module in $(modules_of "$1"); do
    jars=("$ROOT/$module/target/$module"-[0-9]*.jar)
    [ -f "${jars[0]}" ] || return 1
  done
}

# Tells one state of those sources from another.
checksum() {
  local IFS=$'\n'
  # shellcheck disable=SC2046
  find $(sources_of "$1") -type f -exec cksum {} + | LC_ALL=C sort | cksum
}

# Whether it was built from the sources as they are. Only where a file or folder is newer than the last build are contents compared.
built() {
  local stamp="$WORK/$1.built"
  [ -f "$stamp" ] && packaged "$1" || return 1
  local IFS=$'\n'
  # shellcheck disable=SC2046
  [ -z "$(find $(sources_of "$1") -newer "$stamp" -print -quit)" ] && return 0
  # The clock of files goes by steps: what changes right after this look must be newer than the stamp, so that is as old as the look's beginning.
  : >"$WORK/$1.looked"
  [ "$(checksum "$1")" = "$(cat "$stamp")" ] && touch -r "$WORK/$1.looked" "$stamp"
}

# What is built is what the sources were before the build, whatever changes meanwhile: first note them, in the end remember.
note_sources() {
  local part
  for part in $(part_of "$1"); do checksum "$part" >"$WORK/$part.noted"; done
}

remember_built() {
  local part
  for part in $(part_of "$1"); do mv -f "$WORK/$part.noted" "$WORK/$part.built"; done
}

# One build in this folder at a time.
lock_builds() {
  local owner told=
  until mkdir "$WORK/lock" 2>/dev/null; do
    owner=$(cat "$WORK/lock/process" 2>/dev/null || true)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      rm -rf "$WORK/lock"
    else
      [ -n "$told" ] || say "Another build runs in this folder (process ${owner:-unknown}); waiting for it."
      told=yes
      sleep 1
    fi
  done
  trap unlock_builds EXIT
  printf '%s\n' $$ >"$WORK/lock/process"
}

unlock_builds() {
  rm -rf "$WORK/lock"
  trap - EXIT
}

# Runs Maven; its whole output goes to the log, what the awk program keeps of it to the reader.
maven() {
  local log=$1 shown=$2
  shift 2
  # Maven's own libraries use what JDK 25 warns about.
  local MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}"
  export MAVEN_OPTS
  # What others may not read here would be marked so in the jars.
  (umask 022 && cd "$ROOT" && exec "$MAVEN" -B -ntp "$@") 2>&1 | tee "$log" | awk "$shown"
}

readonly SHOW_PROGRESS='/^\[INFO\] Building .*\[[0-9]+\/[0-9]+\]/ { print "  " $3, $5; fflush() }'

# Builds it (cli, demo, bench) unless it is built.
ensure_built() {
  local log="$WORK/build.log" node=()
  if [ "${CHARTER_AS_BUILT:-}" = 1 ] || built "$1"; then return 0; fi
  require_maven
  case " $(modules_of "$1") " in *" web "*) require_node && node=(-Dnode="$NODE_PROGRAM") ;; esac
  mkdir -p "$WORK"
  lock_builds
  if ! built "$1"; then
    say "Building Charter. The first time, Maven also fetches what it needs, which takes minutes."
    note_sources "$1"
    if ! maven "$log" "$SHOW_PROGRESS" ${node[@]+"${node[@]}"} -DskipTests -pl "$(modules_of "$1" | tr ' ' ,)" package >&2; then
      grep '^\[ERROR\]' "$log" | head -20 >&2 || tail -20 "$log" >&2
      say "The build failed. The whole log is $log"
      exit 1
    fi
    remember_built "$1"
  fi
  unlock_builds
}
