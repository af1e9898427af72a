package io.zabkeeper.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What this member calls itself. */
final class Version {
    /** The protocol's version is what clients parse; ours stands behind it. */
    private static final String COMPATIBLE_WITH = "3.9.5";

    private Version() {}

    /** In ZooKeeper's form: version, revision and the time of the build. */
    static String text() {
        Properties build = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return COMPATIBLE_WITH + "-zabkeeper-" + build.getProperty("version", "dev") + ", built on "
                + build.getProperty("built", "an unknown day");
    }
}
