package io.zabkeeper.client.recipe;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who stands in front of whom.
 *
 * <p>A contender waits for the nearest one in front of it that is in its way, and for no other. So the end of one wakes
 * one, or the readers behind a writer together.
 *
 * @param kind what our own contender is
 * @param obstacles which kinds in front of ours are in its way
 */
record Line(String kind, Set<String> obstacles) implements Rule {
    Line {
        obstacles = Set.copyOf(obstacles);
    }

    /** Everybody is in everybody's way. */
    static Line of(String kind) {
        return new Line(kind, Set.of(kind));
    }

    @Override
    public Position positionOf(String own, List<String> names) {
        Optional<ContenderName> ours = ContenderName.parse(own, kind);
        if (ours.isEmpty() || !names.contains(own)) {
            return Position.Nowhere.INSTANCE;
        }
        ContenderName me = ours.get();
        return names.stream()
                .flatMap(name -> obstacle(name).stream())
                .filter(other -> other.isBefore(me))
                .max(Comparator.comparingInt(other -> other.sequence() - me.sequence()))
                .<Position>map(nearest -> new Position.Behind(nearest.name()))
                .orElse(Position.Granted.INSTANCE);
    }

    private Optional<ContenderName> obstacle(String name) {
        return obstacles.stream()
                .flatMap(each -> ContenderName.parse(name, each).stream())
                .findFirst();
    }
}
