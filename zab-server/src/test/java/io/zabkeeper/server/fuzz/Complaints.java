package io.zabkeeper.server.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import io.netty.util.ResourceLeakDetector;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The server's log while a campaign runs. Who refuses something says so, a hundred thousand times a second: that is left
 * out. An error is what must not happen, and would otherwise only end a connection.
 */
public final class Complaints implements AutoCloseable {
    private static final ConcurrentLinkedQueue<AssertionError> ERRORS = new ConcurrentLinkedQueue<>();

    private final Logger log = (Logger) LoggerFactory.getLogger("io.zabkeeper.server");

    /** Tells of buffers that nobody has released when they are collected. */
    private final Logger leaks = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);

    private final @Nullable Level before = log.getLevel();
    private final Recorder recorder = new Recorder();

    public Complaints() {
        log.setLevel(Level.ERROR);
        recorder.setContext(log.getLoggerContext());
        recorder.start();
        log.addAppender(recorder);
        leaks.addAppender(recorder);
    }

    /** Throws the first error since the last call. */
    public static void rethrow() {
        AssertionError first = ERRORS.poll();
        if (first != null) {
            ERRORS.clear();
            throw first;
        }
    }

    @Override
    public void close() {
        log.detachAppender(recorder);
        leaks.detachAppender(recorder);
        log.setLevel(before);
    }

    private static final class Recorder extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            Throwable cause = event.getThrowableProxy() instanceof ThrowableProxy proxy ? proxy.getThrowable() : null;
            ERRORS.add(new AssertionError(event.getLoggerName() + ": " + event.getFormattedMessage(), cause));
        }
    }
}
