/**
 * The one write-ahead log of a member, and the disk's identity.
 *
 * <pre>
 *   replica loop ── append ──▶ SegmentedLog (its thread) ──▶ GroupWriter ──▶ Segment ──▶ Disk
 *                                                                │ needs the next one
 *                              SegmentShelf (its thread) ◀───────┘ makes spares, takes away what was released
 *   at start:  DirectoryLock ─▶ Identity ─▶ LogRecovery ─▶ RecoveredLog ─▶ SegmentedLog
 * </pre>
 *
 * <p>A segment is a file of zeros with one header block; then come groups, each on a 4 KiB boundary, each covered by two
 * checksums that are seeded with the place where it belongs. Groups are numbered without a gap over the whole life of the
 * log, and each one says up to which number the log was durable when it was built. That mark is what tells a torn tail
 * from damage: a group which a later one declares durable and which cannot be read has been acknowledged once and
 * must never be cut off.
 *
 * <p>Reading order: {@link io.zabkeeper.server.log.Disk}, {@code SegmentHeader}, {@code GroupHeader}, {@code GroupWriter},
 * {@link io.zabkeeper.server.log.SegmentedLog}, {@link io.zabkeeper.server.log.LogRecovery}.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.server.log;
