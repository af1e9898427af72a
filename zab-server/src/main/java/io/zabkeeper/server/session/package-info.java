/**
 * Sessions: the replicated {@link io.zabkeeper.server.session.SessionTable}, the same on every member, and what each
 * member or the leader alone adds to it.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.session;
