package io.zabkeeper.server.tree;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.EventType;
import java.util.List;

/**
 * A change that watches may wait for.
 *
 * @param acl who may hear of it: the new znode's, the deleted znode's, for a change of children the parent's
 */
public record TreeEvent(EventType type, String path, List<Acl> acl) {}
