package io.zabkeeper.consensus.zab;

import java.util.Arrays;
import java.util.EnumSet;

/** The rules that are switched off: none, except in a test that wants to see the simulator object. */
final class Mutations {
    static final Mutations NONE = new Mutations(EnumSet.noneOf(ZabMutation.class));

    private final EnumSet<ZabMutation> active;

    private Mutations(EnumSet<ZabMutation> active) {
        this.active = active;
    }

    static Mutations of(ZabMutation... mutations) {
        EnumSet<ZabMutation> active = EnumSet.noneOf(ZabMutation.class);
        active.addAll(Arrays.asList(mutations));
        return new Mutations(active);
    }

    boolean has(ZabMutation mutation) {
        return active.contains(mutation);
    }
}
