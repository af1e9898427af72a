package io.zabkeeper.wire;

/**
 * Who a connection is, as far as it may be told.
 *
 * @param user the name alone, without a hash; empty where the scheme has none
 */
public record ClientInfo(String scheme, String user) {}
