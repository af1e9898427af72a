/**
 * The checkpoint: the state of a member at exactly one position, kept in LMDB.
 *
 * <pre>
 *   DIR/CURRENT          names the environment that counts; replaced atomically
 *   DIR/ckpt.7/          that environment: data.mdb, lock.mdb
 *   DIR/ckpt.NEW-8/      one that is being filled (a snapshot from a leader, a rebuild); nobody counts on it yet
 *   DIR/damaged.6/       one that was set aside for a human to look at
 *   DIR/native/          where the native library is unpacked
 * </pre>
 *
 * <p>LMDB writes, this package reads: a start reads the file with {@link io.zabkeeper.server.store.MdbFile}, which maps
 * nothing, so that a truncated or damaged file is an exception with a message and never the end of the process, and
 * which checks what LMDB does not: page numbers, order, counts and free pages. Every record carries a checksum, and the
 * {@link io.zabkeeper.server.store.Ledger} sums up which records there must be.
 *
 * <p>Read {@link io.zabkeeper.server.store.LmdbCheckpoints} first, then
 * {@link io.zabkeeper.server.store.Environment} and {@link io.zabkeeper.server.store.Checkpointer}.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.store;
