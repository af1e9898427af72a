package io.zabkeeper.cli.ensemble;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * How servers are asked at their ports for clients: how long to wait, and whether TLS is spoken. Remembers why TLS came to
 * nothing. Safe for use by many threads.
 */
public final class Asking {
    private final int timeoutMs;
    private final @Nullable SSLSocketFactory tls;
    private volatile @Nullable String trouble;

    private Asking(int timeoutMs, @Nullable SSLSocketFactory tls) {
        this.timeoutMs = timeoutMs;
        this.tls = tls;
    }

    static Asking within(int timeoutMs) {
        return new Asking(timeoutMs, null);
    }

    /**
     * Asks over TLS if there is any.
     *
     * @throws EnsembleFailure if a file cannot be used
     */
    public static Asking within(int timeoutMs, @Nullable Tls tls) {
        return new Asking(timeoutMs, tls == null ? null : TlsSockets.of(tls));
    }

    /** Why a server has no answer that would have one if TLS were spoken otherwise, and what to do about it. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** A socket that is connected. */
    Socket open(HostPort server) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(server.host(), server.port()), timeoutMs);
            socket.setSoTimeout(timeoutMs);
            return tls == null ? socket : encrypted(tls, socket, server);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private Socket encrypted(SSLSocketFactory factory, Socket socket, HostPort server) throws IOException {
        SSLSocket secure = (SSLSocket) factory.createSocket(socket, server.host(), server.port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        return secure;
    }

    /** Nothing came of it. */
    void failed(HostPort server, IOException failure) {
        if (failure instanceof SSLException) {
            String reason = String.valueOf(failure.getMessage());
            trouble = server + ": " + reason + ConnectAdvice.of(reason, true);
        }
    }

    /** What came is no answer. */
    void misunderstood(HostPort server, String answer) {
        if (tls == null && !answer.isEmpty() && answer.charAt(0) < ' ') {
            trouble = server + ": what answers does not speak plain TCP; perhaps it wants TLS, --tls-ca FILE.";
        }
    }
}
