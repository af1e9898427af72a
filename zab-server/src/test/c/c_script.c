/*
 * The C client's operations and watches, with a session that outlives its connection and a member.
 *
 * Each line "ok NAME" is an operation that answered as it should; a line "@REQUEST" asks the test for what this client cannot do.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zookeeper/zookeeper.h>

enum { WAIT_SECONDS = 30, SESSION_MS = 10000, TEXT = 512, HEARD = 64 };

static int operations;

static void same(const char *operation, const char *expected, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void same(const char *operation, const char *expected, const char *format, ...) {
    char actual[TEXT];
    va_list values;
    va_start(values, format);
    vsnprintf(actual, sizeof actual, format, values);
    va_end(values);
    if (strcmp(expected, actual) != 0) {
        printf("FAILED %s: expected %s but was %s\n", operation, expected, actual);
        exit(1);
    }
    operations++;
    printf("ok %s\n", operation);
}

static void gives(const char *operation, int expected, int actual) {
    same(operation, zerror(expected), "%s", zerror(actual));
}

static const char *ask(const char *request) {
    static char answer[TEXT];
    printf("@%s\n", request);
    if (fgets(answer, sizeof answer, stdin) == NULL) {
        printf("FAILED no answer to %s\n", request);
        exit(1);
    }
    answer[strcspn(answer, "\n")] = '\0';
    return answer;
}

/* What a watch, or the session, has heard and nobody has taken yet. */
struct ear {
    pthread_mutex_t lock;
    pthread_cond_t heard;
    char events[HEARD][TEXT];
    int put, taken;
};

#define EAR {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, {{0}}, 0, 0}

static const char *name(int type) {
    return type == ZOO_CREATED_EVENT ? "created"
            : type == ZOO_DELETED_EVENT ? "deleted"
            : type == ZOO_CHANGED_EVENT ? "changed"
            : type == ZOO_CHILD_EVENT ? "child"
            : "?";
}

static const char *state_name(int state) {
    return state == ZOO_CONNECTED_STATE ? "connected"
            : state == ZOO_CONNECTING_STATE ? "connecting"
            : state == ZOO_EXPIRED_SESSION_STATE ? "expired"
            : "?";
}

/* The session's ear hears its states, the others what happens to nodes. */
static void overhear(zhandle_t *zh, int type, int state, const char *path, void *context, int is_session) {
    struct ear *ear = context;
    if ((type == ZOO_SESSION_EVENT) != is_session) {
        return;
    }
    pthread_mutex_lock(&ear->lock);
    if (is_session) {
        snprintf(ear->events[ear->put++ % HEARD], TEXT, "%s", state_name(state));
    } else {
        snprintf(ear->events[ear->put++ % HEARD], TEXT, "%s %s", name(type), path);
    }
    pthread_cond_broadcast(&ear->heard);
    pthread_mutex_unlock(&ear->lock);
}

static void hear(zhandle_t *zh, int type, int state, const char *path, void *context) {
    overhear(zh, type, state, path, context, 0);
}

static void hear_session(zhandle_t *zh, int type, int state, const char *path, void *context) {
    (void) context;
    overhear(zh, type, state, path, (void *) zoo_get_context(zh), 1);
}

static const char *next(struct ear *ear) {
    static char event[TEXT];
    struct timespec end;
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += WAIT_SECONDS;
    pthread_mutex_lock(&ear->lock);
    int late = 0;
    while (ear->taken == ear->put && late == 0) {
        late = pthread_cond_timedwait(&ear->heard, &ear->lock, &end);
    }
    strcpy(event, ear->taken == ear->put ? "nothing" : ear->events[ear->taken++ % HEARD]);
    pthread_mutex_unlock(&ear->lock);
    return event;
}

static int count(struct ear *ear) {
    pthread_mutex_lock(&ear->lock);
    int left = ear->put - ear->taken;
    pthread_mutex_unlock(&ear->lock);
    return left;
}

/* States may come twice while the client looks for a member. */
static void await(struct ear *states, const char *wanted) {
    const char *state;
    do {
        state = next(states);
        if (strcmp(state, "nothing") == 0) {
            printf("FAILED never %s\n", wanted);
            exit(1);
        }
    } while (strcmp(state, wanted) != 0);
}

