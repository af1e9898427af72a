package io.zabkeeper.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ChildFilter;
import io.zabkeeper.wire.Extensions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnLowLevelTest extends LowLevelSuite {
    @TempDir
    static Path directory;

    private static OwnServer server;

    @BeforeAll
    static void start() throws IOException {
        server = OwnServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private LowLevel extended() {
        return open(builder().offerExtensions()).lowLevel();
    }

    @Test
    void grants_what_is_offered_also_behind_a_reconnect() throws IOException {
        ZabClient offering = open(builder().offerExtensions());
        assertThat(offering.lowLevel().extensions()).isEqualTo(Extensions.ALL.operations());

        relay.refuse(true);
        Eventually.until("suspended", () -> offering.state() == ConnectionState.SUSPENDED);
        relay.refuse(false);

        assertThat(offering.lowLevel().createIfNotExists("/a", null, CreateOptions.PERSISTENT))
                .succeedsWithin(Eventually.SOON);
    }

    @Test
    void creates_what_is_not_there() {
        LowLevel extended = extended();
        client.create("/a", Bytes.ofUtf8("first"));

        assertThat(extended.createIfNotExists("/a", null, CreateOptions.PERSISTENT))
                .succeedsWithin(Eventually.SOON)
                .isEqualTo("/a");
        assertThat(extended.createIfNotExists("/b", null, CreateOptions.PERSISTENT))
                .succeedsWithin(Eventually.SOON)
                .isEqualTo("/b");

        assertThat(client.getData("/a").utf8()).isEqualTo("first");
        assertThat(client.exists("/b")).isPresent();
    }

    @Test
    void removes_all_or_nothing() {
        client.create("/a", null);
        client.create("/a/b", null);

        assertThat(extended().removeRecursive("/a", 1))
                .failsWithin(Eventually.SOON)
                .withThrowableThat()
                .withMessageContaining("NOTEMPTY");
        assertThat(extended().removeRecursive("/a", 2)).succeedsWithin(Eventually.SOON);

        assertThat(client.exists("/a")).isEmpty();
    }

    @Test
    void lists_some_children_and_what_they_are() {
        client.create("/a", null);
        client.create("/a/p", Bytes.ofUtf8("x"));
        client.create("/a/e", null, CreateOptions.EPHEMERAL);

        assertThat(extended().children("/a", ChildFilter.EPHEMERAL))
                .succeedsWithin(Eventually.SOON)
                .isEqualTo(new Children(List.of("e"), client.exists("/a").orElseThrow()));
        assertThat(extended().childrenInDetail("/a", ChildFilter.PERSISTENT, true, true))
                .succeedsWithin(Eventually.SOON)
                .isEqualTo(List.of(new ChildDetail("p", client.exists("/a/p").orElseThrow(), Bytes.ofUtf8("x"))));
    }

    @Test
    void lists_page_by_page() {
        LowLevel extended = extended();
        client.create("/a", null);
        for (int i = 0; i < 25; i++) {
            client.create("/a/" + i, null);
        }
        List<String> names = new ArrayList<>();
        Bytes next = null;
        do {
            Page page = extended.page("/a", 10, next).join();
            names.addAll(page.names());
            assertThat(page.stat()).isEqualTo(client.exists("/a").orElseThrow());
            next = page.next();
        } while (next != null);

        assertThat(names).containsExactlyInAnyOrderElementsOf(client.getChildren("/a"));
    }

    @Test
    void takes_extensions_into_a_transaction() {
        ZabClient offering = open(builder().offerExtensions());
        offering.create("/a", null);

        List<TransactionResult> results = offering.transaction()
                .checkNotExists("/b")
                .createIfNotExists("/a", null, CreateOptions.PERSISTENT)
                .removeRecursive("/a", 1)
                .commit();

        assertThat(results)
                .containsExactly(
                        new TransactionResult.ZnodeAbsent(),
                        new TransactionResult.ZnodePresent("/a"),
                        new TransactionResult.ZnodeDeleted());
        assertThat(client.exists("/a")).isEmpty();
    }

    @Override
    String hosts() {
        return server.hosts();
    }
}
