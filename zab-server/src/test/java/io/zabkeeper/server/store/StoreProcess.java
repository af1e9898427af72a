package io.zabkeeper.server.store;

import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.server.tree.Cut;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a forked JVM does to a checkpoint until somebody kills it, or it kills itself. */
final class StoreProcess {
    private static final int INSTALL_EVERY = 5;

    private StoreProcess() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[1]);
        if (arguments[0].equals("write")) {
            write(directory, Long.parseLong(arguments[2]));
        } else {
            truncateWhileOpen(directory);
        }
    }

    static Process start(Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens",
                "java.base/java.nio=ALL-UNNAMED",
                "--add-opens",
                "java.base/sun.nio.ch=ALL-UNNAMED",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + directory.resolveSibling("hs_err.log"),
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output(directory).toFile())
                .start();
    }

    /** Where a process on this directory prints to; a pipe would be closed when it is killed. */
    static Path output(Path directory) {
        return directory.resolveSibling("output");
    }

    /** The cut that leads to a position is a function of the seed, so that anybody can tell the state at any position. */
    static Cut step(Model model, long seed, long zxid) {
        RandomGenerator random = Model.random(seed + zxid);
        return model.change(random, zxid, 1 + random.nextInt(400), 2_000);
    }

    private static void write(Path directory, long seed) throws IOException {
        LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory);
        checkpoints.discardLeftovers();
        SnapshotMeta loaded = checkpoints.load(CheckpointReader.NOWHERE);
        Model model = new Model();
        for (long zxid = 1; zxid <= loaded.zxid(); zxid++) {
            step(model, seed, zxid);
        }
        for (long zxid = loaded.zxid() + 1; ; zxid++) {
            Cut cut = step(model, seed, zxid);
            if (zxid % INSTALL_EVERY == 0) {
                try (Staging staging = checkpoints.stage(null)) {
                    model.everything(cut.meta()).writeTo(staging);
                    staging.finish(cut.meta());
                    staging.install();
                }
            } else {
                checkpoints.write(cut);
            }
            System.out.println(zxid);
        }
    }

    private static void truncateWhileOpen(Path directory) throws IOException {
        LmdbCheckpoints checkpoints = LmdbCheckpoints.open(directory);
        checkpoints.load(CheckpointReader.NOWHERE);
        checkpoints.write(Model.nodes(2, 1, 10_000, 100, 10_000));
        try (RandomAccessFile data = new RandomAccessFile(
                directory.resolve("ckpt.1").resolve(Environment.DATA).toFile(), "rw")) {
            data.setLength(3 * 4096);
        }
        System.out.println("truncated");
        checkpoints.write(Model.nodes(3, 1, 10_000, 100, 10_000));
        System.out.println("written");
    }
}
