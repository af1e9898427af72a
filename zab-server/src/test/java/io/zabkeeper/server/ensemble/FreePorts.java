package io.zabkeeper.server.ensemble;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ports for servers that start a moment later. They lie below the range from which the system takes the ports of
 * outgoing connections: one of that range may be some connection's by the time the server wants it. None is given twice,
 * as it stays free until its server has started, and tests run beside each other: those of one process remember what was
 * given, and two processes ({@code zabkeeper.fork}) have ports of their own.
 */
public final class FreePorts {
    private static final int LOWEST = 10_000;
    private static final int BEYOND = 32_000;

    /** Processes that run tests at the same time, at most. */
    private static final int FORKS = 4;

    private static final int FORK = Integer.parseInt(System.getProperty("zabkeeper.fork", "0")) % FORKS;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    public static int one() {
        return some(1).get(0);
    }

    /** So many, all different. */
    public static List<Integer> some(int count) {
        Random chance = new Random();
        Set<Integer> ports = new TreeSet<>();
        while (ports.size() < count) {
            int port = chance.nextInt(LOWEST / FORKS, BEYOND / FORKS) * FORKS + FORK;
            if (isFree(port) && GIVEN.add(port)) {
                ports.add(port);
            }
        }
        return new ArrayList<>(ports);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
