package io.zabkeeper.cli;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.Slf4JLoggerFactory;
import io.zabkeeper.cli.command.Approval;
import io.zabkeeper.cli.command.Context;
import io.zabkeeper.cli.command.Environment;
import io.zabkeeper.cli.command.Zab;
import io.zabkeeper.cli.output.Screen;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs one command: the only place that looks at the process, its properties, variables and streams, and ends it. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        String root = System.getProperty("zabkeeper.root");
        Environment environment =
                new Environment(root == null ? null : Path.of(root), Path.of("").toAbsolutePath(), System.getenv());
        List<String> terminals =
                List.of(System.getProperty("zabkeeper.terminals", "").split(",", -1));
        boolean isColourWanted = environment.variable("NO_COLOR").isEmpty()
                && !System.getenv().getOrDefault("TERM", "").equals("dumb");
        Screen screen = new Screen(
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                isColourWanted && terminals.contains("out"),
                isColourWanted && terminals.contains("err"));
        chooseLogging(environment);
        System.exit(run(environment, screen, terminals.contains("in"), arguments));
    }

    /** Log lines are for whoever looks into a problem; a command that has none loads no framework for them. */
    private static void chooseLogging(Environment environment) {
        if (environment.variable("ZAB_LOG").isPresent()) {
            System.setProperty("zab.log", environment.variable("ZAB_LOG").get());
        } else {
            System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
            System.setProperty("slf4j.internal.verbosity", "ERROR");
            // Where SLF4J logs nowhere, Netty starts a framework of its own, which reads every jar first.
            InternalLoggerFactory.setDefaultFactory(Slf4JLoggerFactory.INSTANCE);
        }
    }

    /**
     * Runs one command and returns its exit code.
     *
     * @param isInteractive whether stdin is a terminal
     */
    static int run(Environment environment, Screen screen, boolean isInteractive, String... arguments) {
        Approval approval = isInteractive ? new LineApproval(screen) : Approval.UNASKED;
        return Zab.commandLineFor(
                        arguments,
                        new Context(environment, screen, ClientSession::open, approval),
                        new Shell(isInteractive))
                .execute(arguments);
    }

    /** Buffered, because the commands flush; UTF-8, whatever the locale. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 13), false, StandardCharsets.UTF_8);
    }
}
