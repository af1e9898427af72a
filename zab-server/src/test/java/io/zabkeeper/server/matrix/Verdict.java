package io.zabkeeper.server.matrix;

import org.jspecify.annotations.Nullable;

/**
 * What became of a request.
 *
 * @param error in the header of the reply; null when there was none
 * @param inside the error of the one operation of a multi; null where there is no multi, or none that was carried out
 * @param ends whether the connection ended with it
 */
record Verdict(@Nullable Integer error, @Nullable Integer inside, boolean ends) {
    static final Verdict CUT_OFF = new Verdict(null, null, true);

    static Verdict of(int error) {
        return new Verdict(error, null, false);
    }

    static Verdict inside(int error) {
        return new Verdict(0, error, false);
    }

    static Verdict last(int error) {
        return new Verdict(error, null, true);
    }

    @Override
    public String toString() {
        String reply = error == null ? "no reply" : error + (inside == null ? "" : "/" + inside);
        return ends ? reply + ", end" : reply;
    }
}
