package io.github.bellhop.server.doctor;

import java.util.List;

/** Looks at one thing. Runs on a thread of its own, beside the others. */
interface Check {
    /** The findings, in the order of telling; nothing when there is nothing of the kind to look at. */
    List<Finding> look() throws InterruptedException;
}
