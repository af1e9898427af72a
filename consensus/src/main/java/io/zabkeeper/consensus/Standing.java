package io.zabkeeper.consensus;

/** What a member's disk entitles it to at boot (D9, R-18, {@code storage.md} section 4). */
public enum Standing {
    /** The disk holds everything this member ever promised. */
    VOTER,
    /**
     * Nothing was ever promised, as far as this disk knows. A new member and a wiped one look the same, so a blank one
     * votes only in the very first election, when every voter reports an empty history; otherwise it must be re-admitted.
     */
    BLANK,
    /** The disk is known to have lost or damaged what it promised. Never counted until re-admitted. */
    AMNESIAC
}
