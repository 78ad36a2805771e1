package io.github.bellhop.server.message;

import io.github.bellhop.server.terminal.Paragraph;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does one thing after another, each whole, and says how far it came: also when it is interrupted, which ends it between
 * two of them.
 *
 * @param <T> what each is done with
 */
public final class ManySteps<T> {
    private static final int TOLD_EVERY = 500;

    private final PrintWriter err;
    private final String done;
    private final long total;
    private final Supplier<String> others;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean stopping;
    private long tried;
    private long succeeded;
    private @Nullable T last;

    /**
     * Nothing done yet.
     *
     * @param done   what is said of those that went well, such as "Due again"
     * @param total  how many there are
     * @param others why those that were not done were not
     */
    public ManySteps(PrintWriter err, String done, long total, Supplier<String> others) {
        this.others = others;
        this.err = err;
        this.done = done;
        this.total = total;
    }

    /**
     * Does them all.
     *
     * @param next   the next ones after the given one, which is null at first; empty at the end
     * @param step   does one; false when that one could not be done
     * @param resume what to give to the command to go on after the given one
     * @return whether all went well
     */
    public boolean run(Function<@Nullable T, List<T>> next, Predicate<T> step, Function<T, String> resume) {
        Thread hook = new Thread(this::stop, "bellhop-interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        boolean whole = false;
        try {
            whole = go(next, step);
        } finally {
            tell(whole, resume);
            over.countDown();
            if (!stopping) {
                try {
                    boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
                } catch (IllegalStateException ending) {
                    // The process ends: the hook finds that all is said.
                }
            }
        }
        return whole && succeeded == tried;
    }

    private boolean go(Function<@Nullable T, List<T>> next, Predicate<T> step) {
        for (List<T> page = next.apply(last); !page.isEmpty(); page = next.apply(last)) {
            for (T one : page) {
                if (stopping) {
                    return false;
                }
                boolean well = step.test(one);
                last = one;
                tried++;
                succeeded += well ? 1 : 0;
                if (tried % TOLD_EVERY == 0) {
                    say(done + ": " + succeeded + " of " + total);
                }
            }
        }
        return true;
    }

    private void tell(boolean whole, Function<T, String> resume) {
        if (whole) {
            say(done + ": " + succeeded + " of " + total + "."
                    + (succeeded == tried ? "" : " The others: " + others.get() + "."));
        } else {
            say("Ended early. " + done + ": " + succeeded + " of " + total + "; none is half done." + " To go on: "
                    + (last == null ? "the same command again" : resume.apply(last)));
        }
    }

    private void say(String text) {
        err.print(Paragraph.of(text));
        err.flush();
    }

    /** Holds up the end of the process until the step under way is done and its count is said. */
    private void stop() {
        stopping = true;
        try {
            boolean unused = over.await(15, TimeUnit.SECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
