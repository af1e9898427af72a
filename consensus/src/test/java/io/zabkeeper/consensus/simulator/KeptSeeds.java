package io.zabkeeper.consensus.simulator;

import io.zabkeeper.consensus.simulator.Simulation.Options;
import io.zabkeeper.consensus.simulator.Simulation.Oracle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The seeds of {@code seeds.txt}: one line each, oracle and number, then a comment that says what it once found. */
final class KeptSeeds {
    private KeptSeeds() {}

    static List<Options> read() {
        List<Options> all = new ArrayList<>();
        try (InputStream in = KeptSeeds.class.getResourceAsStream("/seeds.txt")) {
            if (in == null) {
                throw new IllegalStateException("seeds.txt is missing");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String text = line.replaceFirst("#.*", "").trim();
                if (!text.isEmpty()) {
                    String[] words = text.split("\\s+", -1);
                    all.add(Options.of(Long.parseLong(words[1]), Oracle.valueOf(words[0].toUpperCase(Locale.ROOT))));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return all;
    }
}
