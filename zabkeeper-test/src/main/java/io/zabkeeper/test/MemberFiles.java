package io.zabkeeper.test;

import io.zabkeeper.server.config.ConfigException;
import io.zabkeeper.server.config.ConfigFile;
import io.zabkeeper.server.config.ServerConfig;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the members of one ensemble have on disk: for each its data, its number, and a configuration in the usual form. */
final class MemberFiles {
    private static final String HOST = "127.0.0.1";

    /**
     * Short ticks allow short sessions; the limits that are counted in ticks stay long, since a test machine may be busy.
     * An election has nobody to wait for: all members are here. Small segments are soon made.
     */
    private static final Map<String, String> DEFAULTS = Map.of(
            "tickTime", "100",
            "initLimit", "100",
            "syncLimit", "50",
            "maxSessionTimeout", "60000",
            "maxClientCnxns", "0",
            "zab.finalizeWaitMs", "20",
            "zab.segmentBytes", "4194304");

    private final Path root;
    private final List<MemberPorts> members;
    private final Map<String, String> settings;

    /** Where a member listens, and the number that its line has for the election but nobody uses. */
    record MemberPorts(int client, int peer, int election) {}

    private MemberFiles(Path root, List<MemberPorts> members, Map<String, String> settings) {
        this.root = root;
        this.members = List.copyOf(members);
        this.settings = settings;
    }

    /**
     * Makes a temporary directory, which is empty as yet; its name has the id of this process.
     *
     * @param settings as {@link #settings} returned them
     */
    static MemberFiles in(List<MemberPorts> members, Map<String, String> settings) {
        try {
            String prefix = "zabkeeper-test-" + ProcessHandle.current().pid() + "-";
            return new MemberFiles(Files.createTempDirectory(prefix), members, settings);
        } catch (IOException failure) {
            throw new TestEnsembleException("there is no place for the members' data: " + failure, failure);
        }
    }

    /**
     * All keys of the configuration that are the same for all members.
     *
     * @param instead of the defaults, or beside them
     * @throws IllegalArgumentException if one of them is the ensemble's own affair
     */
    static Map<String, String> settings(Map<String, String> instead) {
        Map<String, String> settings = new TreeMap<>(DEFAULTS);
        for (Map.Entry<String, String> setting : instead.entrySet()) {
            if (isOurs(setting.getKey())) {
                throw new IllegalArgumentException(setting.getKey() + " is set by the test ensemble; leave it out");
            }
            settings.put(setting.getKey(), setting.getValue());
        }
        return settings;
    }

    private static boolean isOurs(String key) {
        return key.startsWith("server.")
                || key.startsWith("clientPort")
                || key.equals("dataDir")
                || key.equals("dataLogDir")
                || key.equals("dynamicConfigFile");
    }

    /**
     * Writes the files of one member.
     *
     * @param id from 1
     * @throws IllegalArgumentException if a setting is refused; the message names it
     */
    ServerConfig write(int id) {
        Path directory = root.resolve("member-" + id);
        try {
            Path data = Files.createDirectories(directory.resolve("data"));
            Files.writeString(data.resolve("myid"), id + "\n");
            Path file = Files.write(directory.resolve("zab.cfg"), lines(id, data));
            // Without the system properties: what the test's process is told is not meant for its members.
            return ConfigFile.read(file, Map.of());
        } catch (IOException failure) {
            throw new TestEnsembleException("the files of member " + id + " cannot be written: " + failure, failure);
        } catch (ConfigException refused) {
            throw new IllegalArgumentException("a setting of the test ensemble is refused: " + refused.getMessage());
        }
    }

    private List<String> lines(int id, Path data) {
        List<String> lines = new ArrayList<>();
        settings.forEach((key, value) -> lines.add(key + "=" + escaped(value)));
        lines.add("dataDir=" + escaped(data.toString()));
        lines.add("clientPort=" + members.get(id - 1).client());
        lines.add("clientPortAddress=" + HOST);
        if (members.size() > 1) {
            for (int i = 0; i < members.size(); i++) {
                MemberPorts ports = members.get(i);
                lines.add("server." + (i + 1) + "=" + HOST + ":" + ports.peer() + ":" + ports.election());
            }
        }
        return lines;
    }

    /** The form of the file eats a backslash. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\");
    }

    /** Removes everything, the directory itself too. */
    void remove() {
        try {
            removeAll();
        } catch (IOException failure) {
            throw new TestEnsembleException("the members' data cannot be removed: " + failure, failure);
        }
    }

    private void removeAll() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
