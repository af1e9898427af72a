package io.zabkeeper.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One {@link BuiltEnsemble} for all integration tests, which leave its members as they are and have znodes of their own. */
final class SharedEnsemble implements BeforeAllCallback {
    private @Nullable Home home;

    BuiltEnsemble ensemble() {
        return home().ensemble;
    }

    /** Where the commands run that the ensemble is given. */
    Path dir() {
        return home().dir;
    }

    private Home home() {
        Home started = home;
        if (started == null) {
            throw new IllegalStateException("not started: the tests of this class have not begun");
        }
        return started;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        home = context.getStore(
                        ExtensionContext.StoreScope.LAUNCHER_SESSION,
                        ExtensionContext.Namespace.create(SharedEnsemble.class))
                .computeIfAbsent(Home.class, type -> Home.start(), Home.class);
    }

    private record Home(Path dir, BuiltEnsemble ensemble) implements AutoCloseable {
        static Home start() {
            try {
                Path dir = Files.createTempDirectory("built");
                return new Home(dir, BuiltEnsemble.start(dir));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            ensemble.close();
            try (Stream<Path> files = Files.walk(dir)) {
                List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : all) {
                    Files.delete(file);
                }
            }
        }
    }
}
