package io.github.bellhop.simulator.clerk.api;

/** The Svix application of a Clerk instance, which owns the endpoints of its webhooks. Safe for concurrent use. */
public interface WebhookApplication {
    /** Creates the application; returns false if it already exists. */
    boolean create();

    /** Deletes the application with its endpoints; returns false if it does not exist. */
    boolean delete();

    /** Whether the application exists. */
    boolean exists();

    /**
     * Returns the URL of the application's dashboard, which is valid for seven days.
     *
     * @param host the host and port of the simulator
     */
    String dashboard(String host);
}
