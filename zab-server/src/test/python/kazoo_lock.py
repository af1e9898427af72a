"""Workers count under kazoo's lock, each with a session of its own; prints what was counted and how often two held it."""
import sys
import threading
import time

from kazoo.client import KazooClient
from kazoo.exceptions import KazooException
from kazoo.retry import KazooRetry

hosts, workers, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
holders, overlaps, acquired, failures = 0, 0, 0, []
guard = threading.Lock()
end = time.time() + seconds


def work(number):
    global holders, overlaps, acquired
    retry = KazooRetry(max_tries=-1, delay=0.05, max_delay=0.5)
    client = KazooClient(hosts, timeout=10, connection_retry=retry, command_retry=KazooRetry(max_tries=-1, delay=0.05, max_delay=0.5))
    client.start(timeout=30)
    lock = client.Lock("/kazoo/lock", "worker-%d" % number)
    while time.time() < end:
        try:
            if not lock.acquire(timeout=20):
                continue
            with guard:
                holders += 1
                acquired += 1
                overlaps += holders > 1
            time.sleep(0.002)
            with guard:
                holders -= 1
            lock.release()
        except KazooException as failure:
            failures.append(repr(failure))
            time.sleep(0.1)
    client.stop()
    client.close()


threads = [threading.Thread(target=work, args=(n,)) for n in range(workers)]
[t.start() for t in threads]
[t.join() for t in threads]
print("acquired %d overlaps %d failures %d %s" % (acquired, overlaps, len(failures), failures[:3]))