static zhandle_t *connected(const char *hosts, struct ear *states, const clientid_t *id) {
    zhandle_t *zh = zookeeper_init(hosts, hear_session, SESSION_MS, id, states, 0);
    if (zh == NULL) {
        printf("FAILED zookeeper_init\n");
        exit(1);
    }
    return zh;
}

static const char *data(zhandle_t *zh, const char *path, struct ear *ear, struct Stat *stat) {
    static char text[TEXT];
    int length = sizeof text - 1;
    int rc = zoo_wget(zh, path, ear == NULL ? NULL : hear, ear, text, &length, stat);
    if (rc != ZOK) {
        snprintf(text, sizeof text, "%s", zerror(rc));
        return text;
    }
    text[length < 0 ? 0 : length] = '\0';
    return length < 0 ? "null" : text;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *) a, *(char *const *) b);
}

static void nodes(zhandle_t *zh) {
    char path[TEXT];
    struct Stat stat;
    gives("create", ZOK, zoo_create(zh, "/app", "one", 3, &ZOO_OPEN_ACL_UNSAFE, 0, path, sizeof path));
    same("its path", "/app", "%s", path);
    gives("exists", ZOK, zoo_exists(zh, "/app", 0, &stat));
    same("its Stat", "version 0, length 3", "version %d, length %d", stat.version, stat.dataLength);
    gives("exists of a missing node", ZNONODE, zoo_exists(zh, "/none", 0, &stat));
    same("get", "one", "%s", data(zh, "/app", NULL, &stat));
    same("get of a missing node", "no node", "%s", data(zh, "/none", NULL, &stat));
    gives("set2", ZOK, zoo_set2(zh, "/app", "two", 3, 0, &stat));
    same("the version after it", "1", "%d", stat.version);
    gives("set of an old version", ZBADVERSION, zoo_set(zh, "/app", "three", 5, 0));
    gives("create what is there", ZNODEEXISTS, zoo_create(zh, "/app", NULL, -1, &ZOO_OPEN_ACL_UNSAFE, 0, NULL, 0));
    gives("create without a parent", ZNONODE, zoo_create(zh, "/none/child", NULL, -1, &ZOO_OPEN_ACL_UNSAFE, 0, NULL, 0));
    zoo_create(zh, "/app/s-", NULL, -1, &ZOO_OPEN_ACL_UNSAFE, ZOO_SEQUENCE, path, sizeof path);
    same("create sequential", "/app/s-0000000000", "%s", path);
    zoo_create(zh, "/app/s-", NULL, -1, &ZOO_OPEN_ACL_UNSAFE, ZOO_SEQUENCE | ZOO_EPHEMERAL, path, sizeof path);
    same("create ephemeral sequential", "/app/s-0000000001", "%s", path);
    gives("create2 ephemeral", ZOK,
          zoo_create2(zh, "/app/live", "x", 1, &ZOO_OPEN_ACL_UNSAFE, ZOO_EPHEMERAL, path, sizeof path, &stat));
    same("its owner", "the session", "%s", stat.ephemeralOwner == zoo_client_id(zh)->client_id ? "the session" : "another");
    gives("create below an ephemeral", ZNOCHILDRENFOREPHEMERALS,
          zoo_create(zh, "/app/live/child", NULL, -1, &ZOO_OPEN_ACL_UNSAFE, 0, NULL, 0));
    struct String_vector children;
    gives("get_children2", ZOK, zoo_get_children2(zh, "/app", 0, &children, &stat));
    qsort(children.data, children.count, sizeof *children.data, by_name);
    same("its children", "3 of 3: live s-0000000000 s-0000000001", "%d of %d: %s %s %s", children.count, stat.numChildren,
         children.data[0], children.data[1], children.data[2]);
    deallocate_String_vector(&children);
    gives("delete what has children", ZNOTEMPTY, zoo_delete(zh, "/app", -1));
    gives("delete of another version", ZBADVERSION, zoo_delete(zh, "/app/s-0000000000", 5));
    gives("delete", ZOK, zoo_delete(zh, "/app/s-0000000000", 0));
    zoo_create(zh, "/app/null", NULL, -1, &ZOO_OPEN_ACL_UNSAFE, 0, NULL, 0);
    same("null is not empty", "null", "%s", data(zh, "/app/null", NULL, &stat));
}

