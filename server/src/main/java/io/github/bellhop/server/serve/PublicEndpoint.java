package io.github.bellhop.server.serve;

import io.github.bellhop.sync.store.FaultLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of the public port. Reports the state of each connection to a {@link ConnectionWatch}, and closes the
 * connections of clients that do not read their answers, so that no thread waits for such a client.
 */
final class PublicEndpoint extends NioEndpoint {
    private static final Logger log = LoggerFactory.getLogger(PublicEndpoint.class);
    private static final long SWEEP_MILLIS = 250;

    private final ConnectionWatch watch;
    private final Thread sweeper = new Thread(this::sweep, "bellhop-connections");

    PublicEndpoint(ConnectionWatch watch) {
        this.watch = watch;
        sweeper.setDaemon(true);
    }

    @Override
    public void startInternal() throws Exception {
        super.startInternal();
        sweeper.start();
    }

    @Override
    public void stopInternal() {
        sweeper.interrupt();
        super.stopInternal();
    }

    private void sweep() {
        try {
            while (true) {
                Thread.sleep(SWEEP_MILLIS);
                closeOverdue();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeOverdue() {
        try {
            watch.closeOverdue();
        } catch (RuntimeException | Error fault) {
            FaultLog.warn(log, "Overdue connections could not be checked", fault);
        }
    }

    @Override
    public void setHandler(Handler<NioChannel> handler) {
        super.setHandler(new WatchedHandler(handler));
    }

    @Override
    protected NioChannel createChannel(SocketBufferHandler buffer) {
        return new ImpatientChannel(buffer);
    }

    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        boolean kept = super.setSocketOptions(socket);
        watch.makeRoom();
        return kept;
    }

    /** Closes a connection through an event: Tomcat frees a connection's resources only in its own processing. */
    private void close(SocketWrapperBase<NioChannel> connection) {
        connection.setError(new SocketTimeoutException());
        boolean unused = processSocket(connection, SocketEvent.ERROR, true);
    }

    private final class ImpatientChannel extends NioChannel {
        ImpatientChannel(SocketBufferHandler buffer) {
            super(buffer);
        }

        @Override
        public void reset(SocketChannel channel, NioSocketWrapper connection) throws IOException {
            super.reset(channel, connection);
            if (channel != null && channel.getRemoteAddress() instanceof InetSocketAddress client) {
                watch.opened(connection, client.getAddress(), () -> PublicEndpoint.this.close(connection));
            }
        }

        /**
         * Answers are far smaller than the system's send buffer, so a full buffer means that the client is not reading
         * its answers.
         */
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            boolean hasBytes = bytes.hasRemaining();
            int written = super.write(bytes);
            if (hasBytes && written == 0) {
                throw new IOException("the client does not read its answers");
            }
            return written;
        }
    }

    private final class WatchedHandler implements Handler<NioChannel> {
        private final Handler<NioChannel> handler;

        WatchedHandler(Handler<NioChannel> handler) {
            this.handler = handler;
        }

        @Override
        public SocketState process(SocketWrapperBase<NioChannel> connection, SocketEvent event) {
            watch.worksOn(connection);
            SocketState state = handler.process(connection, event);
            if (state == SocketState.OPEN) {
                watch.awaitsRequest(connection);
            } else if (state == SocketState.LONG
                    && connection.getCurrentProcessor() instanceof Processor processor
                    && !processor.isAsync()) {
                watch.awaitsHeaders(connection);
            } else {
                watch.hasRequest(connection);
            }
            return state;
        }

        @Override
        public Object getGlobal() {
            return handler.getGlobal();
        }

        @Override
        public void release(SocketWrapperBase<NioChannel> connection) {
            watch.closed(connection);
            handler.release(connection);
        }

        @Override
        public void pause() {
            handler.pause();
        }

        @Override
        public void recycle() {
            handler.recycle();
        }
    }
}
