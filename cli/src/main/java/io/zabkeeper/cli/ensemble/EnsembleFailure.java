package io.zabkeeper.cli.ensemble;

/** A local ensemble cannot do what was asked; the message says why and what helps. */
public final class EnsembleFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EnsembleFailure(String message) {
        super(message);
    }
}
