package io.zabkeeper.client.recipe;

import io.zabkeeper.server.ensemble.Program;
import io.zabkeeper.server.ensemble.TestEnsemble;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Three members that all tests of a run share; a test that stops one starts it again. */
final class SharedEnsemble implements BeforeAllCallback {
    /** Sessions of 1 s and elections of 2.5 s with either program. */
    private static final String[] SETTINGS = {
        "tickTime=500", "maxSessionTimeout=60000", "admin.enableServer=false", "preAllocSize=1024", "forceSync=no"
    };

    private final Program program;
    private @Nullable TestEnsemble ensemble;

    SharedEnsemble(Program program) {
        this.program = program;
    }

    TestEnsemble ensemble() {
        TestEnsemble started = ensemble;
        if (started == null) {
            throw new IllegalStateException("not started: the tests of this class have not begun");
        }
        return started;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ensemble = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedEnsemble.class))
                .computeIfAbsent(program, this::start, TestEnsemble.class);
    }

    private TestEnsemble start(Program what) {
        try {
            return TestEnsemble.started(what, 3, SETTINGS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
