package io.zabkeeper.server.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A directory of the operating system.
 *
 * <p>Threads that use it must never be interrupted: an interrupt closes the channel under them.
 */
public final class RealDisk implements Disk {
    private final Path root;

    public RealDisk(Path root) {
        this.root = root;
    }

    @Override
    public DiskFile open(String name) throws IOException {
        return new RealFile(FileChannel.open(root.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public DiskFile create(String name) throws IOException {
        try {
            return new RealFile(FileChannel.open(
                    root.resolve(name),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING));
        } catch (IOException e) {
            throw translated(e);
        }
    }

    @Override
    public boolean exists(String name) {
        return Files.exists(root.resolve(name));
    }

    @Override
    public void createDirectory(String name) throws IOException {
        Files.createDirectories(root.resolve(name));
    }

    @Override
    public void rename(String source, String target) throws IOException {
        Files.move(root.resolve(source), root.resolve(target), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.delete(root.resolve(name));
    }

    @Override
    public void syncDirectory(String name) throws IOException {
        try (FileChannel directory = FileChannel.open(root.resolve(name), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public List<String> list(String directory) throws IOException {
        Path path = root.resolve(directory);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(path)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public long freeBytes() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    @Override
    public String locate(String name) {
        return root.resolve(name).toString();
    }

    /** The JDK tells a full disk from other errors by the text of the operating system alone. */
    private static IOException translated(IOException error) {
        String text = String.valueOf(error.getMessage());
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota exceeded")) {
            DiskFullException full = new DiskFullException(text);
            full.initCause(error);
            return full;
        }
        return error;
    }

    private static final class RealFile implements DiskFile {
        private final FileChannel channel;

        private RealFile(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            try {
                long at = position;
                while (source.hasRemaining()) {
                    at += channel.write(source, at);
                }
            } catch (IOException e) {
                throw translated(e);
            }
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            int total = 0;
            while (target.hasRemaining()) {
                int got = channel.read(target, position + total);
                if (got < 0) {
                    break;
                }
                total += got;
            }
            return total;
        }

        /** fdatasync: the size and the place of a segment are durable since it was filled with zeros. */
        @Override
        public void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public long sizeBytes() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
