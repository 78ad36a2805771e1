package io.github.bellhop.server.listen;

import io.github.bellhop.server.settings.UnusableSettingException;

/** Where deliveries come from. */
public interface Source {
    /**
     * Gives what comes to the forwarder until it is stopped.
     *
     * @throws UnusableSettingException when it refuses before it was there once, so that trying again is of no use
     */
    void run() throws InterruptedException;

    /** Ends {@link #run}, from another thread; nothing more is taken. */
    void stop();

    /** Lets go of the connection, when what is under way has come to its end. */
    void close();
}
