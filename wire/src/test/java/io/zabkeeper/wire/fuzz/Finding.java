package io.zabkeeper.wire.fuzz;

import java.util.HexFormat;
import java.util.List;

/** What a campaign has found: which inputs, what they did, and how to see it again. */
public final class Finding extends AssertionError {
    private static final long serialVersionUID = 1;
    private static final int LONGEST_HEX = 4_000;

    private final transient List<byte[]> inputs;

    Finding(String target, long seed, long episode, List<byte[]> inputs, Throwable cause) {
        super(text(target, seed, episode, inputs, cause), cause);
        this.inputs = List.copyOf(inputs);
    }

    /** As few and as short as they could be made. */
    public List<byte[]> inputs() {
        return inputs;
    }

    private static String text(String target, long seed, long episode, List<byte[]> inputs, Throwable cause) {
        StringBuilder text = new StringBuilder(target)
                .append(" fails: ")
                .append(cause)
                .append("\n  replay with -Dfuzz.target=")
                .append(target)
                .append(" -Dfuzz.seed=")
                .append(seed)
                .append(" -Dfuzz.episode=")
                .append(episode)
                .append("\n  or with these inputs, as few and as short as they could be made:");
        for (byte[] input : inputs) {
            String hex = HexFormat.of().formatHex(input, 0, Math.min(input.length, LONGEST_HEX));
            text.append("\n  ").append(input.length).append(" bytes: ").append(hex);
        }
        return text.toString();
    }
}
