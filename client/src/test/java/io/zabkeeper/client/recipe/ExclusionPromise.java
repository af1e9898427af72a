package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import java.util.List;
import java.util.function.Function;

/** No more than so many hold it at once. */
record ExclusionPromise(int most, Function<ZabClient, Grantor> recipe, History history) implements Promise {
    ExclusionPromise(int most, Function<ZabClient, Grantor> recipe) {
        this(most, recipe, new History());
    }

    @Override
    public void use(int who, ZabClient client) throws InterruptedException {
        try (Grant grant = recipe.apply(client).acquire()) {
            Promises.hold(history, who, List.of(grant));
        }
    }

    @Override
    public List<String> faults(ZabClient witness) {
        return history.faults(most);
    }
}
