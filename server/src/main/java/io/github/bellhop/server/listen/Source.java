package io.github.bellhop.server.listen;

import io.github.bellhop.server.settings.UnusableSettingException;

/** Where deliveries come from. */
public interface Source {
    /**
     * Passes deliveries to the forwarder until it is stopped.
     *
     * @throws UnusableSettingException if the first connection is refused, and a retry cannot help
     */
    void run() throws InterruptedException;

    /** Ends {@link #run} from another thread; no more deliveries are accepted. */
    void stop();

    /** Closes the connection, after deliveries in progress have finished. */
    void close();
}
