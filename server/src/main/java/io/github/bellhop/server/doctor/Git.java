package io.github.bellhop.server.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks git, which must be installed, a few things about a folder. Changes nothing. */
record Git(Path folder) {
    private record Answer(int exitCode, String text) {}

    /** The root of the repository; null outside of one. */
    @Nullable
    Path root() throws IOException, InterruptedException {
        Answer answer = ask(folder, "rev-parse", "--show-toplevel");
        return answer.exitCode() == 0 ? Path.of(answer.text().strip()) : null;
    }

    /** The files that are tracked, from the root on. */
    List<String> tracked(Path root) throws IOException, InterruptedException {
        return Stream.of(ask(root, "ls-files", "-z").text().split("\0", -1))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Whether the folder has such a file that is neither tracked nor ignored. */
    boolean wouldAdd(String name) throws IOException, InterruptedException {
        return Files.exists(folder.resolve(name))
                && ask(folder, "ls-files", "--error-unmatch", name).exitCode() != 0
                && ask(folder, "check-ignore", "-q", name).exitCode() == 1;
    }

    private static Answer ask(Path where, String... question) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        // A repository can name a program that git would start.
        command.addAll(List.of("git", "-c", "core.fsmonitor=false"));
        command.addAll(List.of(question));
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("git does not end");
        }
        return new Answer(process.exitValue(), text);
    }
}
