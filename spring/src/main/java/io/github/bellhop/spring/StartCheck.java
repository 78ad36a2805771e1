package io.github.bellhop.spring;

import org.jspecify.annotations.Nullable;

/** Something to look at once the app's beans are made, before the first handler is called. */
interface StartCheck {
    /**
     * Looks at it.
     *
     * @return what to warn of; null when all is well
     * @throws MisconfigurationException when the app must not start like this
     */
    @Nullable
    String check();
}
