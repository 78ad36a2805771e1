package io.github.bellhop.test.spring;

import io.github.bellhop.sync.handle.RunGate;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** The gates of all contexts of this program's tests: open are those that a thread tests with. Thread-safe. */
final class OpenGates {
    private static final Set<RunGate> KNOWN = Collections.newSetFromMap(new WeakHashMap<>());
    private static final Map<Thread, @Nullable RunGate> IN_USE = new HashMap<>();

    private OpenGates() {}

    /**
     * Opens the gate that this thread tests with from now on, and closes those that no thread tests with.
     *
     * @param gate null when the context is not made yet, or has none
     */
    static synchronized void use(@Nullable RunGate gate) {
        IN_USE.put(Thread.currentThread(), gate);
        if (gate != null) {
            KNOWN.add(gate);
            gate.open();
        }
        for (RunGate known : KNOWN) {
            if (!IN_USE.containsValue(known)) {
                known.close();
            }
        }
    }

    /** This thread tests with none any more; the last one stays open until another is used. */
    static synchronized void endOfClass() {
        IN_USE.remove(Thread.currentThread());
        IN_USE.keySet().removeIf(thread -> !thread.isAlive());
    }
}
