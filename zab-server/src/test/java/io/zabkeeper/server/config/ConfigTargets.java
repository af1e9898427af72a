package io.zabkeeper.server.config;

import io.zabkeeper.wire.fuzz.Allocation;
import io.zabkeeper.wire.fuzz.Mutator;
import io.zabkeeper.wire.fuzz.Pairing;
import io.zabkeeper.wire.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Configuration files under any text: settings, or a {@link ConfigException} that names the place. */
public final class ConfigTargets {
    private static final int LONGEST = 16 * 1024;
    private static final int HIGHEST_ID = 255;

    private ConfigTargets() {}

    public static List<Pairing> all() {
        return List.of(
                new Pairing(
                        new Text(),
                        new Mutator(
                                seeds(
                                        "# a comment\ntickTime=2000\n! another\ndataDir : /var/\\\n  lib/zab\n",
                                        "a\\ key=\\u00e4\\t\\n\r\nb=\\\\\\\r\n  c\\",
                                        "server.1=one:2888:3888;2181\nserver.1=two:2888:3888",
                                        "=\n:\n \\u12"),
                                LONGEST)),
                new Pairing(
                        new ServerLines(),
                        new Mutator(
                                seeds(
                                        "server.1=one:2888:3888;2181",
                                        "server.255=[::1]:2888:3888:observer;[::]:2181;2182",
                                        "server.3=10.0.0.1:2888:3888:participant;;127.0.0.1:2281",
                                        "server.=a:b:c|d:1:2"),
                                LONGEST)));
    }

    private static List<byte[]> seeds(String... texts) {
        List<byte[]> seeds = new ArrayList<>();
        for (String text : texts) {
            seeds.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return seeds;
    }

    private static final class Text implements Target {
        @Override
        public String name() {
            return "config.text";
        }

        @Override
        public void accept(byte[] input) {
            try {
                for (Setting setting : PropertiesText.parse("zab.cfg", new String(input, StandardCharsets.UTF_8))) {
                    if (setting.key().isEmpty()) {
                        throw new AssertionError("a setting without a key");
                    }
                }
            } catch (ConfigException refused) {
                // As promised.
            }
        }

        /** Three bytes of text can be a setting. */
        @Override
        public long allowance(byte[] input) {
            return 2 * Allocation.BASE + 4 * Allocation.PER_BYTE * input.length;
        }
    }

    private static final class ServerLines implements Target {
        @Override
        public String name() {
            return "config.server-lines";
        }

        @Override
        public void accept(byte[] input) {
            String text = new String(input, StandardCharsets.UTF_8);
            int sign = Math.max(0, text.indexOf('='));
            Setting line = new Setting(
                    "zab.cfg", 1, text.substring(0, sign), text.substring(Math.min(text.length(), sign + 1)));
            if (!line.key().startsWith(ServerLine.PREFIX)) {
                return;
            }
            try {
                Member member = ServerLine.parse(line, HIGHEST_ID);
                if (member.id().value() < 1 || member.id().value() > HIGHEST_ID) {
                    throw new AssertionError("member " + member);
                }
            } catch (ConfigException refused) {
                // As promised.
            }
        }

        /** The message repeats the line. */
        @Override
        public long allowance(byte[] input) {
            return 2 * Allocation.BASE + Allocation.PER_BYTE * input.length;
        }
    }
}
