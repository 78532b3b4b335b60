# shellcheck shell=bash
# What the machine must have: a JDK, Maven and Node.js, each found or asked for. Part of ../charter.

# Sets VERSION (25.0.3) and FEATURE (25) to those of the JDK in that folder, or to nothing.
read_version() {
  local line
  VERSION='' FEATURE=''
  [ -r "$1/release" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      JAVA_VERSION=*)
        VERSION=${line#*=}
        VERSION=${VERSION//[!0-9A-Za-z.+-]/}
        FEATURE=${VERSION%%[!0-9]*}
        return 0
        ;;
    esac
  done <"$1/release"
}

# Whether the folder is a JDK of that feature version and has that program.
suits() {
  [ -n "$1" ] && [ -x "$1/bin/$3" ] || return 1
  read_version "$1"
  [ "$FEATURE" = "$2" ]
}

# The folder of the JDK whose java is on the PATH, or nothing.
jdk_on_the_path() {
  local java folder
  java=$(command -v java) || return 0
  folder=$(folder_of "$java")
  if [ -r "${folder%/bin}/release" ]; then
    printf '%s\n' "${folder%/bin}"
  else # a program that only forwards to the real one
    { "$java" -XshowSettings:properties -version 2>&1 || true; } | sed -n 's/^ *java\.home = //p'
  fi
}

# Sets JDK to a JDK of that feature version that has that program, or to nothing.
find_jdk() {
  local feature=$1 program=$2 named="JAVA$1_HOME" folder folders
  IFS=: read -r -a folders <<<"$JDK_FOLDERS"
  for JDK in "${!named:-}" "${JAVA_HOME:-}"; do
    suits "$JDK" "$feature" "$program" && return 0
  done
  for folder in ${folders[@]+"${folders[@]}"}; do
    for JDK in "$folder"/* "$folder"/*/Contents/Home; do
      suits "$JDK" "$feature" "$program" && return 0
    done
  done
  JDK=$(jdk_on_the_path)
  suits "$JDK" "$feature" "$program" || JDK=
}

# What is at that place, for a message: its version, or that it is no JDK.
described() {
  read_version "$1"
  if [ -n "$VERSION" ]; then printf 'a JDK %s' "$VERSION"; else printf 'no JDK'; fi
}

require_jdk() {
  local on_path
  find_jdk 25 javac
  if [ -n "$JDK" ]; then
    read_version "$JDK"
    export JAVA_HOME=$JDK
    return 0
  fi
  say "Charter needs a JDK 25, and there is none on this machine."
  say "Looked for it in:"
  [ -z "${JAVA25_HOME:-}" ] || say "  JAVA25_HOME   $JAVA25_HOME ($(described "$JAVA25_HOME"))"
  [ -z "${JAVA_HOME:-}" ] || say "  JAVA_HOME     $JAVA_HOME ($(described "$JAVA_HOME"))"
  say "  folders       ${JDK_FOLDERS//:/, }"
  on_path=$(jdk_on_the_path)
  [ -z "$on_path" ] || say "  PATH          $on_path ($(described "$on_path"))"
  say "Next: install one, for example Eclipse Temurin 25: apt-get install temurin-25-jdk, brew install temurin@25, sdk install java 25-tem."
  say "      Is it in another folder? Name it: JAVA25_HOME=/folder/of/the/jdk $0 ..."
  exit "$MISSING"
}

require_maven() {
  local version major minor
  MAVEN=$(command -v mvn || true)
  if [ -z "$MAVEN" ] && [ -n "${MAVEN_HOME:-}" ] && [ -x "$MAVEN_HOME/bin/mvn" ]; then MAVEN=$MAVEN_HOME/bin/mvn; fi
  if [ -z "$MAVEN" ]; then
    say "Charter is built with Maven 3.8 or newer, and there is no mvn on the PATH."
    say "Next: install it: apt-get install maven, brew install maven, sdk install maven. Or set MAVEN_HOME to the folder where it is."
    exit "$MISSING"
  fi
  version=$("$MAVEN" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9]*\.[0-9][0-9]*\).*/\1/p' || true)
  major=${version%%.*} minor=${version#*.}
  if [ "${major:-0}" -lt 3 ] || { [ "$major" = 3 ] && [ "$minor" -lt 8 ]; }; then
    say "Charter is built with Maven 3.8 or newer; $MAVEN is ${version:-of a version that it does not tell}."
    say "Next: update it, or put a newer one first on the PATH."
    exit "$MISSING"
  fi
}

# Sets NODE_PROGRAM to a Node.js that can build the pages.
require_node() {
  local version
  for NODE_PROGRAM in "${NODE:-}" "$(command -v node || true)" "$HOME"/.nvm/versions/node/*/bin/node; do
    [ -n "$NODE_PROGRAM" ] && [ -x "$NODE_PROGRAM" ] || continue
    version=$("$NODE_PROGRAM" --version 2>/dev/null || true)
    version=${version#v}
    version=${version%%.*}
    case $version in '' | *[!0-9]*) continue ;; esac
    if [ "$version" -ge 20 ]; then
      export PATH="${NODE_PROGRAM%/*}:$PATH" # npm lies beside it
      return 0
    fi
  done
  say "Charter's pages are built with Node.js 20 or newer, and there is none on the PATH or in $HOME/.nvm."
  say "Next: install one, with its npm: apt-get install nodejs npm, brew install node, nvm install 20. Or name it: NODE=/folder/bin/node $0 ..."
  exit "$MISSING"
}
