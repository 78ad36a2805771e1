package io.github.bellhop.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A copy of the script {@code bellhop} in a small project whose path contains spaces, with a fake Maven and a fake Java
 * that record their calls. Its PATH contains only a few other tools of this machine.
 */
public final class Launcher {
    private static final List<String> TOOLS = List.of(
            "cat",
            "cp",
            "date",
            "dirname",
            "env",
            "find",
            "flock",
            "head",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "rmdir",
            "sed",
            "sh",
            "sleep",
            "touch");

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path root;
    private final Path tools;
    private final Path jdk;
    private boolean javaHome;

    /** The result of one run. */
    public record Run(int exitCode, long pid, String out, String err) {}

    public Launcher(Path folder) throws IOException {
        this(folder, "the project");
    }

    public Launcher(Path folder, String name) throws IOException {
        root = Files.createDirectories(folder.resolve(name));
        tools = Files.createDirectories(folder.resolve("tools"));
        jdk = Files.createDirectories(folder.resolve("a jdk"));
        Files.copy(repository().resolve("bellhop"), root.resolve("bellhop"));
        executable(root.resolve("bellhop"));
        for (String file :
                List.of("pom.xml", ".mvn/maven.config", "docs/page.md", "core/src/test/java/CoreTest.java")) {
            write(root.resolve(file), "");
        }
        for (String module : List.of("core", "sync", "receiver", "simulator", "server")) {
            write(root.resolve(module + "/pom.xml"), "");
        }
        write(root.resolve("core/src/main/java/Core.java"), "");
        write(root.resolve("sync/src/main/resources/Sync.sql"), "");
        for (String tool : TOOLS) {
            for (Path bin : List.of(Path.of("/bin"), Path.of("/usr/bin"))) {
                if (Files.exists(bin.resolve(tool)) && Files.notExists(tools.resolve(tool))) {
                    write(tools.resolve(tool), "#!/bin/sh\nexec " + bin.resolve(tool) + " \"$@\"\n");
                    executable(tools.resolve(tool));
                }
            }
        }
        makeMaven();
        makeJava();
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (Files.notExists(folder.resolve("bellhop"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private void makeMaven() throws IOException {
        write(tools.resolve("mvn"), """
                #!/bin/sh
                echo "fake Maven: $*"
                echo built >>"%1$s/builds.log"
                [ ! -e "%1$s/slow" ] || sleep 1
                [ ! -e "%1$s/broken" ] || exit 1
                mkdir -p server/target/lib
                touch server/target/lib/library.jar server/target/bellhop-server-1.jar
                """.formatted(tools));
        executable(tools.resolve("mvn"));
    }

    private void makeJava() throws IOException {
        write(jdk.resolve("bin/java"), """
                #!/bin/sh
                if [ "$1" = -version ]; then
                    echo 'openjdk version "17.0.1" 2021-10-19' >&2
                    exit
                fi
                for option; do
                    case $option in
                        -XX:ArchiveClassesAtExit=* | -XX:AOTCacheOutput=*)
                            echo classes >"${option#*=}"
                            echo "${option%%%%=*}" >>"%1$s/archives.log"
                            ;;
                        -Dbellhop.launcher=*)
                            echo "launcher <${option#*=}>"
                            ;;
                        -XX:SharedArchiveFile=* | -XX:AOTCache=*)
                            echo "${option%%%%=*}" >>"%1$s/archives.log"
                            ;;
                    esac
                done
                echo "process $$"
                echo "directory $(pwd -P)"
                while [ "$1" != io.github.bellhop.server.BellhopMain ]; do shift; done
                shift
                for argument; do echo "argument <$argument>"; done
                if [ "$1" = serve ] && [ -e "%1$s/hold" ]; then
                    touch "%1$s/holding"
                    exec sleep 60
                fi
                """.formatted(tools));
        executable(jdk.resolve("bin/java"));
        setJavaRelease("JAVA_VERSION=\"17.0.1\"");
        Files.createSymbolicLink(tools.resolve("java"), jdk.resolve("bin/java"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    public Path root() {
        return root;
    }

    public Path script() {
        return root.resolve("bellhop");
    }

    public Run run(String... arguments) throws IOException, InterruptedException {
        return runIn(root, script(), arguments);
    }

    public Run runIn(Path directory, Path script, String... arguments) throws IOException, InterruptedException {
        Path err = Files.createTempFile(tools, "err", ".txt");
        Process process = builder(directory, script, arguments)
                .redirectError(err.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), process.pid(), out, Files.readString(err));
    }

    /** Starts the script in the background. {@link #awaitText} waits for text in its error output. */
    public Process start(Path directory, Path script, String... arguments) throws IOException {
        return builder(directory, script, arguments)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(tools.resolve("started.txt").toFile())
                .start();
    }

    private ProcessBuilder builder(Path directory, Path script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        if (javaHome) {
            builder.environment().put("JAVA_HOME", jdk.toString());
        }
        return builder;
    }

    /** Returns the options with which class archives were created or used, in order. */
    public List<String> archives() throws IOException {
        return Files.readAllLines(tools.resolve("archives.log"));
    }

    /** Returns the number of Maven calls. */
    public int builds() throws IOException {
        Path log = tools.resolve("builds.log");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    public List<Path> buildFolders() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(".bellhop"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("build-"))
                    .toList();
        }
    }

    /** Sets the age of all files to one hour, and that of the builds to half an hour. */
    public void makeOld() throws IOException {
        Instant now = Instant.now();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                boolean built = file.startsWith(root.resolve(".bellhop"));
                Duration age = built ? Duration.ofMinutes(30) : Duration.ofHours(1);
                Files.setLastModifiedTime(file, FileTime.from(now.minus(age)));
            }
        }
    }

    /** Sets the modification time of a file to now. */
    public void touch(String file) throws IOException {
        Files.setLastModifiedTime(root.resolve(file), FileTime.from(Instant.now()));
    }

    public void removeMaven() throws IOException {
        Files.delete(tools.resolve("mvn"));
    }

    /** Removes flock, which some systems do not have. */
    public void removeFlock() throws IOException {
        Files.deleteIfExists(tools.resolve("flock"));
    }

    public void removeJava() throws IOException {
        Files.delete(tools.resolve("java"));
    }

    public void moveJavaToJavaHome() throws IOException {
        removeJava();
        javaHome = true;
    }

    /** Sets the content of the JDK's file "release"; null removes the file. */
    public void setJavaRelease(String line) throws IOException {
        Path release = jdk.resolve("release");
        if (line == null) {
            Files.delete(release);
        } else {
            Files.writeString(release, line + "\n");
        }
    }

    public void failBuilds() throws IOException {
        write(tools.resolve("broken"), "");
    }

    public void repairBuilds() throws IOException {
        Files.delete(tools.resolve("broken"));
    }

    public void slowBuilds() throws IOException {
        write(tools.resolve("slow"), "");
    }

    /** Makes programs that start after this call run until {@link #releaseProgram}. */
    public void holdProgram() throws IOException {
        write(tools.resolve("hold"), "");
    }

    public void releaseProgram() throws IOException {
        Files.delete(tools.resolve("hold"));
    }

    public void awaitProgram(Process process) {
        await(process, () -> Files.exists(tools.resolve("holding")));
    }

    public void awaitText(Process process, String text) {
        await(process, () -> {
            try {
                return Files.readString(tools.resolve("started.txt")).contains(text);
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        });
    }

    private static void await(Process process, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError(
                        "The launcher ended or timed out before the expected event; alive: " + process.isAlive());
            }
            LockSupport.parkNanos(10_000_000);
        }
    }
}
