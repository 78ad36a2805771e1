package io.github.bellhop.simulator.dispatch;

/** Runs what is due, again and again, until it is closed. */
final class DispatchThread extends Thread implements AutoCloseable {
    private final Dispatcher dispatcher;

    DispatchThread(Dispatcher dispatcher) {
        super("bellhop-dispatch");
        this.dispatcher = dispatcher;
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            while (!isInterrupted()) {
                dispatcher.runDue();
                dispatcher.awaitDue();
            }
        } catch (InterruptedException closed) {
            // As told.
        }
    }

    @Override
    public void close() {
        interrupt();
    }
}
