package io.zabkeeper.client;

import io.zabkeeper.client.internal.Outcome;
import io.zabkeeper.client.internal.SessionLoop;
import io.zabkeeper.client.internal.WatchSink;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.reply.ChildrenReply;
import io.zabkeeper.wire.reply.Create2Reply;
import io.zabkeeper.wire.reply.CreateReply;
import io.zabkeeper.wire.reply.DataReply;
import io.zabkeeper.wire.reply.MultiReply;
import io.zabkeeper.wire.reply.Reply;
import io.zabkeeper.wire.reply.StatReply;
import io.zabkeeper.wire.request.AddWatch;
import io.zabkeeper.wire.request.Exists;
import io.zabkeeper.wire.request.GetChildren;
import io.zabkeeper.wire.request.GetData;
import io.zabkeeper.wire.request.Multi;
import io.zabkeeper.wire.request.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Between the API and the session: paths with the chroot, replies with types, outcomes as results or exceptions. */
final class Calls {
    /** Beyond an operation's time: whoever waits is let go even if the loop is dead. */
    private static final int GRACE_MS = 2000;

    private final SessionLoop session;
    private final Chroot chroot;
    private final Repeater repeater;
    private final int operationTimeoutMs;

    Calls(SessionLoop session, Chroot chroot, RetryPolicy policy, int operationTimeoutMs) {
        this.session = session;
        this.chroot = chroot;
        this.repeater = new Repeater(session, policy, operationTimeoutMs);
        this.operationTimeoutMs = operationTimeoutMs;
    }

    Chroot chroot() {
        return chroot;
    }

    CompletableFuture<Optional<Stat>> exists(String path, @Nullable WatchHandle watch) {
        RefusedException problem = Requests.problem(path);
        if (problem != null) {
            return failed(problem, watch);
        }
        String serverPath = chroot.toServer(path);
        WatchSink sink = watch == null ? null : watch.register(session, chroot, serverPath);
        Answer<Optional<Stat>> answer = new Answer<>();
        repeater.submit(new Exists(serverPath, sink != null), sink, outcome -> {
            if (outcome instanceof Outcome.Refused refused && refused.error() == ErrorCode.NONODE) {
                session.callBack(answer.settle(Optional.empty(), null));
            } else {
                complete(answer, outcome, path, watch, reply -> Optional.of(stat(reply)));
            }
        });
        return answer;
    }

    CompletableFuture<Znode> getData(String path, @Nullable WatchHandle watch) {
        return call(path, server -> new GetData(server, watch != null), watch, reply -> {
            DataReply znode = (DataReply) reply;
            return new Znode(znode.data(), znode.stat());
        });
    }

    CompletableFuture<List<String>> getChildren(String path, @Nullable WatchHandle watch) {
        return call(path, server -> new GetChildren(server, watch != null, false), watch, Calls::names);
    }

    CompletableFuture<Children> getChildrenWithStat(String path, @Nullable WatchHandle watch) {
        return call(path, server -> new GetChildren(server, watch != null, true), watch, reply -> {
            Stat stat = ((ChildrenReply) reply).stat();
            if (stat == null) {
                throw new IllegalStateException("no stat in " + reply);
            }
            return new Children(names(reply), stat);
        });
    }

    /** A watch that stays; what becomes of it is told to its listener as well. */
    <T> CompletableFuture<T> watch(String path, PersistentWatch watch, Function<Reply, @Nullable T> result) {
        RefusedException problem = Requests.problem(path);
        if (problem != null) {
            return CompletableFuture.failedFuture(problem);
        }
        Answer<T> answer = new Answer<>();
        repeater.submit(
                new AddWatch(watch.serverPath(), watch.mode()),
                watch.sink(),
                outcome -> complete(answer, outcome, path, null, result));
        return answer;
    }

    /** A request at one path, which is checked first. */
    <T> CompletableFuture<T> call(
            String path,
            Function<String, Request> request,
            @Nullable WatchHandle watch,
            Function<Reply, @Nullable T> result) {
        RefusedException problem = Requests.problem(path);
        if (problem != null) {
            return failed(problem, watch);
        }
        String serverPath = chroot.toServer(path);
        WatchSink sink = watch == null ? null : watch.register(session, chroot, serverPath);
        Answer<T> answer = new Answer<>();
        repeater.submit(request.apply(serverPath), sink, outcome -> complete(answer, outcome, path, watch, result));
        return answer;
    }

    /** A request that needs no check and no watch. */
    <T> CompletableFuture<T> submit(@Nullable String path, Request request, Function<Reply, @Nullable T> result) {
        Answer<T> answer = new Answer<>();
        repeater.submit(request, null, outcome -> complete(answer, outcome, path, null, result));
        return answer;
    }

