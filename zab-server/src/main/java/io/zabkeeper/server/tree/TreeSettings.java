package io.zabkeeper.server.tree;

/**
 * What a tree machine is told at its birth.
 *
 * @param extendedTypes whether znodes with a time to live can be created; all members must agree, because it decides
 *     outcomes
 * @param configText what {@code /zookeeper/config} contains at first; empty for a standalone member; all members must
 *     agree
 * @param hashSeed best a random number: names that collide cannot be chosen then. Not replicated, nothing visible depends
 *     on it
 */
public record TreeSettings(boolean extendedTypes, String configText, long hashSeed) {
    /** A standalone member without special wishes. */
    public static final TreeSettings DEFAULT = new TreeSettings(false, "", 0);
}
