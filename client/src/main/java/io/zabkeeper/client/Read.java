package io.zabkeeper.client;

import io.zabkeeper.wire.ErrorCode;
import java.util.List;

/** One of several reads that are made at once. */
public sealed interface Read {
    String path();

    /** Asks for the data and the stat of a znode. */
    record OfData(String path) implements Read {}

    /** Asks for the names of a znode's children. */
    record OfChildren(String path) implements Read {}

    /** What one of them found. */
    sealed interface Found {
        /** Data and stat. */
        record Data(Znode znode) implements Found {}

        /** Names, in no order. */
        record Names(List<String> names) implements Found {
            public Names {
                names = List.copyOf(names);
            }
        }

        /**
         * Nothing.
         *
         * @param code {@link ErrorCode#THROTTLED_OP} for one that found no room in the reply: ask again for it
         */
        record Nothing(ErrorCode code) implements Found {}
    }
}
