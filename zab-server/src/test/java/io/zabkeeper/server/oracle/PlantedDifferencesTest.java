package io.zabkeeper.server.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.oracle.Oracle.Pair;
import io.zabkeeper.server.oracle.Recording.Entry;
import io.zabkeeper.server.oracle.Recording.What;
import io.zabkeeper.server.oracle.Transcript.Line;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The oracle sees one wrong bit: each {@link Plant} is put into every place that there is for it in what our server sent,
 * one at a time, and compared with what the reference sent.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedDifferencesTest {
    private static final int SCRIPTS = 40;
    private static final int LEAST_PLANTS = 20;
    private static final int MOST_PLACES = 200;

    /** A script that both have played, and the transcript of the reference. */
    private record Played(Pair pair, List<Line> reference) {}

    private record Place(Played played, int at, Recording planted) {}

    private final List<Played> all = new ArrayList<>();

    @BeforeAll
    void play() throws IOException {
        try (Oracle oracle = Oracle.start(1, "extendedTypesEnabled=true")) {
            for (int seed = 1; seed <= SCRIPTS; seed++) {
                Pair pair = oracle.play(ScriptGenerator.script(seed, 1));
                all.add(new Played(pair, Transcript.of(pair.reference())));
            }
        }
    }

    @Test
    void what_was_really_sent_shows_no_difference() {
        assertThat(all)
                .allSatisfy(played -> assertThat(played.pair().difference()).isNull());
        assertThat(Plant.values()).hasSizeGreaterThanOrEqualTo(LEAST_PLANTS);
    }

    @ParameterizedTest
    @EnumSource
    void it_is_found_wherever_it_is_planted(Plant plant) {
        List<Place> places = places(plant);
        List<String> missed = new ArrayList<>();
        for (Place place : places) {
            Pair pair = place.played().pair();
            List<Line> planted = Transcript.of(place.planted());
            if (Difference.between(pair.script(), place.played().reference(), planted) == null) {
                missed.add("seed " + pair.script().seed() + ": "
                        + pair.own().entries().get(place.at()));
            }
        }

        System.out.printf("planted %s in %d places, missed %d%n", plant, places.size(), missed.size());
        assertThat(places).isNotEmpty();
        assertThat(missed).isEmpty();
    }

    /** All places for it, or so many of them. */
    private List<Place> places(Plant plant) {
        List<Place> places = new ArrayList<>();
        for (Played played : all) {
            Pair pair = played.pair();
            List<@Nullable Ask> asks = asks(pair.own());
            for (int at = 0; at < asks.size(); at++) {
                Recording planted = plant.in(pair.own(), at, asks.get(at));
                if (planted != null) {
                    places.add(new Place(played, at, planted));
                }
            }
        }
        Collections.shuffle(places, new Random(1));
        return places.subList(0, Math.min(MOST_PLACES, places.size()));
    }

    /** What each entry answers. */
    private static List<@Nullable Ask> asks(Recording recording) {
        Map<String, Deque<Ask>> waiting = new HashMap<>();
        List<@Nullable Ask> asks =
                new ArrayList<>(Arrays.asList(new Ask[recording.entries().size()]));
        for (int at = 0; at < recording.entries().size(); at++) {
            Entry entry = recording.entries().get(at);
            Deque<Ask> queue =
                    waiting.computeIfAbsent(entry.session() + "/" + entry.stale(), key -> new ArrayDeque<>());
            if (entry.what() instanceof What.Sent sent) {
                queue.add(sent.request().ask());
            } else if (entry.what() instanceof What.Answered) {
                queue.clear();
            } else if (entry.what() instanceof What.Came came && !came.frame().isEvent()) {
                asks.set(at, queue.poll());
            }
        }
        return asks;
    }
}
