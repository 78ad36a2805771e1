package io.github.bellhop.server.terminal;

import java.io.Console;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** The terminal of the user, if there is one, and the stream for raw bytes. */
public interface Terminal {
    /** Returns whether a user can answer questions. */
    boolean isInteractive();

    /** Reads a line that the user types; null at the end of the input. */
    @Nullable
    String readLine();

    /** Returns the stream for bytes that must not be converted. */
    OutputStream bytes();

    /** Returns the terminal of this process. */
    @SuppressWarnings("SystemConsoleNull") // the console can be null before Java 22; isTerminal covers later versions
    static Terminal ofProcess() {
        return new Terminal() {
            @Override
            public boolean isInteractive() {
                Console console = System.console();
                return console != null && isTerminal(console);
            }

            @Override
            public @Nullable String readLine() {
                Console console = System.console();
                return console == null ? null : console.readLine();
            }

            @Override
            public OutputStream bytes() {
                return System.out;
            }
        };
    }

    /** Since Java 22, a console exists even without a terminal; {@code isTerminal} distinguishes the two cases. */
    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException older) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException unknown) {
            return false;
        }
    }
}
