package io.zabkeeper.server.request;

import org.jspecify.annotations.Nullable;

/**
 * One line of the audit log. Texts are as clients sent them; whoever writes them down has to escape them.
 *
 * @param session 0 for what no session did
 * @param users of all ids that the connection has proven, separated by commas; null for what no connection did
 * @param ip where the connection comes from
 * @param operation as ZooKeeper's audit log names it, or as the operation is called
 * @param type of a znode that was created
 * @param acl that was set, without hashes
 * @param error null for a success; else why it failed
 */
public record AuditEntry(
        long session,
        @Nullable String users,
        @Nullable String ip,
        String operation,
        @Nullable String path,
        @Nullable String type,
        @Nullable String acl,
        @Nullable String error) {}
