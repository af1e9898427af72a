/**
 * What a client can ask for: one record for each operation. {@link io.zabkeeper.wire.request.Request}'s {@code permits}
 * clause is the table of contents.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.wire.request;
