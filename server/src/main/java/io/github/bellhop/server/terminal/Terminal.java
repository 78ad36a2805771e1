package io.github.bellhop.server.terminal;

import java.io.Console;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** Where somebody may sit who can be asked, and where bytes go. */
public interface Terminal {
    /** Whether there is anybody to ask. */
    boolean isThere();

    /** What was typed; null at the end of the input. */
    @Nullable
    String readLine();

    /** Where bytes go that must stay as they are. */
    OutputStream bytes();

    /** The process's own. */
    @SuppressWarnings("SystemConsoleNull") // null before Java 22, asked further below from then on
    static Terminal ofProcess() {
        return new Terminal() {
            @Override
            public boolean isThere() {
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

    /** From Java 22 on there is a console without a terminal too, and a method that tells. */
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