struct answer {
    pthread_mutex_t lock;
    pthread_cond_t came;
    int is_here, rc;
};

#define ANSWER {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0}

static void complete(int rc, const void *context) {
    struct answer *answer = (struct answer *) context;
    pthread_mutex_lock(&answer->lock);
    answer->rc = rc;
    answer->is_here = 1;
    pthread_cond_signal(&answer->came);
    pthread_mutex_unlock(&answer->lock);
}

static void complete_text(int rc, const char *text, const void *context) {
    (void) text;
    complete(rc, context);
}

static int wait_for(struct answer *answer) {
    pthread_mutex_lock(&answer->lock);
    while (!answer->is_here) {
        pthread_cond_wait(&answer->came, &answer->lock);
    }
    pthread_mutex_unlock(&answer->lock);
    return answer->rc;
}

static int sync_path(zhandle_t *zh, const char *path) {
    struct answer answer = ANSWER;
    int rc = zoo_async(zh, path, complete_text, &answer);
    return rc == ZOK ? wait_for(&answer) : rc;
}

static void permissions(zhandle_t *zh, const char *hosts) {
    struct Stat stat;
    struct ACL_vector acl;
    struct answer added = ANSWER;
    zoo_add_auth(zh, "digest", "bob:pw", 6, complete, &added);
    gives("add_auth", ZOK, wait_for(&added));
    gives("create for its creator alone", ZOK, zoo_create(zh, "/app/secret", "s", 1, &ZOO_CREATOR_ALL_ACL, 0, NULL, 0));
    gives("get_acl", ZOK, zoo_get_acl(zh, "/app/secret", &acl, &stat));
    same("the ACL", "31 digest bob:ikIaKsbtGweaHnb/jKn7OHqbunM=", "%d %s %s", acl.data[0].perms, acl.data[0].id.scheme,
         acl.data[0].id.id);
    gives("set_acl", ZOK, zoo_set_acl(zh, "/app/null", 0, &acl));
    deallocate_ACL_vector(&acl);
    gives("sync", ZOK, sync_path(zh, "/app"));
    struct ear states = EAR;
    zhandle_t *stranger = connected(hosts, &states, NULL);
    await(&states, "connected");
    gives("sync of a second session", ZOK, sync_path(stranger, "/"));
    same("a stranger's get", "not authenticated", "%s", data(stranger, "/app/secret", NULL, &stat));
    gives("close of the second session", ZOK, zookeeper_close(stranger));
}

static void transactions(zhandle_t *zh) {
    zoo_op_t ops[3];
    zoo_op_result_t results[3];
    char first[TEXT], second[TEXT];
    struct Stat stat;
    zoo_create_op_init(&ops[0], "/app/m", "m", 1, &ZOO_OPEN_ACL_UNSAFE, 0, first, sizeof first);
    zoo_check_op_init(&ops[1], "/app/m", 0);
    zoo_create_op_init(&ops[2], "/app/m/", NULL, -1, &ZOO_OPEN_ACL_UNSAFE, ZOO_SEQUENCE, second, sizeof second);
    gives("multi", ZOK, zoo_multi(zh, 3, ops, results));
    same("what it made", "/app/m /app/m/0000000000", "%s %s", first, second);
    zoo_set_op_init(&ops[0], "/app/m", "x", 1, -1, &stat);
    zoo_check_op_init(&ops[1], "/app/m", 7);
    zoo_delete_op_init(&ops[2], "/app/m/0000000000", -1);
    gives("a multi that fails", ZBADVERSION, zoo_multi(zh, 3, ops, results));
    same("its results", "0 -103 -2", "%d %d %d", results[0].err, results[1].err, results[2].err);
    same("nothing of it is done", "m", "%s", data(zh, "/app/m", NULL, &stat));
}

