/**
 * The links between members: one TCP connection for each pair, frames of protobuf under CRC32C, and a second, short-lived
 * connection for bulk transfer of snapshots, so that heartbeats never queue behind megabytes.
 *
 * <p>Read {@link io.zabkeeper.server.peer.PeerMesh} first.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.peer;
