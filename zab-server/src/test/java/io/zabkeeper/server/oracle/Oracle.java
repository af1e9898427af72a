package io.zabkeeper.server.oracle;

import io.zabkeeper.server.oracle.Recording.Entry;
import io.zabkeeper.server.oracle.Recording.What;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The reference and Zabkeeper side by side, and scripts that both are given. */
final class Oracle implements AutoCloseable {
    /** Everything that makes outcomes comparable; the reapers come so late that none runs into a script. */
    private static final List<String> SETTINGS = List.of(
            "tickTime=500",
            "initLimit=60",
            "syncLimit=60",
            "DigestAuthenticationProvider.superDigest=super:gG7s8t3oDEtIqF6DM9LlI/R+9Ss=",
            "-Dznode.container.checkIntervalMs=86400000");

    private static final int TRIES = 150;

    /** Runs a script on both; null when they agree. */
    interface Trial {
        @Nullable
        Difference run(Script script) throws IOException;
    }

    /** The same script, as each of them played it. */
    record Pair(Script script, Recording reference, Recording own) {
        @Nullable
        Difference difference() {
            return Difference.between(script, Transcript.of(reference), Transcript.of(own));
        }

        /** Requests that both answered, handshakes too. */
        int compared() {
            int count = 0;
            for (Entry entry : own.entries()) {
                boolean isReply =
                        entry.what() instanceof What.Came came && !came.frame().isEvent();
                count += isReply || entry.what() instanceof What.Answered ? 1 : 0;
            }
            return count;
        }
    }

    private final Subject reference;
    private final Subject own;
    private final Probes referenceProbes;
    private final Probes ownProbes;
    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private int runs;

    private Oracle(Subject reference, Subject own) throws IOException {
        this.reference = reference;
        this.own = own;
        this.referenceProbes = Probes.of(reference);
        this.ownProbes = Probes.of(own);
    }

    static Oracle start(int members, String... settings) throws IOException {
        List<String> all = new ArrayList<>(SETTINGS);
        all.addAll(List.of(settings));
        BothSubjects both = BothSubjects.started(members, all.toArray(String[]::new));
        try {
            return new Oracle(both.reference(), both.own());
        } catch (IOException | AssertionError failed) {
            both.close();
            throw failed;
        }
    }

    int members() {
        return own.members();
    }

    /** Plays a script on both at once, each under a root of its own. */
    Pair play(Script script) throws IOException {
        int run = ++runs;
        Callable<Recording> theirs = () -> ScriptRun.of(script, reference, referenceProbes, run);
        Future<Recording> pending = other.submit(theirs);
        Recording ours = ScriptRun.of(script, own, ownProbes, run);
        try {
            return new Pair(script, pending.get(), ours);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        }
    }

    /** The shortest script that still shows a difference; it must show each time that the script is played. */
    Difference shrink(Difference found) throws IOException {
        return Shrinker.shrink(found, script -> play(script).difference(), TRIES);
    }

    @Override
    public void close() {
        other.shutdownNow();
        referenceProbes.close();
        ownProbes.close();
        reference.close();
        own.close();
    }
}
