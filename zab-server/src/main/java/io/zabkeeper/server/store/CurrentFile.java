package io.zabkeeper.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Which environment counts. The name of its directory stands in a file that is only ever replaced whole: written beside,
 * synced, renamed, directory synced. A crash at any point leaves the old name or the new one.
 */
final class CurrentFile {
    private static final Pattern COMPLETE = Pattern.compile("ckpt\\.(\\d{1,18})");
    private static final Pattern NUMBERED = Pattern.compile("(?:ckpt\\.|ckpt\\.NEW-|damaged\\.)(\\d{1,18})");

    private final Path directory;
    private final Path file;
    private final Path replacement;

    CurrentFile(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("CURRENT");
        this.replacement = directory.resolve("CURRENT.tmp");
    }

    /** The environment that counts, or null when there is none yet. */
    @Nullable
    Path read() throws IOException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return adopted();
        }
        String[] words = text.strip().split(" ", -1);
        if (words.length != 2
                || !words[1].equals(checksum(words[0]))
                || !COMPLETE.matcher(words[0]).matches()) {
            throw new CheckpointDamaged(file + ": does not name a checkpoint. Write the name of the newest ckpt.N there"
                    + " only if there is exactly one; otherwise set them aside and let the peers send a snapshot");
        }
        return directory.resolve(words[0]);
    }

    /** A directory gets its final name when it is complete and durable, so a single one is good without being named. */
    private @Nullable Path adopted() throws IOException {
        List<Path> complete = new ArrayList<>();
        for (Path path : entries()) {
            if (COMPLETE.matcher(name(path)).matches()) {
                complete.add(path);
            }
        }
        if (complete.size() > 1) {
            throw new CheckpointDamaged(file + ": is missing, and there are " + complete.size()
                    + " checkpoints. Remove all but the newest");
        }
        return complete.isEmpty() ? null : complete.get(0);
    }

    /** Makes an environment the one that counts. */
    void write(Path environment) throws IOException {
        String name = name(environment);
        byte[] text = (name + " " + checksum(name) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        try (FileChannel channel = FileChannel.open(
                replacement,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(replacement, file, StandardCopyOption.ATOMIC_MOVE);
        sync(directory);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
        sync(directory);
    }

    /** Removes what an earlier process left half done. Environments that were set aside stay. */
    List<Path> removeLeftovers(@Nullable Path current) throws IOException {
        List<Path> removed = new ArrayList<>();
        Files.deleteIfExists(replacement);
        for (Path path : entries()) {
            if (name(path).startsWith("ckpt.") && !path.equals(current)) {
                removeTree(path);
                removed.add(path);
            }
        }
        if (!removed.isEmpty()) {
            sync(directory);
        }
        return removed;
    }

    /** Environments that were being filled, or stood ready to be installed, when a process ended. */
    List<Path> staged() {
        try {
            return entries().stream()
                    .filter(path -> name(path).startsWith("ckpt.NEW-"))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Greater than any number in use. */
    long nextNumber() throws IOException {
        long most = 0;
        for (Path path : entries()) {
            var matcher = NUMBERED.matcher(name(path));
            if (matcher.matches()) {
                most = Math.max(most, Long.parseLong(matcher.group(1)));
            }
        }
        return most + 1;
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.sorted().toList();
        }
    }

    static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** Makes the names in a directory durable. */
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void removeTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static String checksum(String name) {
        CRC32C crc = new CRC32C();
        crc.update(name.getBytes(StandardCharsets.ISO_8859_1));
        return Long.toHexString(crc.getValue());
    }
}
