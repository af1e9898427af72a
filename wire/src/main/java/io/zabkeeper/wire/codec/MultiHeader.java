package io.zabkeeper.wire.codec;

/** In front of every operation and every result of a multi, and behind the last one. */
record MultiHeader(int type, boolean isEnd, int error) {
    /** The type of an error's result, and of the end. */
    static final int NO_TYPE = -1;

    /** The error in front of an operation, and at the end. */
    static final int NO_ERROR = -1;

    static final MultiHeader END = new MultiHeader(NO_TYPE, true, NO_ERROR);

    static MultiHeader read(JuteReader in) {
        return new MultiHeader(in.readInt(), in.readBoolean(), in.readInt());
    }

    void write(JuteWriter out) {
        out.writeInt(type).writeBoolean(isEnd).writeInt(error);
    }
}
