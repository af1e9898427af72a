package io.zabkeeper.client.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.client.Eventually;
import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Settings are valid together, good, and told of; members of a group are there while they live. */
abstract class ConfigSuite extends RecipeSuite {
    private static final String PATH = "/config/app";
    private static final int ROUNDS = 100;

    @Test
    void settings_are_defaults_until_they_are_set_and_again_when_they_are_removed() {
        try (Config config = Config.at(client(), PATH)
                .withDefaults(Map.of("pool.size", "8", "debug", "false", "wait", "PT1.5S"))
                .follow()) {
            assertThat(config.now().number("pool.size")).isEqualTo(8);
            assertThat(config.now().flag("debug")).isFalse();
            assertThat(config.now().duration("wait")).isEqualTo(Duration.ofMillis(1500));
            assertThat(config.now().isSet("pool.size")).isFalse();

            config.set(Map.of("pool.size", "16", "name", "x"));
            Eventually.until("it is valid", () -> config.now().isSet("name"));
            assertThat(config.now().all())
                    .isEqualTo(Map.of("pool.size", "16", "name", "x", "debug", "false", "wait", "PT1.5S"));
            config.remove(List.of("pool.size", "never-set"));

            Eventually.until("the default is back", () -> config.now().number("pool.size") == 8);
            assertThat(config.now().text("name")).isEqualTo("x");
        }
    }

    @Test
    void what_is_wrong_with_a_value_is_said_with_its_key() {
        try (Config config = Config.at(client(), PATH)
                .withDefaults(Map.of("size", "many", "on", "maybe"))
                .follow()) {
            Settings now = config.now();

            assertThatThrownBy(() -> now.number("size"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("\"size\" is not a whole number: \"many\"");
            assertThatThrownBy(() -> now.flag("on")).hasMessage("\"on\" is not true or false: \"maybe\"");
            assertThatThrownBy(() -> now.duration("size")).hasMessageContaining("PT1.5S");
            assertThatThrownBy(() -> now.text("other"))
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("no value for \"other\", and no default");
            assertThatThrownBy(() -> config.set(Map.of("a/b", "1"))).hasMessage("\"a/b\" is no key: a key has no '/'");
            assertThatThrownBy(() -> config.remove(List.of(""))).hasMessageStartingWith("\"\" is no key: ");
            assertThatThrownBy(() -> Config.at(client(), "config")).hasMessageContaining("must start with '/'");
        }
    }

    @Test
    void bad_settings_do_not_become_valid_and_good_ones_stay() {
        List<String> told = new CopyOnWriteArrayList<>();
        ZabClient client = client();
        try (Config config = Config.at(client, PATH)
                .withDefaults(Map.of("size", "1"))
                .validatedBy(settings ->
                        settings.number("size") > 0 ? Optional.empty() : Optional.of("size must be positive"))
                .follow()) {
            config.addListener(new ConfigListener() {
                @Override
                public void changed(Settings before, Settings now) {
                    told.add(before.text("size") + ">" + now.text("size"));
                }

                @Override
                public void rejected(Settings set, String reason) {
                    told.add(set.text("size") + ": " + reason);
                }
            });

            config.set(Map.of("size", "5"));
            Eventually.until("5", () -> told.size() == 1);
            config.set(Map.of("size", "-1"));
            Eventually.until("-1", () -> told.size() == 2);
            assertThat(config.now().number("size")).isEqualTo(5);
            config.set(Map.of("size", "7"));
            Eventually.until("7", () -> told.size() == 3);
        }

        assertThat(told).containsExactly("1>5", "-1: size must be positive", "5>7");
    }

    @Test
    void what_is_set_together_is_seen_together() {
        List<String> torn = new CopyOnWriteArrayList<>();
        try (Config writer = Config.at(clientOf(1), PATH).follow();
                Config reader = Config.at(clientOf(2), PATH).follow()) {
            reader.addListener((before, now) -> {
                if (!now.text("a").equals(now.text("b"))) {
                    torn.add(now.toString());
                }
            });
            for (int i = 0; i < ROUNDS; i++) {
                writer.set(Map.of("a", Integer.toString(i), "b", Integer.toString(i)));
            }

            String last = Integer.toString(ROUNDS - 1);
            Eventually.until("the last one", () -> reader.now().find("a").equals(Optional.of(last)));
        }

        assertThat(torn).isEmpty();
    }

    @Test
    void what_was_set_meanwhile_is_learnt_behind_a_reconnect() throws IOException {
        try (Config config = Config.at(relayed(), PATH).follow();
                Config other = Config.at(clientOf(2), PATH).follow()) {
            relay.refuse(true);
            Eventually.until("it is not current", () -> !config.isCurrent());
            other.set(Map.of("a", "1"));
            relay.refuse(false);

            Eventually.until("it is valid", () -> config.now().isSet("a"));
            assertThat(config.isCurrent()).isTrue();
        }
    }

    @Test
    void members_are_there_while_they_live() throws InterruptedException {
        ZabClient mortal = client();
        List<String> told = new CopyOnWriteArrayList<>();
        Membership first = Membership.join(mortal, "/group", "a", Bytes.ofUtf8("one:80"));
        assertThat(first.whenJoined()).succeedsWithin(Eventually.SOON);
        Membership second = Membership.join(client(), "/group", "b", Bytes.ofUtf8("two:80"));
        try (Membership observer = Membership.observe(client(), "/group")) {
            observer.addListener(members -> told.add(String.join(",", members.keySet())));
            Eventually.until(
                    "both are there",
                    () -> observer.members().equals(Map.of("a", Bytes.ofUtf8("one:80"), "b", Bytes.ofUtf8("two:80"))));
            mortal.close();
            Eventually.until("a is gone", () -> observer.members().keySet().equals(Set.of("b")));

            second.close();
            Eventually.until("nobody is left", () -> observer.members().isEmpty());
            Eventually.until("it is told", () -> told.contains(""));
            assertThat(observer.isCurrent()).isTrue();
        }

        assertThat(told).endsWith("b", "");
    }

    @Test
    void a_member_whose_znode_is_deleted_comes_back_and_a_name_is_waited_for() {
        ZabClient mortal = client();
        ZabClient other = client();
        Membership first = Membership.join(mortal, "/group", "a", Bytes.ofUtf8("1"));
        assertThat(first.whenJoined()).succeedsWithin(Eventually.SOON);
        other.sync("/group");
        long token = other.exists("/group/a").orElseThrow().czxid();
        other.delete("/group/a", ZabClient.ANY_VERSION);
        Eventually.until(
                "it is back",
                () -> other.exists("/group/a")
                        .filter(stat -> stat.czxid() > token)
                        .isPresent());

        try (Membership heir = Membership.join(other, "/group", "a", Bytes.ofUtf8("2"))) {
            assertThat(heir.whenComplete()).succeedsWithin(Eventually.SOON);
            assertThat(heir.whenJoined()).isNotDone();
            first.close();
            assertThat(heir.whenJoined()).succeedsWithin(Eventually.SOON);
            Eventually.until("the heir is there", () -> heir.members().equals(Map.of("a", Bytes.ofUtf8("2"))));
        }
    }
}
