package io.github.bellhop.server.doctor;

import java.util.List;

/** Looks at one thing. Runs on a thread of its own, beside the others. */
interface Check {
    /** What it looks at, in a word or two. */
    String name();

    /** What it found, in the order of telling; nothing when there is nothing of the kind to look at. */
    List<Finding> look() throws InterruptedException;
}
