/**
 * What a server answers: one record for each shape of a reply. {@link io.zabkeeper.wire.reply.Reply}'s {@code permits}
 * clause is the table of contents.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.wire.reply;
