package io.zabkeeper.server.tree;

import io.zabkeeper.server.config.ServerConfig.Agreed;

/**
 * What a tree machine is told at its birth.
 *
 * @param agreed what decides outcomes; all members must agree
 * @param configText what {@code /zookeeper/config} contains at first; empty for a standalone member; all members must
 *     agree
 * @param hashSeed best a random number: names that collide cannot be chosen then. Not replicated, nothing visible depends
 *     on it
 */
public record TreeSettings(Agreed agreed, String configText, long hashSeed) {
    /** A standalone member without special wishes. */
    public static final TreeSettings DEFAULT = new TreeSettings(Agreed.DEFAULT, "", 0);
}
