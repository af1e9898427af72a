package io.zabkeeper.server.oracle;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The reference and ours, started at the same time: the one works while the other waits for its election. */
public record BothSubjects(Subject reference, Subject own) implements AutoCloseable {
    /** Starts both in the same shape, and waits until every member serves. */
    public static BothSubjects started(int members, String... settings) throws IOException {
        return started(() -> Subject.reference(members, settings), () -> Subject.own(members, settings));
    }

    /** Starts each as it is told to. */
    public static BothSubjects started(Callable<Subject> reference, Callable<Subject> own) throws IOException {
        CompletableFuture<Subject> theirs = inBackground(reference);
        CompletableFuture<Subject> ours = inBackground(own);
        try {
            return theirs.thenCombine(ours, BothSubjects::new).join();
        } catch (CompletionException failed) {
            theirs.thenAccept(Subject::close);
            ours.thenAccept(Subject::close);
            throw new IOException("not both are started", failed.getCause());
        }
    }

    private static CompletableFuture<Subject> inBackground(Callable<Subject> start) {
        CompletableFuture<Subject> started = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        started.complete(start.call());
                    } catch (Exception | AssertionError failed) {
                        started.completeExceptionally(failed);
                    }
                })
                .start();
        return started;
    }

    @Override
    public void close() {
        own.close();
        reference.close();
    }
}
