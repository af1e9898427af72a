package io.zabkeeper.bench.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every file of the repository that is not built, with its text: paths are relative and use slashes. */
final class SourceTree {
    private static final List<String> BUILT_OR_PRIVATE =
            List.of(".git", "target", ".idea", ".vscode", ".settings", ".zabkeeper");

    private final Path root;
    private final List<String> paths = new ArrayList<>();
    private final Map<String, String> texts = new TreeMap<>();

    SourceTree(Path root) throws IOException {
        this.root = root;
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return isOurs(directory) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (isOurs(file)) {
                    paths.add(root.relativize(file).toString().replace('\\', '/'));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(paths);
    }

    private static boolean isOurs(Path path) {
        String name = path.getFileName().toString();
        return !BUILT_OR_PRIVATE.contains(name) && !name.endsWith(".iml") && !name.endsWith(".class");
    }

    List<String> paths() {
        return paths;
    }

    List<String> paths(String suffix) {
        return paths.stream().filter(path -> path.endsWith(suffix)).toList();
    }

    Path file(String path) {
        return root.resolve(path);
    }

    boolean exists(String path) {
        return Files.exists(root.resolve(path));
    }

    String text(String path) {
        return texts.computeIfAbsent(path, this::read);
    }

    List<String> lines(String path) {
        return List.of(text(path).split("\n", -1));
    }

    private String read(String path) {
        try {
            return Files.readString(root.resolve(path), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
