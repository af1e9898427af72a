package io.zabkeeper.client.recipe;

/**
 * One that stands in line.
 *
 * @param path its znode
 * @param label what it says of itself, for people
 * @param sessionId whose it is
 * @param token the fencing token that it has, or will have when it is its turn
 */
public record Candidate(String path, String label, long sessionId, long token) {}
