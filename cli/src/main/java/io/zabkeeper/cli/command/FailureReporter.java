package io.zabkeeper.cli.command;

import io.zabkeeper.cli.ensemble.EnsembleFailure;
import io.zabkeeper.cli.output.Screen;
import io.zabkeeper.cli.output.Style;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * How a command's failure becomes a message and an exit code.
 *
 * <p>A class with a name and no lambdas: those would have picocli's interfaces, which are of before Java 6, verified when
 * the archive of class data is made, and what was verified then is left out of it. Every command would read picocli's jar.
 */
final class FailureReporter implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Screen screen;

    FailureReporter(Screen screen) {
        this.screen = screen;
    }

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        String command = exception.getCommandLine().getCommandSpec().qualifiedName();
        report(exception.getMessage() + "\nTry '" + command + " --help'.");
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult words) throws Exception {
        if (exception instanceof CommandFailure failure) {
            report(String.valueOf(failure.getMessage()));
            return failure.exitCode();
        }
        if (exception instanceof EnsembleFailure || exception instanceof IOException) {
            report(String.valueOf(exception.getMessage()));
            return ExitCode.REFUSED;
        }
        if (exception instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return ExitCode.UNKNOWN;
        }
        throw exception;
    }

    private void report(String message) {
        screen.note(screen.onErr(Style.BAD, message));
    }
}
