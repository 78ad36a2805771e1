package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
    @TempDir
    private Path folder;

    @Test
    void completesCommandsAndOptionsInBash() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash is not installed, so its completion is not tested");
        Run run = Run.withSecret("completion");
        assertThat(run.exitCode()).isZero();
        Files.writeString(folder.resolve("completion"), run.out());
        String script = """
                source ./completion
                compopt() { :; }
                COMP_WORDS=(bellhop tri); COMP_CWORD=1; _complete_bellhop; echo "${COMPREPLY[@]}"
                COMP_WORDS=(bellhop schema print --dia); COMP_CWORD=3; _complete_bellhop; echo "${COMPREPLY[@]}"
                """;
        Process bash = new ProcessBuilder("/bin/bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String completed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(completed.lines()).as(completed).containsExactly("trigger", "--dialect");
    }
}
