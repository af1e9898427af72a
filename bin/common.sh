# Sourced by bin/zab and bin/zab-server: where the project is, which JDK runs it, whether it is built.
# The caller has set `me` (for messages) and `root`. POSIX sh; starts no process on the common path.

die() {
    echo "$me: $1" >&2
    exit "${2:-2}"
}

# major_of HOME: sets `version` and `major` from HOME/release, or by asking the JVM when there is no such file.
major_of() {
    version=
    if [ -r "$1/release" ]; then
        while IFS='=' read -r key value; do
            if [ "$key" = JAVA_VERSION ]; then
                version=${value#\"}
                version=${version%\"}
            fi
        done <"$1/release"
    fi
    if [ -z "$version" ] && [ -x "$1/bin/java" ]; then
        version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p')
    fi
    major=${version%%[!0-9]*}
    [ -n "$major" ] || major=0
}

# take_java HOME: takes the JDK there if it is one, and new enough; notes in `seen` what is not.
take_java() {
    java_home=$1
    [ -n "$java_home" ] && [ -x "$java_home/bin/java" ] || return 1
    major_of "$java_home"
    if [ "$major" -ge 17 ]; then
        java=$java_home/bin/java
        return 0
    fi
    seen="$seen
  $java_home is version $version"
    return 1
}

# Sets `java_home`, `java`, `version` and `major` to the first JDK >= 17 of JAVA_HOME, the PATH and the usual places.
find_java() {
    seen=
    take_java "${JAVA_HOME:-}" && return
    on_path=$(command -v java 2>/dev/null) || on_path=
    if [ -n "$on_path" ]; then
        on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
        on_path=${on_path%/bin/java}
    fi
    for java_home in "$on_path" /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        take_java "$java_home" && return
    done
    die "needs Java 17 or later and found none: set JAVA_HOME to a JDK, or put one on the PATH$seen"
}

# Sets `pages` to the option that asks for large pages, where the kernel gives them to those who ask; elsewhere the JVM
# would complain. A heap of any size is walked faster, and grows with a fraction of the page faults.
find_pages() {
    pages=
    offered=
    if [ -r /sys/kernel/mm/transparent_hugepage/enabled ]; then
        read -r offered </sys/kernel/mm/transparent_hugepage/enabled || offered=
    fi
    case $offered in
        *'[madvise]'* | *'[always]'*) pages=-XX:+UseTransparentHugePages ;;
    esac
}

# build_unless FILE...: builds the project when one of the files is missing. One builder at a time, the others wait.
build_unless() {
    is_built "$@" && return
    mkdir -p "$root/target" || die "cannot write to $root, and nothing is built there"
    lock=$root/target/build.lock
    until mkdir "$lock" 2>/dev/null; do
        holder=$(cat "$lock/pid" 2>/dev/null) || holder=
        if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
            # Its builder is gone. Moved before it is removed, so that of several waiters one wins.
            mv "$lock" "$lock.$$" 2>/dev/null && rm -rf "$lock.$$"
        else
            sleep 1
        fi
    done
    trap 'rm -rf "$lock"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    echo $$ >"$lock/pid"
    if ! is_built "$@"; then
        command -v mvn >/dev/null 2>&1 ||
            die "nothing is built in $root, and Maven (mvn, 3.8.1 or later) is not on the PATH to build it"
        [ -x "$java_home/bin/javac" ] ||
            die "nothing is built in $root, and $java_home has no compiler to build it: install a JDK, version 17 or later"
        echo "$me: nothing is built in $root yet, building it once (mvn package)" >&2
        (cd "$root" && JAVA_HOME=$java_home exec mvn -q -B -ntp -DskipTests package) >&2 </dev/null ||
            die "the build failed; see above, or run 'mvn package' in $root"
        is_built "$@" || die "the build made no $1"
    fi
    rm -rf "$lock"
    trap - EXIT INT TERM
}

is_built() {
    for built; do
        [ -e "$built" ] || return 1
    done
}
