package io.zabkeeper.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ports of the loopback interface for members that start a moment later, or again. They lie below the range from which
 * systems take the ports of outgoing connections, and no two ensembles of this process are given the same.
 */
final class Ports {
    private static final int LOWEST = 10_000;
    private static final int BEYOND = 32_000;
    private static final int ATTEMPTS = 10_000;

    private static final Set<Integer> CLAIMED = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** So many that are free now; this process's until {@link #release}. */
    static List<Integer> claim(int count) {
        Random chance = new Random();
        List<Integer> ports = new ArrayList<>();
        for (int attempt = 0; attempt < ATTEMPTS && ports.size() < count; attempt++) {
            int port = chance.nextInt(LOWEST, BEYOND);
            if (CLAIMED.add(port)) {
                if (isFree(port)) {
                    ports.add(port);
                } else {
                    CLAIMED.remove(port);
                }
            }
        }
        if (ports.size() < count) {
            release(ports);
            throw new TestEnsembleException("no " + count + " free ports between " + LOWEST + " and " + BEYOND + " on "
                    + InetAddress.getLoopbackAddress());
        }
        return ports;
    }

    static void release(Collection<Integer> ports) {
        CLAIMED.removeAll(ports);
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
