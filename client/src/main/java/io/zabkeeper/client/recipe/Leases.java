package io.zabkeeper.client.recipe;

import java.util.List;

/**
 * Several have something at once, up to a number.
 *
 * <p>Never more: whoever of those that have it looked last, it saw the znodes of all of them, and not too many. When too
 * many come at once all wait, so they take turns to come (see {@link Semaphore}).
 *
 * @param count how many may, at least 1
 */
record Leases(int count) implements Rule {
    private static final String KIND = "lease-";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Position positionOf(String own, List<String> names) {
        if (!names.contains(own)) {
            return Position.Nowhere.INSTANCE;
        }
        long present = names.stream()
                .filter(name -> ContenderName.parse(name, KIND).isPresent())
                .count();
        return present <= count ? Position.Granted.INSTANCE : Position.Crowded.INSTANCE;
    }
}
