package io.zabkeeper.test.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zabkeeper.client.ZabClient;
import io.zabkeeper.test.ZabkeeperExtension;
import io.zabkeeper.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GreetingTest {
    @RegisterExtension
    static final ZabkeeperExtension zabkeeper = ZabkeeperExtension.members(1);

    @Test
    void everybody_reads_the_greeting(ZabClient client) {
        client.create("/greeting", Bytes.ofUtf8("hello"));

        ZabClient reader = zabkeeper.client();
        assertEquals(Bytes.ofUtf8("hello"), reader.getData("/greeting").data());
    }
}
