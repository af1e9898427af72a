package io.zabkeeper.server.request;

/** Where it is written down who changed what, and who was refused what. Called on the replica loop, must not block. */
public interface AuditTrail {
    /** For a member that keeps no audit log. */
    AuditTrail NONE = new AuditTrail() {
        @Override
        public boolean isKept() {
            return false;
        }

        @Override
        public void add(AuditEntry entry) {
            // Nobody wants to know.
        }
    };

    /** Whether it is worth the trouble to make an entry. */
    boolean isKept();

    void add(AuditEntry entry);
}
