package io.zabkeeper.cli.command;

import io.zabkeeper.wire.ErrorCode;

/** The service's no, in its own word and in a sentence. */
public sealed class Refusal extends CommandFailure permits TransactionRefusal {
    private static final long serialVersionUID = 1L;

    private final ErrorCode error;

    /**
     * @param error what the service answered
     * @param path what it was asked about
     */
    public Refusal(ErrorCode error, String path) {
        super(ExitCode.REFUSED, message(error, path));
        this.error = error;
    }

    final ErrorCode error() {
        return error;
    }

    private static String message(ErrorCode error, String path) {
        return error.name() + ": " + sentence(error, path);
    }

    private static String sentence(ErrorCode error, String path) {
        return switch (error) {
            case NONODE -> path + " does not exist";
            case NODEEXISTS -> path + " exists already";
            case NOTEMPTY -> path + " has children";
            case BADVERSION -> path + " is at another version";
            case NOAUTH -> "the ACL of " + path + " does not allow it";
            case NO_CHILDREN_FOR_EPHEMERALS -> "the parent of " + path + " is ephemeral, which have no children";
            case BAD_ARGUMENTS -> "the service does not accept this for " + path;
            case UNIMPLEMENTED -> "the service does not know this operation";
            case SESSION_EXPIRED -> "the service has given up this session";
            case QUOTA_EXCEEDED -> path + " would exceed a quota";
            case NOT_READ_ONLY ->
                "the server is cut off from the others and only reads; it writes again when they are back";
            case AUTH_FAILED -> "the service does not accept who we say we are";
            default -> "the service refused, at " + path;
        };
    }
}
