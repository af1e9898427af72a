package io.zabkeeper.client.recipe;

import io.zabkeeper.client.ZabClient;
import io.zabkeeper.wire.ZnodePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Who stands in a line, as a server tells it; it may be otherwise when the caller looks at the answer. */
final class Roll {
    private Roll() {}

    /** Those of these kinds in their order, the first one first; empty if there is no such directory. */
    static CompletableFuture<List<Candidate>> call(ZabClient client, String directory, List<String> kinds) {
        return names(client, directory, kinds).thenCompose(names -> read(client, directory, names));
    }

    /** The names of those of these kinds in their order; empty if there is no such directory. */
    static CompletableFuture<List<ContenderName>> names(ZabClient client, String directory, List<String> kinds) {
        return client.getChildrenAsync(directory)
                .thenApply(names -> sorted(names, kinds))
                .exceptionallyCompose(failure -> Trouble.of(failure) == Trouble.NO_NODE
                        ? CompletableFuture.completedFuture(List.of())
                        : CompletableFuture.failedFuture(Trouble.cause(failure)));
    }

    private static List<ContenderName> sorted(List<String> names, List<String> kinds) {
        List<ContenderName> inLine = new ArrayList<>();
        for (String kind : kinds) {
            names.forEach(name -> ContenderName.parse(name, kind).ifPresent(inLine::add));
        }
        inLine.sort(Comparator.comparingInt(ContenderName::sequence));
        return inLine;
    }

    private static CompletableFuture<List<Candidate>> read(
            ZabClient client, String directory, List<ContenderName> names) {
        List<CompletableFuture<Optional<Candidate>>> reads = new ArrayList<>();
        for (ContenderName name : names) {
            reads.add(read(client, ZnodePath.child(directory, name.name())));
        }
        return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
                .thenApply(all ->
                        reads.stream().flatMap(read -> read.join().stream()).toList());
    }

    /** Empty for one that has left meanwhile. */
    private static CompletableFuture<Optional<Candidate>> read(ZabClient client, String path) {
        return client.getDataAsync(path)
                .thenApply(znode -> Optional.of(new Candidate(
                        path,
                        znode.utf8(),
                        znode.stat().ephemeralOwner(),
                        znode.stat().czxid())))
                .exceptionallyCompose(failure -> Trouble.of(failure) == Trouble.NO_NODE
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : CompletableFuture.failedFuture(Trouble.cause(failure)));
    }
}
