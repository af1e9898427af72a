#!/bin/sh
# Makes the class-data archives that shorten the start of servers and commands: class-data.sh ROOT JAVA_HOME
#
# The build runs it when everything is packaged: it starts an ensemble under ROOT/target, runs commands against it, and
# has a member and a command write what they have loaded. An archive is for one JDK and for these jars; a JVM that finds
# it unfit starts without it. Whatever goes wrong here costs the quicker start only: says so, and never fails the build.
set -u

root=$1
java_home=$2
log=$root/target/class-data.log

give_up() {
    echo "class-data: $1; starts will be slower (see $log)" >&2
    exit 0
}

[ -x "$java_home/bin/jcmd" ] || exit 0
version=$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$java_home/release")
[ -n "$version" ] || exit 0
server_archive=$root/zab-server/target/cds/zab-server-$version.jsa
cli_archive=$root/cli/target/cds/zab-cli-$version.jsa

# Nothing to do when both are younger than every jar.
if [ -f "$server_archive" ] && [ -f "$cli_archive" ] && [ -z "$(find "$root/zab-server/target/zab-server.jar" \
    "$root/zab-server/target/lib" "$root/cli/target/zab-cli.jar" "$root/cli/target/lib" \
    -name '*.jar' -newer "$server_archive")" ]; then
    exit 0
fi
rm -rf "$root/zab-server/target/cds" "$root/cli/target/cds"
mkdir -p "$root/target" "$root/zab-server/target/cds" "$root/cli/target/cds"
work=$(mktemp -d "$root/target/class-data.XXXXXX") || exit 0
: >"$log"

export JAVA_HOME="$java_home"
zab() {
    "$root/bin/zab" "$@" 2>>"$log"
}
trap 'zab ensemble down --dir "$work/ensemble" >/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# Some ports may be taken: three tries.
connect=
for try in 1 2 3; do
    port=$((20000 + ($$ * 7 + try * 1300) % 10000))
    connect=$(ZAB_JVM_OPTS='-Xmx200m -XX:+RecordDynamicDumpInfo' \
        zab ensemble up --dir "$work/ensemble" --base-port "$port" --wait 20) && break
    grep -q 'is in use' "$log" || break
done
[ -n "$connect" ] || give_up "no ensemble came up"

# What a client makes a member load, and what the commands load themselves. The commands' archive is made from a list of
# classes: one that a JVM writes of itself leaves out classes of before Java 6, as picocli's are, and those take longest.
# Written beside the place where it belongs and renamed: a JVM crashes on half an archive.
zab -s "$connect" status >/dev/null
listing() {
    "$java_home/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Dfile.encoding=UTF-8 \
        -XX:DumpLoadedClassList="$work/$1" -jar "$root/cli/target/zab-cli.jar" -s "$connect" "$2" >>"$log" 2>&1 ||
        give_up "the commands failed"
    cat "$work/$1" >>"$work/cli.classes"
}
printf '%s\n' 'create /a one' 'create -e -s /a/n- two' 'set /a three' 'get -s /a' 'ls -R /a' 'stat -o json /a' 'rm -r /a' |
    listing shell.classes shell
listing command.classes ls </dev/null
"$java_home/bin/java" -Xshare:dump -XX:+UseSerialGC -XX:SharedClassListFile="$work/cli.classes" \
    -XX:SharedArchiveFile="$work/cli.jsa" -Xlog:disable -cp "$root/cli/target/zab-cli.jar" >>"$log" 2>&1 ||
    give_up "the commands' archive was not written"
member=$(zab ensemble status --dir "$work/ensemble" -o json | sed 's/.*"role":"leader"[^}]*"pid":\([0-9]*\).*/\1/')
"$java_home/bin/jcmd" "$member" VM.cds dynamic_dump "$work/server.jsa" >>"$log" 2>&1 ||
    give_up "the member wrote no archive"
mv "$work/server.jsa" "$server_archive" && mv "$work/cli.jsa" "$cli_archive" || give_up "no archive was written"
