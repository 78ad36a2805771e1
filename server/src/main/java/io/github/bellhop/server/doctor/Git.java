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

/** Runs git, which must be installed, to inspect a folder. Changes nothing. */
record Git(Path folder) {
    private record Answer(int exitCode, String text) {
        List<String> names() {
            return Stream.of(text.split("\0", -1))
                    .filter(name -> !name.isEmpty())
                    .toList();
        }
    }

    /**
     * The repository of a folder.
     *
     * @param root      the root of the repository; null if git finds no repository
     * @param untrusted whether it belongs to another user, so that git refuses to read it without configuration
     */
    record Standing(@Nullable Git root, boolean untrusted) {}

    Standing standing() throws IOException, InterruptedException {
        Answer answer = run(true, "", "rev-parse", "--show-toplevel");
        Git root = answer.exitCode() == 0 ? new Git(Path.of(answer.text().strip())) : null;
        return new Standing(root, root == null && answer.text().contains("safe.directory"));
    }

    /** Returns the tracked files that match one of the patterns, relative to this folder. */
    List<String> tracked(String... patterns) throws IOException, InterruptedException {
        return run("", with(patterns, "ls-files", "-z", "--")).names();
    }

    /** Returns the untracked files that match one of the patterns and that {@code git add} would add. */
    List<String> wouldAdd(String... patterns) throws IOException, InterruptedException {
        return run("", with(patterns, "ls-files", "-z", "--others", "--exclude-standard", "--"))
                .names();
    }

    /**
     * Returns the tracked files whose content in the index contains one of the strings. The strings are passed on
     * standard input, since other users can see the arguments of a process.
     */
    List<String> trackedWith(Collection<String> texts) throws IOException, InterruptedException {
        if (texts.isEmpty()) {
            return List.of();
        }
        return run(String.join("\n", texts), "grep", "-z", "-l", "-F", "--cached", "-f", "-")
                .names();
    }

    private static String[] with(String[] patterns, String... words) {
        return Stream.concat(Stream.of(words), Stream.of(patterns)).toArray(String[]::new);
    }

    private Answer run(String input, String... arguments) throws IOException, InterruptedException {
        return run(false, input, arguments);
    }

    /** Runs git. If {@code withErrors} is true, the answer's text includes standard error. */
    private Answer run(boolean withErrors, String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        // A repository can set core.fsmonitor to a program, which git would start.
        command.addAll(List.of("git", "-c", "core.fsmonitor=false"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("LC_ALL", "C");
        if (withErrors) {
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
            throw new IOException("git did not finish within 10 seconds");
        }
        return new Answer(process.exitValue(), text);
    }
}
