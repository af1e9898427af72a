package io.zabkeeper.client.recipe;

import io.zabkeeper.server.ensemble.Program;
import io.zabkeeper.server.ensemble.TestEnsemble;
import org.junit.jupiter.api.extension.RegisterExtension;

final class OwnStormTest extends StormSuite {
    @RegisterExtension
    static final SharedEnsemble MEMBERS = new SharedEnsemble(Program.ZABKEEPER);

    @Override
    TestEnsemble ensemble() {
        return MEMBERS.ensemble();
    }
}
