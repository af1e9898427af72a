package io.zabkeeper.client.recipe;

import java.util.List;

/** Decides from the names of a directory alone who has what, so that all who see the same names decide the same. */
sealed interface Rule permits Line, Leases {
    /** What our own contender is, as its name says. */
    String kind();

    /**
     * Where a contender stands.
     *
     * @param own the name of its znode
     * @param names the directory, in any order
     */
    Position positionOf(String own, List<String> names);

    /** Where a contender stands. */
    sealed interface Position {
        /** It has what it wants. */
        enum Granted implements Position {
            INSTANCE
        }

        /** This one must go first. */
        record Behind(String name) implements Position {}

        /** Somebody must go first, whoever it is. */
        enum Crowded implements Position {
            INSTANCE
        }

        /** Its znode is not there. */
        enum Nowhere implements Position {
            INSTANCE
        }
    }
}
