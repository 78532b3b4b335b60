# shellcheck shell=bash
# ./charter reproduce. Part of ../charter.

# Builds what is committed twice, in two folders and under two sets of circumstances, and compares every jar of the programs.
reproduce() {
  local here="$WORK/reproduce" one another jar name differing=0
  require_maven
  require_node
  if ! command -v git >/dev/null || ! git -C "$ROOT" rev-parse --verify -q HEAD >/dev/null; then
    say "Reproducing needs git and a checkout: what is committed is built, and nothing else."
    exit "$MISSING"
  fi
  [ -z "$(git -C "$ROOT" status --porcelain)" ] || say "There are changes that are not committed; they are not built."
  one="$here/one" another="$here/another/place"
  rm -rf "$here"
  mkdir -p "$one" "$another"
  say "Building $(git -C "$ROOT" rev-parse --short HEAD) twice. That takes minutes."
  (umask 022 && export_and_build "$one" UTC en "$here/one.log")
  (umask 002 && export_and_build "$another" Pacific/Chatham de "$here/another.log")
  for jar in "$one"/*/target/*.jar "$one"/charter-cli/target/lib/*.jar; do
    [ -f "$jar" ] || continue
    name=${jar#"$one"/}
    if cmp -s "$jar" "$another/$name"; then
      case $name in authority-server/* | mqtt-server/* | floating-server/* | charter-cli/target/charter-cli-*) printf '%s\n' "$(checksum_of "$jar")  $name" ;; esac
    else
      differing=$((differing + 1))
      say "It differs: $name"
    fi
  done
  if [ "$differing" -gt 0 ]; then
    say "Two builds of the same sources gave different bytes. Both are kept in $here"
    return 1
  fi
  rm -rf "$here"
  say "Both builds gave the same bytes."
}

# Builds the programs of the commit in that folder, in that time zone and language, and as a user of another name.
export_and_build() {
  local folder=$1 zone=$2 language=$3 log=$4
  git -C "$ROOT" archive HEAD | tar -x -C "$folder"
  # Without -o: the lists of what the programs are made of are written online only.
  if ! (cd "$folder" && TZ=$zone MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-} -Duser.language=$language -Duser.name=$language" \
    "$MAVEN" -B -ntp -Dnode="$NODE_PROGRAM" -DskipTests -pl "$(modules_of demo | tr ' ' ,)" package) >"$log" 2>&1; then
    grep '^\[ERROR\]' "$log" | head -20 >&2 || tail -20 "$log" >&2
    say "The build failed. The whole log is $log"
    exit 1
  fi
}

# Of a file, to be compared with what others got.
checksum_of() {
  local sum
  sum=$(sha256sum "$1" 2>/dev/null || shasum -a 256 "$1")
  printf '%s\n' "${sum%% *}"
}
