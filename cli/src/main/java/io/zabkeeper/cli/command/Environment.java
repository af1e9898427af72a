package io.zabkeeper.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the process was given besides its arguments.
 *
 * @param root where the project lies, when the start script said so
 * @param workingDir the directory of the caller
 * @param variables the environment variables
 */
public record Environment(@Nullable Path root, Path workingDir, Map<String, String> variables) {
    /** The variable, unless it is missing or empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /** The same with other values of some variables; empty ones are as if they were missing. */
    public Environment with(Map<String, String> others) {
        Map<String, String> all = new HashMap<>(variables);
        all.putAll(others);
        return new Environment(root, workingDir, all);
    }

    /** Where the local ensemble lives unless the user says otherwise: beside the project, or here if that is read-only. */
    Path ensembleDir() {
        Path base = root != null && Files.isWritable(root) ? root : workingDir;
        return base.resolve(".zabkeeper");
    }
}
