package io.zabkeeper.server.oracle;

import io.zabkeeper.server.oracle.Handshake.Session;
import io.zabkeeper.server.oracle.Recording.Entry;
import io.zabkeeper.server.oracle.Recording.What;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A recording with names for everything that may differ, so that two of them can be compared line by line. */
final class Transcript {
    /**
     * One line.
     *
     * @param ask what it answers; null for events, handshakes and ends
     * @param unordered of neighbours with the same mark the order means nothing
     */
    record Line(
            int step,
            String text,
            @Nullable Ask ask,
            @Nullable String unordered) {
        @Override
        public String toString() {
            return step + " " + text;
        }
    }

    private static final Pattern PORTS = Pattern.compile(":\\d+:\\d+:participant");

    private final Recording recording;
    private final Names names;
    private final ReplyText replies;
    private final List<Line> lines = new ArrayList<>();

    private Transcript(Recording recording) {
        this.recording = recording;
        this.names = new Names(recording);
        this.replies = new ReplyText(names);
    }

    static List<Line> of(Recording recording) {
        Transcript transcript = new Transcript(recording);
        transcript.name();
        transcript.write();
        return sorted(transcript.lines);
    }

    /** First all names, because a reply may show what is named later. */
    private void name() {
        Map<String, Deque<Step.Request>> waiting = new HashMap<>();
        int count = 0;
        int step = -1;
        for (Entry entry : recording.entries()) {
            Deque<Step.Request> queue = waiting.computeIfAbsent(connection(entry), key -> new ArrayDeque<>());
            if (entry.what() instanceof What.Sent sent) {
                queue.add(sent.request());
            } else if (entry.what() instanceof What.Answered answer) {
                queue.clear();
                names.opened(entry, answer);
            } else if (entry.what() instanceof What.Came came && !came.frame().isEvent()) {
                Step.Request request = queue.poll();
                count = entry.step() == step ? count + 1 : 1;
                step = entry.step();
                if (request != null && !entry.stale()) {
                    names.written(request.ask(), came.frame(), "w" + entry.step() + "." + count);
                }
            }
        }
    }

    private void write() {
        Map<String, Deque<Step.Request>> waiting = new HashMap<>();
        for (Entry entry : recording.entries()) {
            String who = connection(entry);
            Deque<Step.Request> queue = waiting.computeIfAbsent(who, key -> new ArrayDeque<>());
            if (entry.what() instanceof What.Sent sent) {
                queue.add(sent.request());
            } else if (entry.what() instanceof What.Answered answer) {
                queue.clear();
                add(entry, who + " session " + session(answer), null, null);
            } else if (entry.what() instanceof What.Came came) {
                came(entry, who, came.frame(), queue);
            } else if (entry.what() instanceof What.Ended) {
                add(entry, who + " end", null, null);
            } else if (entry.what() instanceof What.Silent) {
                add(entry, who + " silence", null, null);
            }
        }
    }

    private static String connection(Entry entry) {
        return "S" + entry.session() + (entry.stale() ? "'" : "");
    }

    private void came(Entry entry, String who, Received.Frame frame, Deque<Step.Request> queue) {
        if (frame.isEvent()) {
            String mark = names.isUnordered(frame.zxid()) ? who + " " + frame.zxid() : null;
            add(entry, who + " event " + masked(replies.event(frame)), null, mark);
            return;
        }
        Step.Request request = queue.poll();
        if (request == null) {
            add(entry, who + " reply to nothing " + frame.error(), null, null);
            return;
        }
        String xid = frame.xid() == request.xid() ? "its xid" : "xid " + frame.xid();
        String header = xid + " zxid " + names.floor(frame.zxid()) + " err " + frame.error();
        add(entry, who + " reply " + header + " " + masked(replies.body(request.ask(), frame)), request.ask(), null);
    }

    private String session(What.Answered answer) {
        Session session = Session.of(answer.payload().array());
        byte[] payload = answer.payload().array();
        return names.session(session.id()) + " timeout " + session.timeoutMs() + " password "
                + names.password(session.id(), session.password()) + " version "
                + new RecordReader(payload).int32() + " size " + payload.length + " read-only "
                + (payload.length == 37 ? payload[36] : "none");
    }

    /** The directory's name differs, too, and so do the ports of an ensemble in its configuration. */
    private String masked(String text) {
        return PORTS.matcher(text.replace(recording.home(), "$")).replaceAll(":port:port:participant");
    }

    private void add(Entry entry, String text, @Nullable Ask ask, @Nullable String unordered) {
        lines.add(new Line(entry.step(), text, ask, unordered));
    }

    private static List<Line> sorted(List<Line> lines) {
        List<Line> sorted = new ArrayList<>(lines);
        for (int from = 0; from < sorted.size(); ) {
            int to = from + 1;
            String mark = sorted.get(from).unordered();
            while (mark != null
                    && to < sorted.size()
                    && mark.equals(sorted.get(to).unordered())) {
                to++;
            }
            sorted.subList(from, to).sort((a, b) -> a.text().compareTo(b.text()));
            from = to;
        }
        return sorted;
    }
}
