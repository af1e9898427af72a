package io.zabkeeper.server.ensemble;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * What a member's virtual machine would otherwise read, check and lay out at each start: tests start hundreds of members,
 * and with it a start takes half of the work. Made when a program is started for the fourth time in one process, by a member that
 * serves once and ends; from then on every process with the same class path finds it below {@code target}. Without it members
 * start as well.
 *
 * <p>Only what comes from jars can be in it, so directories of the class path are packed first.
 */
final class ClassData {
    /** Starts until it is worth its while. */
    private static final int WORTH_IT = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** No process that uses what is older than this still runs. */
    private static final Duration OUTDATED = Duration.ofHours(2);

    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final Path PLACE = Path.of("target", "class-data").toAbsolutePath();
    private static final Map<Program, ClassData> BY_PROGRAM = new EnumMap<>(Program.class);

    private final Program program;
    private int starts;
    private @Nullable Path directory;
    private List<String> options = List.of("-cp", CLASS_PATH);

    private ClassData(Program program) {
        this.program = program;
    }

    /** What the virtual machine of this program's next member is told: the class path, and where class data is. */
    static List<String> options(Program program) {
        ClassData data;
        synchronized (BY_PROGRAM) {
            data = BY_PROGRAM.computeIfAbsent(program, ClassData::new);
        }
        return data.next();
    }

    private synchronized List<String> next() {
        starts++;
        try {
            if (starts == 1) {
                directory = PLACE.resolve(fingerprint());
                take();
            } else if (starts == WORTH_IT && directory != null && !take()) {
                make();
                take();
            }
        } catch (IOException | AssertionError | InterruptedException e) {
            System.err.println("no class data for members of " + program + ": " + e);
        }
        return options;
    }

    private Path archive(Path home) {
        return home.resolve(program + ".jsa");
    }

    /** Uses what somebody has made. */
    private boolean take() throws IOException {
        Path home = directory;
        if (home == null || !Files.exists(archive(home))) {
            return false;
        }
        options = List.of(
                "-XX:SharedArchiveFile=" + archive(home),
                "-Xshare:auto",
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off",
                "-cp",
                Files.readString(home.resolve("class-path")));
        return true;
    }

    /** One process at a time, and in it one program: the others wait for it rather than do it once more. */
    private void make() throws IOException, InterruptedException {
        Path home = Objects.requireNonNull(directory);
        synchronized (ClassData.class) {
            Files.createDirectories(PLACE);
            try (FileChannel channel = FileChannel.open(
                            PLACE.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(archive(home))) {
                    removeOutdated();
                    dump(home);
                }
            }
        }
    }

    private void dump(Path home) throws IOException, InterruptedException {
        Path written = home.resolve("class-path");
        if (!Files.exists(written)) {
            Files.createDirectories(home);
            Files.writeString(written, packed(home));
        }
        Path unfinished = home.resolve(program + ".unfinished");
        Files.deleteIfExists(unfinished);
        List<String> dumping =
                List.of("-XX:ArchiveClassesAtExit=" + unfinished, "-Xlog:cds*=off", "-cp", Files.readString(written));
        try (TestEnsemble model = TestEnsemble.configured(program, 1, "admin.enableServer=false")) {
            MemberProcess member = model.member(1);
            member.start(dumping);
            Eventually.get("a member serves", PATIENCE, member::mode);
            member.stop();
        }
        if (Files.exists(unfinished)) {
            Files.move(unfinished, archive(home), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Changes with every file of the class path, and with the virtual machine. */
    private static String fingerprint() throws IOException {
        StringBuilder all = new StringBuilder(System.getProperty("java.vm.version"));
        for (String element : CLASS_PATH.split(File.pathSeparator, -1)) {
            if (!Files.exists(Path.of(element))) {
                continue;
            }
            try (Stream<Path> files = Files.walk(Path.of(element))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    all.append('\n').append(file).append(' ').append(Files.size(file));
                    all.append(' ').append(Files.getLastModifiedTime(file).toMillis());
                }
            }
        }
        return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static void removeOutdated() throws IOException {
        FileTime limit = FileTime.from(Instant.now().minus(OUTDATED));
        try (Stream<Path> homes = Files.list(PLACE)) {
            for (Path home : homes.filter(Files::isDirectory).toList()) {
                if (Files.getLastModifiedTime(home).compareTo(limit) < 0) {
                    remove(home);
                }
            }
        }
    }

    /** The class path with jars only. */
    private static String packed(Path directory) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String element : CLASS_PATH.split(File.pathSeparator, -1)) {
            Path place = Path.of(element);
            if (Files.isDirectory(place)) {
                Path jar = directory.resolve(jars.size() + ".jar");
                pack(place, jar);
                jars.add(jar.toString());
            } else {
                jars.add(element);
            }
        }
        return String.join(File.pathSeparator, jars);
    }

    private static void pack(Path directory, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> found = Files.walk(directory)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (Path content : found.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new JarEntry(directory.relativize(content).toString().replace(File.separatorChar, '/')));
                Files.copy(content, out);
                out.closeEntry();
            }
        }
    }

    private static void remove(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(home);
    }
}
