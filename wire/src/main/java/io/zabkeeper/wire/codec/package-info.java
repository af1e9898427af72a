/**
 * Bytes to records and back. Every decoder is bounds-checked: it allocates no more than the bytes in front of it can
 * justify and answers anything else with {@link io.zabkeeper.wire.codec.MalformedFrameException}.
 */
@org.jspecify.annotations.NullMarked
package io.zabkeeper.wire.codec;