    CompletableFuture<List<TransactionResult>> commit(List<Request> operations, List<String> paths) {
        Answer<List<TransactionResult>> answer = new Answer<>();
        repeater.submit(new Multi(operations), null, outcome -> {
            if (outcome instanceof Outcome.Done done) {
                complete(answer, ((MultiReply) done.reply()).results(), paths);
            } else {
                session.callBack(answer.settle(null, failure(outcome, paths.isEmpty() ? null : paths.get(0))));
            }
        });
        return answer;
    }

    /** Waits for an outcome, and throws a failure as if it had happened here. */
    <T> T await(CompletableFuture<T> future) {
        if (session.isLoopThread() && !future.isDone()) {
            throw new IllegalStateException("waiting on the client's own loop: use the method that returns a future,"
                    + " or give the builder an executor for callbacks");
        }
        try {
            CompletableFuture<T> early = future instanceof Answer<T> answer ? answer.early() : future;
            return early.get(
                    (long) operationTimeoutMs * repeater.longestInTimeouts() + GRACE_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ZabException failure) {
                failure.fillInStackTrace();
                throw failure;
            }
            throw new IllegalStateException("a reply could not be read", e.getCause());
        } catch (TimeoutException e) {
            throw new OutcomeUnknownException("the client's loop does not answer", null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknownException("interrupted", null);
        }
    }

    String createdPath(Reply reply) {
        return reply instanceof Create2Reply full
                ? chroot.toClient(full.path())
                : chroot.toClient(((CreateReply) reply).path());
    }

    Created created(Reply reply) {
        Create2Reply created = (Create2Reply) reply;
        return new Created(chroot.toClient(created.path()), created.stat());
    }

    static Stat stat(Reply reply) {
        return ((StatReply) reply).stat();
    }

    private static List<String> names(Reply reply) {
        return names(((ChildrenReply) reply).names());
    }

    static List<String> names(List<Bytes> encoded) {
        List<String> names = new ArrayList<>(encoded.size());
        for (Bytes name : encoded) {
            names.add(name.utf8());
        }
        return names;
    }

    private static <T> CompletableFuture<T> failed(ZabException failure, @Nullable WatchHandle watch) {
        if (watch != null) {
            watch.fail(failure);
        }
        return CompletableFuture.failedFuture(failure);
    }

    private <T> void complete(
            Answer<T> answer,
            Outcome outcome,
            @Nullable String path,
            @Nullable WatchHandle watch,
            Function<Reply, @Nullable T> result) {
        if (outcome instanceof Outcome.Done done) {
            session.callBack(answer.settle(result.apply(done.reply()), null));
            return;
        }
        ZabException failure = failure(outcome, path);
        if (watch != null) {
            session.callBack(() -> watch.fail(failure));
        }
        session.callBack(answer.settle(null, failure));
    }

    static ZabException failure(Outcome outcome, @Nullable String path) {
        if (outcome instanceof Outcome.Refused refused) {
            return new RefusedException(refused.error(), refused.reason(), path);
        }
        if (outcome instanceof Outcome.Uncertain uncertain) {
            return new OutcomeUnknownException(uncertain.reason(), path);
        }
        if (outcome instanceof Outcome.SessionLost lost) {
            return new SessionLostException(lost.reason(), path);
        }
        throw new IllegalArgumentException("not a failure: " + outcome);
    }

    private void complete(Answer<List<TransactionResult>> answer, List<MultiReply.Result> results, List<String> paths) {
        List<TransactionResult> done = new ArrayList<>();
        List<ErrorCode> codes = new ArrayList<>();
        for (MultiReply.Result result : results) {
            if (result instanceof MultiReply.Result.Failed failed) {
                codes.add(failed.error());
            } else if (result instanceof MultiReply.Result.Done one) {
                done.add(result(one));
            }
        }
        if (codes.isEmpty()) {
            session.callBack(answer.settle(done, null));
            return;
        }
        int failed = 0;
        while (codes.get(failed) == ErrorCode.OK && failed < codes.size() - 1) {
            failed++;
        }
        session.callBack(answer.settle(null, new TransactionRefusedException(failed, codes, paths.get(failed))));
    }

    private TransactionResult result(MultiReply.Result.Done done) {
        return switch (done.op()) {
            case CREATE2 -> {
                Created created = created(done.reply());
                yield new TransactionResult.ZnodeCreated(created.path(), created.stat());
            }
            case CREATE_IF_NOT_EXISTS -> new TransactionResult.ZnodePresent(createdPath(done.reply()));
            case CHECK_NOT_EXISTS -> new TransactionResult.ZnodeAbsent();
            case SET_DATA -> new TransactionResult.DataSet(stat(done.reply()));
            case DELETE, REMOVE_RECURSIVE -> new TransactionResult.ZnodeDeleted();
            case CHECK -> new TransactionResult.VersionChecked();
            default -> throw new IllegalStateException("a result of " + done.op() + " in a transaction");
        };
    }
}
