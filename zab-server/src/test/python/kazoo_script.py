"""kazoo's operations, watches and recipes, with a session that outlives its connection and a member.

Each line "ok NAME" is an operation that answered as it should; a line "@REQUEST" asks the test for what this client cannot do.
"""
import queue
import sys
import threading

from kazoo.client import KazooClient, KazooState
from kazoo.exceptions import (BadVersionError, NoAuthError, NoChildrenForEphemeralsError, NodeExistsError, NoNodeError,
                              NotEmptyError, RolledBackError, RuntimeInconsistency)
from kazoo.retry import KazooRetry
from kazoo.security import make_digest_acl

WAIT = 30
operations = 0


def same(operation, expected, actual):
    global operations
    if actual != expected:
        print("FAILED %s: expected %r but was %r" % (operation, expected, actual))
        sys.exit(1)
    operations += 1
    print("ok " + operation)


def fails(operation, expected, call, *arguments, **more):
    try:
        answer = call(*arguments, **more)
    except Exception as failure:
        same(operation, expected, type(failure))
        return
    print("FAILED %s: answered %r instead of %s" % (operation, answer, expected))
    sys.exit(1)


def ask(request):
    print("@" + request)
    return sys.stdin.readline().strip()


def client(**more):
    return KazooClient(hosts, timeout=10, connection_retry=KazooRetry(max_tries=-1, delay=0.05, max_delay=0.5),
                       command_retry=KazooRetry(max_tries=-1, delay=0.05, max_delay=0.5), **more)


class Ear:
    """What a watch heard."""

    def __init__(self):
        self.heard = queue.Queue()

    def __call__(self, event):
        if event.type != "NONE":
            self.heard.put("%s %s" % (event.type, event.path))

    def next(self):
        return self.heard.get(timeout=WAIT)

    def all(self):
        zk.sync("/")
        # A watch is called on a thread of its own: what is put behind it there comes after it.
        done = threading.Event()
        zk.handler.dispatch_callback(Put(done))
        done.wait(WAIT)
        found = []
        while not self.heard.empty():
            found.append(self.heard.get())
        return found


class Put:
    def __init__(self, done):
        self.type, self.func, self.args = "callback", done.set, ()


def nodes():
    same("start", True, zk.connected)
    same("server_version", 3, zk.server_version()[0])
    same("create", "/app", zk.create("/app", b"one"))
    same("exists", 0, zk.exists("/app").version)
    same("exists of a missing node", None, zk.exists("/none"))
    same("get", b"one", zk.get("/app")[0])
    fails("get of a missing node", NoNodeError, zk.get, "/none")
    same("set", 1, zk.set("/app", b"two", version=0).version)
    fails("set of an old version", BadVersionError, zk.set, "/app", b"three", version=0)
    fails("create what is there", NodeExistsError, zk.create, "/app")
    fails("create without a parent", NoNodeError, zk.create, "/none/child")
    same("create with makepath", "/app/a/b/c", zk.create("/app/a/b/c", makepath=True))
    same("ensure_path", True, bool(zk.ensure_path("/app/a/b/d")))
    path, stat = zk.create("/app/stat", b"12345", include_data=True)
    same("create2", ("/app/stat", 5, 0), (path, stat.data_length, stat.version))
    same("create sequential", "/app/s-0000000002", zk.create("/app/s-", sequence=True))
    same("create ephemeral sequential", "/app/s-0000000003", zk.create("/app/s-", ephemeral=True, sequence=True))
    same("create sequential without a prefix", "/app/a/0000000001", zk.create("/app/a/", sequence=True))
    zk.create("/app/live", ephemeral=True)
    same("create ephemeral", zk.client_id[0], zk.exists("/app/live").ephemeralOwner)
    fails("create below an ephemeral", NoChildrenForEphemeralsError, zk.create, "/app/live/child")
    same("get_children", ["a", "live", "s-0000000002", "s-0000000003", "stat"], sorted(zk.get_children("/app")))
    children, stat = zk.get_children("/app", include_data=True)
    same("get_children with Stat", (5, 5), (len(children), stat.children_version))
    fails("delete what has children", NotEmptyError, zk.delete, "/app/a")
    fails("delete of another version", BadVersionError, zk.delete, "/app/stat", version=9)
    zk.delete("/app/a", recursive=True)
    same("delete recursively", None, zk.exists("/app/a"))
    same("sync", "/app", zk.sync("/app"))


def access():
    acl = make_digest_acl("bob", "pw", all=True)
    zk.add_auth("digest", "bob:pw")
    same("create with an ACL", "/app/secret", zk.create("/app/secret", b"s", acl=[acl]))
    same("get_acls", [acl], zk.get_acls("/app/secret")[0])
    same("set_acls", 1, zk.set_acls("/app/stat", [make_digest_acl("bob", "pw", read=True, admin=True)]).aversion)
    stranger = client()
    stranger.start(timeout=WAIT)
    stranger.sync("/")
    fails("a stranger's get", NoAuthError, stranger.get, "/app/secret")
    stranger.stop()
    stranger.close()