static void watches(zhandle_t *zh) {
    static struct ear ear = EAR;
    struct Stat stat;
    struct String_vector children;
    data(zh, "/app", &ear, &stat);
    zoo_set(zh, "/app", "three", 5, -1);
    same("an own change is heard", "changed /app", "%s", next(&ear));
    gives("a second change", ZOK, zoo_set(zh, "/app", "four", 4, -1));
    same("a watch fires once", "0", "%d", count(&ear));
    zoo_wget_children(zh, "/app", hear, &ear, &children);
    deallocate_String_vector(&children);
    ask("create /app/other");
    same("another's child is heard", "child /app", "%s", next(&ear));
    zoo_wexists(zh, "/app/later", hear, &ear, &stat);
    ask("create /app/later");
    same("a watch for what is missing", "created /app/later", "%s", next(&ear));
    data(zh, "/app/later", &ear, &stat);
    zoo_delete(zh, "/app/later", -1);
    same("a deletion is heard", "deleted /app/later", "%s", next(&ear));
}

static void another_member(zhandle_t *zh, struct ear *states) {
    static struct ear changed = EAR, created = EAR, child = EAR, quiet = EAR;
    struct Stat stat;
    struct String_vector children;
    data(zh, "/app", &changed, &stat);
    zoo_wexists(zh, "/app/missing", hear, &created, &stat);
    zoo_wget_children(zh, "/app/m", hear, &child, &children);
    deallocate_String_vector(&children);
    data(zh, "/app/null", &quiet, &stat);
    int64_t id = zoo_client_id(zh)->client_id;

    ask("hold");
    await(states, "connecting");
    ask("set /app away");
    ask("create /app/missing");
    ask("create /app/m/late");
    ask("release");
    await(states, "connected");

    same("the session is the same at another member", "same", "%s", zoo_client_id(zh)->client_id == id ? "same" : "new");
    same("a change while away is heard", "changed /app", "%s", next(&changed));
    same("a creation while away is heard", "created /app/missing", "%s", next(&created));
    same("a child of a time away is heard", "child /app/m", "%s", next(&child));
    same("the data of a time away", "away", "%s", data(zh, "/app", &changed, &stat));
    same("what did not change is silent", "0", "%d", count(&quiet));
    gives("the ephemeral is there", ZOK, zoo_exists(zh, "/app/live", 0, &stat));
    same("it is ours", "ours", "%s", stat.ephemeralOwner == id ? "ours" : "another's");
    same("who we are is said again", "s", "%s", data(zh, "/app/secret", NULL, &stat));
    zoo_set(zh, "/app/null", "x", 1, -1);
    same("a watch that stayed", "changed /app/null", "%s", next(&quiet));

    ask("kill");
    await(states, "connecting");
    await(states, "connected");
    ask("set /app survived");
    same("a change after the death", "changed /app", "%s", next(&changed));
    gives("the session outlives a member", ZOK, zoo_exists(zh, "/app/live", 0, &stat));
}

static void end(zhandle_t *zh, const char *hosts) {
    clientid_t id = *zoo_client_id(zh);
    gives("close", ZOK, zookeeper_close(zh));
    same("it takes the ephemerals", "false", "%s", ask("exists /app/live"));
    same("what is persistent stays", "true", "%s", ask("exists /app/secret"));
    struct ear states = EAR;
    zhandle_t *ghost = connected(hosts, &states, &id);
    await(&states, "expired");
    same("a closed session is gone", "expired", "%s", state_name(zoo_state(ghost)));
}

int main(int count, char **arguments) {
    (void) count;
    static struct ear states = EAR;
    setvbuf(stdout, NULL, _IOLBF, 0);
    zoo_set_debug_level(ZOO_LOG_LEVEL_WARN);
    zhandle_t *zh = connected(arguments[1], &states, NULL);
    await(&states, "connected");
    nodes(zh);
    permissions(zh, arguments[1]);
    transactions(zh);
    watches(zh);
    another_member(zh, &states);
    end(zh, arguments[1]);
    printf("ops=%d ok\n", operations);
    return 0;
}
