package io.zabkeeper.client.internal;

/** Where a server can be reached, by name or by address. */
public record HostAddress(String host, int port) {
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
