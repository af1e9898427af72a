package io.zabkeeper.cli.command;

import io.zabkeeper.cli.treefile.TreeFile;
import io.zabkeeper.cli.treefile.TreeFileWriter;
import io.zabkeeper.cli.treefile.TreeFormat;
import io.zabkeeper.wire.ZnodePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab export}: writes a subtree into a file. */
@Command(
        name = "export",
        description = {
            "Write a znode and all below it as YAML or JSON, for 'import', 'diff' and 'apply'.",
            "Data that is printable text is written as text, other data as base64. Ephemeral znodes stay out, and so"
                    + " does /zookeeper. Not a snapshot: what changes meanwhile may be in it or not."
        })
final class ExportCommand extends SessionCommand {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The file, which is overwritten (default: stdout).")
    private @Nullable String file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: json for a FILE that ends in .json, otherwise yaml).")
    private @Nullable TreeFormat format;

    @Option(names = "--acl", description = "Write who may do what too.")
    private boolean isWithAcl;

    @Parameters(paramLabel = "PATH", description = "The znode.")
    private String path = "";

    @Override
    String path() {
        return path;
    }

    @Override
    void run(Session session) throws InterruptedException, IOException {
        Progress progress = new Progress(screen(), "znodes read");
        List<ZnodeImage> all = ZnodeImage.readAll(session, path, isWithAcl, progress::show);
        progress.end();
        List<ZnodeImage> kept = all.stream()
                .filter(znode -> !znode.isEphemeral() && !Plan.isSystem(znode.path()))
                .toList();
        if (kept.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.REFUSED, path + " is ephemeral, or the service's own: neither belongs into a file");
        }
        write(TreeFileWriter.text(
                new TreeFile(path, kept.stream().map(this::entry).toList()), format()));
        long ephemerals = all.stream().filter(ZnodeImage::isEphemeral).count();
        if (ephemerals > 0) {
            screen().note("left out " + ephemerals + " ephemeral znode" + (ephemerals == 1 ? "" : "s"));
        }
    }

    private TreeFile.Entry entry(ZnodeImage znode) {
        String below = path.equals(ZnodePath.ROOT) ? znode.path() : znode.path().substring(path.length());
        return new TreeFile.Entry(
                below.isEmpty() ? ZnodePath.ROOT : below, znode.data(), isWithAcl ? znode.wholeAcl() : null);
    }

    private TreeFormat format() {
        if (format != null) {
            return format;
        }
        return file == null ? TreeFormat.YAML : TreeFormat.of(file);
    }

    private void write(String text) throws IOException {
        if (file == null) {
            screen().text(text);
        } else {
            Files.write(
                    zab().context().environment().workingDir().resolve(file), text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
