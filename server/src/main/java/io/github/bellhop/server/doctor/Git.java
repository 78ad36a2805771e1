package io.github.bellhop.server.doctor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks git, which must be installed, a few things about a folder. Changes nothing. */
record Git(Path folder) {
    private record Answer(int exitCode, String text) {
        List<String> names() {
            return Stream.of(text.split("\0", -1))
                    .filter(name -> !name.isEmpty())
                    .toList();
        }
    }

    /**
     * Where a folder is.
     *
     * @param root      the root of its repository; null when git sees none
     * @param untrusted whether it belongs to another user, and git looks into it only when it is told to
     */
    record Standing(@Nullable Git root, boolean untrusted) {}

    Standing standing() throws IOException, InterruptedException {
        Answer answer = ask(true, "", "rev-parse", "--show-toplevel");
        Git root = answer.exitCode() == 0 ? new Git(Path.of(answer.text().strip())) : null;
        return new Standing(root, root == null && answer.text().contains("safe.directory"));
    }

    /** The files that are tracked, as seen from here, which match one of these patterns. */
    List<String> tracked(String... patterns) throws IOException, InterruptedException {
        return ask("", with(patterns, "ls-files", "-z", "--")).names();
    }

    /** The files that the next {@code git add} would take for the first time, which match one of these patterns. */
    List<String> wouldAdd(String... patterns) throws IOException, InterruptedException {
        return ask("", with(patterns, "ls-files", "-z", "--others", "--exclude-standard", "--"))
                .names();
    }

    /** The tracked files that hold one of these texts, as git has them. The texts are no arguments, which others see. */
    List<String> trackedWith(Collection<String> texts) throws IOException, InterruptedException {
        if (texts.isEmpty()) {
            return List.of();
        }
        return ask(String.join("\n", texts), "grep", "-z", "-l", "-F", "--cached", "-f", "-")
                .names();
    }

    private static String[] with(String[] patterns, String... words) {
        return Stream.concat(Stream.of(words), Stream.of(patterns)).toArray(String[]::new);
    }

    private Answer ask(String input, String... question) throws IOException, InterruptedException {
        return ask(false, input, question);
    }

    /** With what git complains about in the answer's text, or without. */
    private Answer ask(boolean complaints, String input, String... question) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        // A repository can name a program that git would start.
        command.addAll(List.of("git", "-c", "core.fsmonitor=false"));
        command.addAll(List.of(question));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("LC_ALL", "C");
        if (complaints) {
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        }
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("git does not end");
        }
        return new Answer(process.exitValue(), text);
    }
}
