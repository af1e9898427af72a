package io.zabkeeper.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Env;
import org.lmdbjava.Meta;
import org.lmdbjava.TargetName;

/**
 * Gets LMDB into the process, once. The library comes inside a jar and must be unpacked to a place from which the system
 * lets code run; where it does not, the class that failed to load stays broken, so the place is tried out first.
 *
 * <p>The properties {@code lmdbjava.native.lib}, {@code lmdbjava.extract.dir} and {@code jffi.extract.dir} are respected
 * when they are set.
 */
final class NativeLibrary {
    private static final String TRIAL = "trial.so";

    private static final AtomicBoolean LOADED = new AtomicBoolean();

    private NativeLibrary() {}

    /** Takes a few hundred milliseconds the first time, most of it for loading classes. */
    static synchronized void load(Path directory) {
        if (LOADED.get()) {
            return;
        }
        if (!TargetName.IS_EXTERNAL) {
            String place = executablePlace(directory).toString();
            System.getProperties().putIfAbsent("lmdbjava.extract.dir", place);
            System.getProperties().putIfAbsent("jffi.extract.dir", place);
        }
        try {
            Meta.version();
        } catch (LinkageError e) {
            throw new CheckpointFailed(
                    "LMDB cannot be loaded (" + e + "). Java needs"
                            + " --add-opens java.base/java.nio=ALL-UNNAMED --add-opens java.base/sun.nio.ch=ALL-UNNAMED",
                    e);
        }
        // What an earlier process left behind that was killed, and what the binding has just unpacked.
        removeUnpacked(directory);
        LOADED.set(true);
    }

    private static Path executablePlace(Path directory) {
        List<String> refusals = new ArrayList<>();
        Path found = tried(() -> Files.createDirectories(directory), refusals);
        if (found == null) {
            found = tried(NativeLibrary::temporaryDirectory, refusals);
        }
        if (found == null) {
            throw new CheckpointFailed("there is no directory from which the LMDB library can be run; is everything"
                    + " mounted noexec? Set -Dlmdbjava.extract.dir and -Djffi.extract.dir to one that is not, or"
                    + " -Dlmdbjava.native.lib to an installed liblmdb.so. Tried " + refusals);
        }
        return found;
    }

    private interface Place {
        Path make() throws IOException;
    }

    private static @Nullable Path tried(Place wanted, List<String> refusals) {
        try {
            Path place = wanted.make().toAbsolutePath();
            Path trial = place.resolve(TRIAL);
            try (InputStream library = open()) {
                Files.copy(library, trial, StandardCopyOption.REPLACE_EXISTING);
                System.load(trial.toString());
                return place;
            } finally {
                Files.deleteIfExists(trial);
            }
        } catch (IOException | UnsatisfiedLinkError e) {
            refusals.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static Path temporaryDirectory() throws IOException {
        Path temporary = Files.createTempDirectory(
                "zabkeeper-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        temporary.toFile().deleteOnExit();
        return temporary;
    }

    private static InputStream open() throws IOException {
        InputStream library = Env.class.getClassLoader().getResourceAsStream(TargetName.RESOLVED_FILENAME);
        if (library == null) {
            throw new IOException("the jar has no " + TargetName.RESOLVED_FILENAME);
        }
        return library;
    }

    /** A mapped library needs its name no more, and a killed process leaves one behind at every start otherwise. */
    private static void removeUnpacked(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = CurrentFile.name(file);
                if (name.startsWith("lmdbjava-native-library-")) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            // It only wastes a little space.
            return;
        }
    }
}
