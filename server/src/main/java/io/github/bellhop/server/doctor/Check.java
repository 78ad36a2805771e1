package io.github.bellhop.server.doctor;

import java.util.List;

/** Checks one thing. All checks run concurrently, each on its own thread. */
interface Check {
    /** Returns the findings in the order in which they are printed; empty if the check does not apply. */
    List<Finding> run() throws InterruptedException;
}
