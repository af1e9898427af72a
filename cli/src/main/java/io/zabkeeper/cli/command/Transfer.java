package io.zabkeeper.cli.command;

import io.zabkeeper.wire.ErrorCode;
import io.zabkeeper.wire.ZnodePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A subtree on its way to another place: what was read there, and the changes that bring it here. */
record Transfer(String source, String target, List<ZnodeImage> znodes) {
    /**
     * Reads what is at the source.
     *
     * @throws CommandFailure if it can have no place at the target
     */
    static Transfer read(Session session, String source, String target) throws InterruptedException {
        SessionCommand.checkPath(target);
        if (target.equals(source) || target.startsWith(ZnodePath.child(source, ""))) {
            throw new CommandFailure(ExitCode.USAGE, target + " is " + source + " itself, or lies below it");
        }
        List<ZnodeImage> znodes = ZnodeImage.readAll(session, source, true, unused -> {});
        if (session.stat(target).isPresent()) {
            throw new Refusal(ErrorCode.NODEEXISTS, target);
        }
        Parents.require(session, target);
        return new Transfer(source, target, znodes);
    }

    /** Without what goes with sessions; that has no children. */
    Transfer withoutEphemerals() {
        return new Transfer(
                source,
                target,
                znodes.stream().filter(znode -> !znode.isEphemeral()).toList());
    }

    /** The creations at the target, parents first. */
    List<Change> creations() {
        return znodes.stream().map(this::creation).toList();
    }

    /** The same, each behind a check that its original is as it was read. */
    List<List<Change>> guardedCreations() {
        return znodes.stream()
                .map(znode ->
                        List.of(new Change.Check(znode.path(), znode.stat().version()), creation(znode)))
                .toList();
    }

    /** The deletions at the source, leaves first, of what is as it was read. */
    List<Change> deletions() {
        List<Change> deletions = new ArrayList<>();
        for (ZnodeImage znode : znodes) {
            deletions.add(new Change.Delete(znode.path(), znode.stat().version()));
        }
        Collections.reverse(deletions);
        return deletions;
    }

    private Change creation(ZnodeImage znode) {
        return znode.create(target + znode.path().substring(source.equals(ZnodePath.ROOT) ? 0 : source.length()));
    }
}
