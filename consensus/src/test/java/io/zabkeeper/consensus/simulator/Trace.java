package io.zabkeeper.consensus.simulator;

import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.quorum.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened. Keeps the last lines as the objects they are and writes them out only when somebody wants to read them;
 * a full trace, or a hash of it, is made only on demand because it costs more than the run itself.
 */
final class Trace {
    /** How much of the whole is kept. */
    enum Depth {
        LAST_LINES,
        HASH,
        ALL
    }

    private static final int KEPT = 400;

    private record Line(
            long at, NodeId member, Object what, @Nullable List<Effect> effects) {
        void render(StringBuilder out) {
            long micros = at / 1_000;
            out.append(micros / 1_000).append('.');
            long rest = micros % 1_000;
            out.append(rest < 100 ? "0" : "").append(rest < 10 ? "0" : "").append(rest);
            out.append(' ').append(member.isNone() ? "*" : member.toString()).append(' ');
            out.append(what instanceof Event ? "<- " : "").append(what).append('\n');
            if (effects != null) {
                for (Effect effect : effects) {
                    out.append("          ").append(effect).append('\n');
                }
            }
        }
    }

    private final Depth depth;
    private final ArrayDeque<Line> lines = new ArrayDeque<>();
    private long hash = 0xcbf29ce484222325L;

    Trace(Depth depth) {
        this.depth = depth;
    }

    void step(long at, NodeId member, Event event, List<Effect> effects) {
        if (event instanceof Event.Tick && effects.isEmpty() && depth == Depth.LAST_LINES) {
            return;
        }
        add(new Line(at, member, event, effects));
    }

    void note(long at, NodeId member, Object what) {
        add(new Line(at, member, what, null));
    }

    private void add(Line line) {
        lines.add(line);
        if (depth != Depth.ALL && lines.size() > KEPT) {
            lines.poll();
        }
        if (depth == Depth.HASH) {
            StringBuilder text = new StringBuilder();
            line.render(text);
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
            }
        }
    }

    /** Of every line, with {@link Depth#HASH}. FNV-1a over the text, so that it is equal on every machine. */
    long hash() {
        return hash;
    }

    String last(int count) {
        List<Line> all = new ArrayList<>(lines);
        StringBuilder out = new StringBuilder();
        for (Line line : all.subList(Math.max(0, all.size() - count), all.size())) {
            line.render(out);
        }
        return out.toString();
    }
}
