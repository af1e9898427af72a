package io.zabkeeper.server.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FamilyTest {
    private final NameHash hashes = new NameHash(7);
    private Family family = new Family();
    private final TreeMap<String, Znode> model = new TreeMap<>();
    private long nextId = 2;

    @ParameterizedTest
    @ValueSource(ints = {3, 9, 100, 900, 5_000})
    void holds_what_a_map_would_hold_while_it_grows_and_shrinks(int most) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(most);
        for (int round = 0; round < 3; round++) {
            while (model.size() < most) {
                step("n" + random.nextInt(2 * most), random.nextInt(100) < 70);
            }
            assertSame();
            while (model.size() > most / 20) {
                step("n" + random.nextInt(2 * most), random.nextInt(100) < 1);
            }
            assertSame();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 9, 700, 769, 5_000, 60_000})
    void holds_the_same_when_the_number_was_known_before(int children) {
        family = Family.ofSize(children);
        assertThat(family.isEmpty()).isTrue();
        for (int i = 0; i < children; i++) {
            add("n" + i);
        }
        assertSame();
        for (int i = children; i < 3 * children; i++) {
            add("n" + i);
        }
        assertSame();
        for (int i = 0; i < 3 * children; i++) {
            step("n" + i, false);
        }
        assertSame();
    }

    @Test
    void finds_a_name_inside_a_longer_path() {
        add("child");
        byte[] path = "/parent/child/more".getBytes(StandardCharsets.UTF_8);

        assertThat(family.get(hashes.of(path, 8, 13), path, 8, 13)).isSameAs(model.get("child"));
        assertThat(family.get(hashes.of(path, 8, 12), path, 8, 12)).isNull();
    }

    @Test
    void replaces_a_state_in_its_place() {
        for (int i = 0; i < 2000; i++) {
            add("n" + i);
        }
        for (String name : List.of("n0", "n777", "n1999")) {
            Znode before = Objects.requireNonNull(model.get(name));
            Znode after = before.withData(new byte[1], 9, 9);
            family.replace(before, after, hashes.of(before));
            model.put(name, after);
        }

        assertSame();
    }

    /** A leaf of a thousand is the most that ever moves at once; so no single insert takes long. */
    @Test
    void grows_to_many_children() {
        for (int i = 0; i < 200_000; i++) {
            add("child-" + i);
        }

        assertThat(family.size()).isEqualTo(200_000);
        assertThat(get("child-199999")).isSameAs(model.get("child-199999"));
        assertThat(get("child-200000")).isNull();
    }

    private void step(String name, boolean add) {
        Znode present = model.get(name);
        if (add && present == null) {
            add(name);
        } else if (!add && present != null) {
            family.remove(present, hashes.of(present), hashes);
            model.remove(name);
        }
    }

    private void add(String name) {
        Znode node = Znode.created(nextId++, 1, 1, 1, 0, 1, name.getBytes(StandardCharsets.UTF_8), null);
        family.add(node, hashes.of(node), hashes);
        model.put(name, node);
    }

    private @Nullable Znode get(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return family.get(hashes.of(bytes, 0, bytes.length), bytes, 0, bytes.length);
    }

    private void assertSame() {
        assertThat(family.size()).isEqualTo(model.size());
        model.forEach((name, node) -> assertThat(get(name)).isSameAs(node));
        List<Znode> all = new ArrayList<>();
        family.forEach(all::add);
        assertThat(all).hasSameSizeAs(model.values());
        assertThat(new HashSet<>(all)).isEqualTo(new HashSet<>(model.values()));
    }
}
