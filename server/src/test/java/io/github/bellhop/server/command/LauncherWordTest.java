package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users must be able to copy the commands that the program prints. */
class LauncherWordTest {
    @TempDir
    private Path folder;

    private Path program(String name) throws IOException {
        Path program = Files.createDirectories(folder.resolve(name)).resolve("bellhop");
        Files.writeString(program, "");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    @Test
    void isThePathThatTheUserTyped() {
        assertThat(Launcher.word("./bellhop", "/usr/bin")).isEqualTo("./bellhop");
        assertThat(Launcher.word("../clones/bellhop/bellhop", "")).isEqualTo("../clones/bellhop/bellhop");
        assertThat(Launcher.word("../my clones/it's", "")).isEqualTo("'../my clones/it'\\''s'");
        assertThat(Launcher.word(null, "/usr/bin")).isEqualTo("bellhop");
    }

    @Test
    void isTheNameIfTheShellFindsTheProgram() throws IOException {
        Path found = program("bin");
        String path = folder.resolve("empty") + File.pathSeparator + found.getParent();
        assertThat(Launcher.word(found.toString(), path)).isEqualTo("bellhop");
    }

    @Test
    void isThePathIfTheShellFindsAnotherProgram() throws IOException {
        Path other = program("first");
        Path called = program("second");
        String path = other.getParent() + File.pathSeparator + called.getParent();
        assertThat(Launcher.word(called.toString(), path)).isEqualTo(called.toString());
    }
}
