package io.zabkeeper.client.example;

import io.zabkeeper.client.ZabClient;
import io.zabkeeper.client.recipe.Config;
import java.util.Map;

public final class ConfigProgram {
    public static void main(String[] hosts) {
        try (ZabClient client = ZabClient.connect(hosts[0]);
                Config config = Config.at(client, "/config/app")
                        .withDefaults(Map.of("pool.size", "8"))
                        .follow()) {
            System.out.println("pool of " + config.now().number("pool.size"));
            config.addListener((before, now) -> System.out.println("pool of " + now.number("pool.size")));
            // Both at once, here and for everybody who follows:
            config.set(Map.of("pool.size", "16", "pool.wait", "PT2S"));
        }
    }
}
