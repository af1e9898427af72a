package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import java.util.List;
import java.util.stream.Stream;

/** One writes alone; those who read do so without it. */
final class ReadWritePromise implements Promise {
    private static final int WRITERS = 2;

    private final History written = new History();
    private final History read = new History();

    @Override
    public void use(int who, ZabClient client) throws InterruptedException {
        ReadWriteLock lock = ReadWriteLock.at(client, "/read-write");
        boolean isWriter = who < WRITERS;
        try (Grant grant = (isWriter ? lock.write() : lock.read()).acquire()) {
            Promises.hold(isWriter ? written : read, who, List.of(grant));
        }
    }

    @Override
    public List<String> faults(ZabClient witness) {
        return Stream.of(written.faults(1), written.meetings(read))
                .flatMap(List::stream)
                .toList();
    }
}
