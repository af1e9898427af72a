package io.zabkeeper.client.recipe;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a contender's znode, {@code _c_} mark {@code -} kind sequence, as Curator's recipes write it: the mark tells
 * a contender its own znode when the answer to the create was lost, the kind says what it wants, and the sequence number
 * that the server appends is its place in line.
 *
 * @param name the whole of it
 * @param kind for example {@code lock-}
 * @param sequence grows from contender to contender; behind 2147483647 comes -2147483648
 */
record ContenderName(String name, String kind, int sequence) {
    private static final Pattern SEQUENCE = Pattern.compile("-?[0-9]{10}");
    private static final String PROTECTION = "_c_";

    /** What is given to the server, which appends the sequence number. */
    static String prefix(String mark, String kind) {
        return PROTECTION + mark + '-' + kind;
    }

    /** Empty for a znode that is no contender of this kind: somebody else's, and none of our business. */
    static Optional<ContenderName> parse(String name, String kind) {
        int at = name.lastIndexOf(kind);
        String number = at < 0 ? "" : name.substring(at + kind.length());
        if (!SEQUENCE.matcher(number).matches()) {
            return Optional.empty();
        }
        long sequence = Long.parseLong(number);
        boolean isCounter = sequence == (int) sequence;
        return isCounter ? Optional.of(new ContenderName(name, kind, (int) sequence)) : Optional.empty();
    }

    /** Whether it was created earlier, also when the counter has run over in between. */
    boolean isBefore(ContenderName other) {
        return sequence - other.sequence < 0;
    }
}
