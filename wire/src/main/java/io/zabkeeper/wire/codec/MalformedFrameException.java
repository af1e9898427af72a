package io.zabkeeper.wire.codec;

/** Bytes that are no record of the protocol. Says nothing about the bytes behind them in the same frame. */
public final class MalformedFrameException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MalformedFrameException(String message) {
        super(message);
    }
}
