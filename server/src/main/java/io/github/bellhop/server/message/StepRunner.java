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
 * Processes items one after another and reports the progress. If the process is stopped, the run stops after the
 * current item and reports how to continue.
 *
 * @param <T> the type of the items
 */
public final class StepRunner<T> {
    private static final int PROGRESS_EVERY = 500;

    private final PrintWriter err;
    private final String done;
    private final long total;
    private final Supplier<String> others;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean stopping;
    private long tried;
    private long succeeded;
    private @Nullable T last;

    /**
     * Creates a run.
     *
     * @param done   describes successful items, such as "Due again"
     * @param total  the number of items
     * @param others explains why the other items were skipped
     */
    public StepRunner(PrintWriter err, String done, long total, Supplier<String> others) {
        this.others = others;
        this.err = err;
        this.done = done;
        this.total = total;
    }

    /**
     * Processes all items.
     *
     * @param next   returns the next items after the given one, which is null at first; empty at the end
     * @param step   processes an item; returns false if the item was skipped
     * @param resume tells the user how to continue after the given item
     * @return whether every item was processed successfully
     */
    public boolean run(Function<@Nullable T, List<T>> next, Predicate<T> step, Function<T, String> resume) {
        Thread hook = new Thread(this::stop, "bellhop-interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        boolean whole = false;
        try {
            whole = process(next, step);
        } finally {
            report(whole, resume);
            finished.countDown();
            if (!stopping) {
                try {
                    boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
                } catch (IllegalStateException ending) {
                    // The process is ending. The hook is already running, and waits only for the report.
                }
            }
        }
        return whole && succeeded == tried;
    }

    private boolean process(Function<@Nullable T, List<T>> next, Predicate<T> step) {
        for (List<T> page = next.apply(last); !page.isEmpty(); page = next.apply(last)) {
            for (T one : page) {
                if (stopping) {
                    return false;
                }
                boolean well = step.test(one);
                last = one;
                tried++;
                succeeded += well ? 1 : 0;
                if (tried % PROGRESS_EVERY == 0) {
                    say(done + ": " + succeeded + " of " + total);
                }
            }
        }
        return true;
    }

    private void report(boolean whole, Function<T, String> resume) {
        if (whole) {
            say(done + ": " + succeeded + " of " + total + "."
                    + (succeeded == tried ? "" : " Skipped: " + others.get() + "."));
        } else {
            say("Stopped early. " + done + ": " + succeeded + " of " + total + "; none was left incomplete."
                    + " To continue, "
                    + (last == null ? "run the same command again" : resume.apply(last)) + ".");
        }
    }

    private void say(String text) {
        err.print(Paragraph.of(text));
        err.flush();
    }

    /** Delays the end of the process until the current step is done and the report is printed. */
    private void stop() {
        stopping = true;
        try {
            boolean unused = finished.await(15, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
