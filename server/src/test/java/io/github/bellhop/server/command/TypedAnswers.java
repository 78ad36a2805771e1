package io.github.bellhop.server.command;

import io.github.bellhop.server.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fake terminal whose user types the given answers, or one without a user. */
final class TypedAnswers implements Terminal {
    private final boolean interactive;
    private final Deque<String> answers;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private TypedAnswers(boolean interactive, List<String> answers) {
        this.interactive = interactive;
        this.answers = new ArrayDeque<>(answers);
    }

    static TypedAnswers of(String... answers) {
        return new TypedAnswers(true, List.of(answers));
    }

    static TypedAnswers noTerminal() {
        return new TypedAnswers(false, List.of());
    }

    byte[] written() {
        return bytes.toByteArray();
    }

    @Override
    public boolean isInteractive() {
        return interactive;
    }

    @Override
    public @Nullable String readLine() {
        return answers.poll();
    }

    @Override
    public OutputStream bytes() {
        return bytes;
    }
}
