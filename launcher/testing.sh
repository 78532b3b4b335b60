# shellcheck shell=bash
# ./charter test. Part of ../charter.

# What tests need beyond a JDK, Maven and Node is installed here where that may be done, else it is named. PostgreSQL comes as a Maven artifact.
prepare_machine_for_tests() {
  provide chromium "the tests in a real browser" find_chromium
  provide mosquitto-clients "the tests with MQTT clients of another make" has_mqtt_clients
  provide "iproute2 util-linux" "the tests on a host without a network, and on a full disk" has_namespaces
}

# provide PACKAGES PURPOSE CHECK: unless the check holds, Debian's packages are installed.
provide() {
  local packages=$1 purpose=$2 check=$3 log="$WORK/packages.log"
  "$check" && return 0
  if [ "$(id -u 2>/dev/null || true)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installing $packages, for $purpose."
    mkdir -p "$WORK"
    # shellcheck disable=SC2086 # packages, separated by spaces
    if { apt-get update && apt-get install -y --no-install-recommends $packages; } >"$log" 2>&1 && "$check"; then return 0; fi
    say "That did not work: $(tail -1 "$log")"
  fi
  say "This machine lacks $packages: $purpose will fail."
  say "Next: install it: apt-get install --no-install-recommends $packages, or what your system has in its place."
  [ "$check" != find_chromium ] || say "Or name a browser: CHARTER_CHROMIUM=/folder/chromium $0 test"
}

# Sets CHARTER_CHROMIUM to a browser that is there.
find_chromium() {
  local browser
  for browser in "${CHARTER_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$browser" ] && browser=$(command -v "$browser"); then
      export CHARTER_CHROMIUM=$browser
      return 0
    fi
  done
  return 1
}

has_mqtt_clients() { command -v mosquitto_pub >/dev/null && command -v mosquitto_sub >/dev/null; }

# Whether a network namespace can be made, and one with file systems of its own.
has_namespaces() { command -v nsenter >/dev/null && unshare --map-root-user --net --mount -- sh -c 'ip link set lo up && mount -t tmpfs none /mnt' >/dev/null 2>&1; }

# Keeps of Maven's output the modules, the results, warnings and errors, and whatever tests print; then sums up.
readonly SHOW_RESULTS='
  { sub(/\r$/, "") }
  /^\[INFO\] Building .*\[[0-9]+\/[0-9]+\]/ { print ""; print $3, $5; fflush(); next }
  /^\[(INFO|WARNING|ERROR)\] Tests run: [0-9]+, Failures: [0-9]+, Errors: [0-9]+, Skipped: [0-9]+$/ {
    line = $0; gsub(/[^0-9 ]/, "", line); split(line, n, " +"); first = n[1] == "" ? 2 : 1
    for (i = 0; i < 4; i++) sum[i] += n[first + i]
    print; fflush(); next
  }
  /^\[INFO\] Tests run:/ || /^\[(WARNING|ERROR)\]/ || /BUILD (SUCCESS|FAILURE)|Total time:/ { print; fflush(); next }
  /^\[INFO\]/ { next }
  { print; fflush() }
  END { printf "\n%d tests: %d passed, %d failed, %d broke, %d skipped.\n", sum[0], sum[0] - sum[1] - sum[2] - sum[3], sum[1], sum[2], sum[3] }'

run_tests() {
  local log="$WORK/test.log" temporary="$WORK/temporary" java17=() outcome=0
  require_maven
  require_node
  prepare_machine_for_tests
  find_jdk 17 java
  if [ -n "$JDK" ]; then
    java17=(-Djava17="$JDK/bin/java")
    say "Tests run on the JDK 25 in $JAVA_HOME; those of the Java 17 libraries on the JDK 17 in $JDK."
  else
    say "Tests run on the JDK 25 in $JAVA_HOME. There is no JDK 17 here, so those of the Java 17 libraries do as well."
  fi
  mkdir -p "$WORK"
  lock_builds
  rm -rf "$temporary" && mkdir "$temporary"
  note_sources bench
  # Two modules at a time: tests wait for servers and limits, and one's waiting is another's work. The programs that tests start are those of this very run.
  CHARTER_AS_BUILT=1 maven "$log" "$SHOW_RESULTS" ${java17[@]+"${java17[@]}"} -Dnode="$NODE_PROGRAM" -Dtemporary.folder.of.tests="$temporary" -T 2 verify "$@" || outcome=$?
  if [ "$outcome" = 0 ] && [ $# = 0 ]; then
    remember_built bench
    say "Everything holds."
  elif [ "$outcome" = 0 ]; then
    say "What was run holds."
  else
    say "Not everything holds. The whole log is $log"
  fi
  tell_leftovers "$temporary"
  unlock_builds
  return "$outcome"
}

# Tests delete what they make, but not those that were killed in their midst.
tell_leftovers() {
  local left=("$1"/*)
  [ ! -e "${left[0]}" ] || say "Tests left something behind in $1: ${left[*]##*/}"
}
