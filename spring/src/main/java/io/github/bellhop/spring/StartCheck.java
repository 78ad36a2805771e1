package io.github.bellhop.spring;

import org.jspecify.annotations.Nullable;

/** A check that runs after the app's beans have been created and before the first handler is called. */
interface StartCheck {
    /**
     * Runs the check.
     *
     * @return a warning; null if everything is fine
     * @throws MisconfigurationException if the app must not start
     */
    @Nullable
    String check();
}
