package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Json;
import io.zabkeeper.wire.Stat;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stat in ZooKeeper's order and words. */
final class StatLines {
    private StatLines() {}

    static String text(Stat stat) {
        StringBuilder text = new StringBuilder();
        object(stat).forEach((name, value) -> {
            boolean isTime = name.equals("ctime") || name.equals("mtime");
            Object shown = isTime && value instanceof Long millis ? Instant.ofEpochMilli(millis) : value;
            text.append(name).append(" = ").append(shown).append('\n');
        });
        return text.toString();
    }

    static Map<String, @Nullable Object> object(Stat stat) {
        Map<String, @Nullable Object> object = Json.object();
        object.put("czxid", Json.hex(stat.czxid()));
        object.put("mzxid", Json.hex(stat.mzxid()));
        object.put("ctime", stat.ctime());
        object.put("mtime", stat.mtime());
        object.put("version", stat.version());
        object.put("cversion", stat.cversion());
        object.put("aversion", stat.aversion());
        object.put("ephemeralOwner", Json.hex(stat.ephemeralOwner()));
        object.put("dataLength", stat.dataLength());
        object.put("numChildren", stat.numChildren());
        object.put("pzxid", Json.hex(stat.pzxid()));
        return object;
    }
}
