package io.zabkeeper.server.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A script's side of the dialogue that {@link ScriptRun} leads. It knows the JDK alone, because a script runs with the class
 * path of the client that it tries.
 */
final class Script {
    private final BufferedReader answers = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private int operations;

    /** Plays a script to its end, which is the end of the process. */
    static void play(Play play) {
        Script script = new Script();
        try {
            play.with(script);
        } catch (Exception failure) {
            failure.printStackTrace(System.out);
            System.exit(1);
        }
        System.out.println("ops=" + script.operations + " ok");
        System.exit(0);
    }

    /** An operation, and what it answers. */
    void gives(String operation, @Nullable Object expected, Callable<? extends @Nullable Object> call) {
        @Nullable Object actual;
        try {
            actual = call.call();
        } catch (Exception failure) {
            throw failed(operation + " threw " + failure);
        }
        same(operation, expected, actual);
    }

    /** An operation, and how it is refused. */
    void fails(String operation, Class<? extends Exception> expected, Callable<? extends @Nullable Object> call) {
        @Nullable Object actual;
        try {
            actual = call.call();
        } catch (Exception failure) {
            same(operation, expected, failure.getClass());
            return;
        }
        throw failed(operation + " answered " + actual + " instead of " + expected);
    }

    /** What an operation has answered. */
    void same(String operation, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw failed(operation + ": expected " + expected + " but was " + actual);
        }
        operations++;
        System.out.println("ok " + operation);
    }

    /** Has something done that the client itself cannot do. */
    String ask(String request) throws IOException {
        System.out.println("@" + request);
        return answers.readLine();
    }

    private static IllegalStateException failed(String what) {
        System.out.println("FAILED " + what);
        return new IllegalStateException(what);
    }

    /** What a script does. */
    interface Play {
        void with(Script script) throws Exception;
    }
}
