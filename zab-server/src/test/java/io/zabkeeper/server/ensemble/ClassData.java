package io.zabkeeper.server.ensemble;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/**
 * What a member's virtual machine would otherwise read, check and lay out at each start: tests start hundreds of members,
 * and with it a start takes half of the work. Made when a program is started for the fourth time in one process, by a member that
 * serves once and ends. Without it members start as well.
 *
 * <p>Only what comes from jars can be in it, so directories of the class path are packed first.
 */
final class ClassData {
    /** Starts until it is worth its while. */
    private static final int WORTH_IT = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final Map<Program, ClassData> BY_PROGRAM = new EnumMap<>(Program.class);

    private final Program program;
    private int starts;
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
        if (starts == WORTH_IT) {
            try {
                make();
            } catch (IOException | AssertionError | InterruptedException e) {
                System.err.println("no class data for members of " + program + ": " + e);
            }
        }
        return options;
    }

    private void make() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("class-data");
        String jars = packed(directory);
        Path archive = directory.resolve(program + ".jsa");
        List<String> dumping = List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds*=off", "-cp", jars);
        try (TestEnsemble model = TestEnsemble.configured(program, 1, "admin.enableServer=false")) {
            MemberProcess member = model.member(1);
            member.start(dumping);
            Eventually.get("a member serves", PATIENCE, member::mode);
            member.stop();
        }
        if (Files.exists(archive)) {
            options = List.of(
                    "-XX:SharedArchiveFile=" + archive,
                    "-Xshare:auto",
                    "-Xlog:cds=off",
                    "-Xlog:cds+dynamic=off",
                    "-cp",
                    jars);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory)));
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

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException left) {
            System.err.println("cannot be removed: " + directory + ": " + left);
        }
    }
}
