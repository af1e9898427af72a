package io.zabkeeper.cli.command;

import io.zabkeeper.cli.treefile.TreeFile;
import io.zabkeeper.cli.treefile.TreeFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A command about a file that holds a subtree, and the place of that in the service. */
abstract class FileCommand extends SessionCommand {
    static final String FILE_DESCRIPTION = "The file, '-' for stdin.";
    static final String PATH_DESCRIPTION = "Where the file's root belongs (default: where it was).";

    private @Nullable TreeFile tree;

    abstract String file();

    /** The place as given; null if it was not. */
    abstract @Nullable String place();

    abstract void run(Session session, TreeFile tree, String place) throws InterruptedException, IOException;

    /** Reads the file ahead of everything else: for a bad one no session is opened. */
    @Override
    public Integer call() throws InterruptedException, IOException {
        tree = TreeFileReader.read(file().equals("-") ? "stdin" : file(), content());
        return super.call();
    }

    @Override
    final String path() {
        String given = place();
        String place = given == null ? tree().root() : given;
        if (place == null) {
            throw new CommandFailure(ExitCode.USAGE, "where to? The file does not say what its root was; give a PATH");
        }
        return place;
    }

    @Override
    final void run(Session session) throws InterruptedException, IOException {
        run(session, tree(), path());
    }

    private TreeFile tree() {
        return Objects.requireNonNull(tree, "not read yet");
    }

    private byte[] content() throws IOException {
        if (file().equals("-")) {
            return screen().in().readAllBytes();
        }
        Path path = zab().context().environment().workingDir().resolve(file());
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCode.USAGE, "there is no file " + path);
        }
    }
}
