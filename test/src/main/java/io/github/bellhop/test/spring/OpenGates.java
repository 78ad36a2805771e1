package io.github.bellhop.test.spring;

import io.github.bellhop.sync.handle.RunGate;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** The gates of all contexts in this JVM. Only the gates of contexts under test are open. Thread-safe. */
final class OpenGates {
    private static final Set<RunGate> ALL = Collections.newSetFromMap(new WeakHashMap<>());
    private static final Map<Thread, @Nullable RunGate> IN_USE = new HashMap<>();

    private OpenGates() {}

    /**
     * Opens the gate of the context that this thread tests, and closes the gates that no thread uses.
     *
     * @param gate null if the context does not exist yet, or has no gate
     */
    static synchronized void use(@Nullable RunGate gate) {
        IN_USE.put(Thread.currentThread(), gate);
        if (gate != null) {
            ALL.add(gate);
            gate.open();
        }
        for (RunGate known : ALL) {
            if (!IN_USE.containsValue(known)) {
                known.close();
            }
        }
    }

    /** Ends this thread's use of its gate, which stays open until another gate is used. */
    static synchronized void endOfClass() {
        IN_USE.remove(Thread.currentThread());
        IN_USE.keySet().removeIf(thread -> !thread.isAlive());
    }
}