def auth_in_its_place():
    """kazoo takes the answer to auth for that of the oldest request that waits for one."""
    first = zk.set_async("/app", b"two and a half")
    auth = zk.add_auth_async("digest", "alice:pw")
    last = zk.get_async("/app")
    same("auth between two others", (2, True, b"two and a half"),
         (first.get(timeout=WAIT).version, auth.get(timeout=WAIT), last.get(timeout=WAIT)[0]))


def transactions():
    transaction = zk.transaction()
    transaction.create("/app/m", b"m")
    transaction.check("/app/m", 0)
    transaction.set_data("/app/m", b"n")
    transaction.create("/app/m/s-", sequence=True)
    created, checked, changed, last = transaction.commit()
    same("transaction", ("/app/m", True, 1, "/app/m/s-0000000000"), (created, checked, changed.version, last))
    transaction = zk.transaction()
    transaction.set_data("/app/m", b"x")
    transaction.check("/app/m", 7)
    transaction.delete("/app/m/s-0000000000")
    same("a transaction that fails", [RolledBackError, BadVersionError, RuntimeInconsistency],
         [type(result) for result in transaction.commit()])
    same("nothing of it is done", b"n", zk.get("/app/m")[0])


def watches():
    ear = Ear()
    zk.get("/app", watch=ear)
    zk.set("/app", b"three")
    same("an own change is heard", "CHANGED /app", ear.next())
    zk.set("/app", b"four")
    same("a watch fires once", [], ear.all())
    zk.get_children("/app", watch=ear)
    ask("create /app/other")
    same("another's child is heard", "CHILD /app", ear.next())
    zk.exists("/app/later", watch=ear)
    ask("create /app/later")
    same("a watch for what is missing", "CREATED /app/later", ear.next())
    zk.get("/app/later", watch=ear)
    zk.delete("/app/later")
    same("a deletion is heard", "DELETED /app/later", ear.next())


def another_member():
    seen, names = queue.Queue(), queue.Queue()
    zk.DataWatch("/app", lambda data, stat: seen.put(data))
    zk.ChildrenWatch("/app/m", lambda children: names.put(sorted(children)))
    same("DataWatch", b"four", seen.get(timeout=WAIT))
    same("ChildrenWatch", ["s-0000000000"], names.get(timeout=WAIT))
    session = zk.client_id[0]

    ask("hold")
    same("the connection is lost", KazooState.SUSPENDED, states.get(timeout=WAIT))
    ask("set /app away")
    ask("create /app/m/late")
    ask("release")
    same("the session is found again", KazooState.CONNECTED, states.get(timeout=WAIT))

    same("at another member", session, zk.client_id[0])
    same("a change while away", b"away", next_but(seen, b"four"))
    same("a child of a time away", ["late", "s-0000000000"], next_but(names, ["s-0000000000"]))
    same("the ephemeral is there", session, zk.exists("/app/live").ephemeralOwner)
    same("who we are is said again", b"s", zk.get("/app/secret")[0])
    ask("set /app back")
    same("a watch goes on", b"back", seen.get(timeout=WAIT))

    ask("kill")
    same("a member is lost", KazooState.SUSPENDED, states.get(timeout=WAIT))
    same("another one takes over", KazooState.CONNECTED, states.get(timeout=WAIT))
    ask("set /app survived")
    same("a change after the death", b"survived", next_but(seen, b"back"))
    same("the session outlives a member", session, zk.exists("/app/live").ephemeralOwner)


def next_but(seen, old):
    """kazoo's watches read again when they are connected again, which may find what was there before."""
    found = seen.get(timeout=WAIT)
    while found == old:
        found = seen.get(timeout=WAIT)
    return found


def recipes():
    lock = zk.Lock("/app/lock", "one")
    same("Lock", True, lock.acquire(timeout=WAIT))
    same("its contenders", ["one"], lock.contenders())
    lock.release()
    counter = zk.Counter("/app/counter")
    counter += 3
    same("Counter", 3, counter.value)
    waiting = zk.Queue("/app/queue")
    waiting.put(b"a")
    waiting.put(b"b")
    same("Queue", [b"a", b"b"], [waiting.get(), waiting.get()])


def end():
    zk.stop()
    same("stop takes the ephemerals", "false", ask("exists /app/live"))
    same("what is persistent stays", "true", ask("exists /app/secret"))
    zk.close()


hosts = sys.argv[-1]
states = queue.Queue()
zk = client()
zk.start(timeout=WAIT)
zk.add_listener(states.put)
nodes()
access()
if "auth-in-its-place" in sys.argv:
    auth_in_its_place()
transactions()
watches()
another_member()
recipes()
end()
print("ops=%d ok" % operations)
