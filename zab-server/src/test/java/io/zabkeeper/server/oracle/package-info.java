/**
 * The oracle: what Apache ZooKeeper does with a client's bytes is compared with what Zabkeeper does with them.
 *
 * <p>{@link io.zabkeeper.server.oracle.Subject} is a running server of either kind, {@link
 * io.zabkeeper.server.oracle.WireClient} a connection that shares no code with any client or server: {@link
 * io.zabkeeper.server.oracle.Ask} makes the bytes of a request, {@link io.zabkeeper.server.oracle.RecordReader} takes a
 * reply apart.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.oracle;
