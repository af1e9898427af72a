package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import java.util.List;
import java.util.stream.Stream;

/** A number belongs to one at a time. */
final class WorkerIdPromise implements Promise {
    private static final int NUMBERS = 4;

    private final List<History> numbers =
            Stream.generate(History::new).limit(NUMBERS).toList();

    @Override
    public void use(int who, ZabClient client) throws InterruptedException {
        WorkerIds ids = WorkerIds.at(client, "/ids", NUMBERS);
        try (WorkerId id = ids.claim("client " + who, Promises.AT_LAST).orElseThrow()) {
            Promises.hold(numbers.get(id.number()), who, List.of(id.grant()));
        }
    }

    @Override
    public List<String> faults(ZabClient witness) {
        return numbers.stream().flatMap(number -> number.faults(1).stream()).toList();
    }
}
