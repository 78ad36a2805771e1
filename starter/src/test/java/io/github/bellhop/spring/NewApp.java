package io.github.bellhop.spring;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Writes, builds and starts a new app as a user would. */
final class NewApp {
    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <parent>
                <groupId>org.springframework.boot</groupId>
                <artifactId>spring-boot-starter-parent</artifactId>
                <version>%s</version>
                <relativePath/>
              </parent>
              <groupId>com.example</groupId>
              <artifactId>app</artifactId>
              <version>1</version>
              <dependencies>
                <dependency>
                  <groupId>org.springframework.boot</groupId>
                  <artifactId>%s</artifactId>
                </dependency>
                <dependency>
                  <groupId>io.github.bellhop</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                </dependency>
              </dependencies>
              <build>
                <plugins>
                  <plugin>
                    <groupId>org.springframework.boot</groupId>
                    <artifactId>spring-boot-maven-plugin</artifactId>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    /**
     * The build that this test is part of, from Maven's properties.
     *
     * @param root       the root folder of the project
     * @param module     the starter's folder
     * @param artifact   the starter's artifact id
     * @param version    the version of all modules
     * @param boot       the version of Spring Boot
     * @param maven      Maven's installation folder
     * @param repository Maven's local repository
     * @param offline    whether Maven runs offline
     */
    record Build(
            Path root,
            Path module,
            String artifact,
            String version,
            String boot,
            Path maven,
            Path repository,
            boolean offline) {
        static Build ofThis() {
            Path module = Path.of(buildProperty("module"));
            return new Build(
                    Objects.requireNonNull(module.getParent()),
                    module,
                    buildProperty("artifact"),
                    buildProperty("version"),
                    buildProperty("boot"),
                    Path.of(buildProperty("maven")),
                    Path.of(buildProperty("repository")),
                    buildProperty("network").equals("offline=true"));
        }

        private static String buildProperty(String name) {
            return Objects.requireNonNull(System.getProperty("bellhop.build." + name), name);
        }

        boolean isWindows() {
            return System.getProperty("os.name").startsWith("Windows");
        }
    }

    private final Path folder;
    private final Build build;

    NewApp(Path folder, Build build) throws IOException {
        this.folder = folder;
        this.build = build;
        String web = build.boot().startsWith("3.") ? "spring-boot-starter-web" : "spring-boot-starter-webmvc";
        write("pom.xml", POM.formatted(build.boot(), web, build.artifact(), build.version()));
    }

    void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    /** Packages the app with Maven, using a repository in which the modules of this build appear to be installed. */
    void build(Path repository) throws IOException, InterruptedException {
        overlay(repository, build.repository(), List.of("io", "github", "bellhop"));
        publish(repository, build.root(), "bellhop-parent", false);
        for (String module : List.of("core", "sync", "receiver", "spring")) {
            publish(repository, build.root().resolve(module), "bellhop-" + module, true);
        }
        publish(repository, build.module(), build.artifact(), true);
        List<String> command = new ArrayList<>(List.of(
                build.maven()
                        .resolve(build.isWindows() ? "bin/mvn.cmd" : "bin/mvn")
                        .toString(),
                "-B",
                "-Dmaven.repo.local=" + repository,
                "package"));
        if (build.offline()) {
            command.add("--offline");
        }
        try (Running maven = new Running(command, folder)) {
            int code = maven.end();
            if (code != 0) {
                throw new AssertionError("Maven ended with " + code + ":\n" + String.join("\n", maven.all()));
            }
        } finally {
            remove(repository);
        }
    }

    /** Removes only the links; their targets belong to the user. */
    private static void remove(Path made) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(made)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.delete(one);
        }
    }

    /**
     * Links everything in the repository except one group. Nothing is copied, and nothing is added to the original.
     */
    private static void overlay(Path made, Path repository, List<String> without) throws IOException {
        Files.createDirectories(made);
        if (without.isEmpty() || !Files.isDirectory(repository)) {
            return;
        }
        try (Stream<Path> entries = Files.list(repository)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                String name = entry.getFileName().toString();
                if (!name.equals(without.get(0))) {
                    Files.createSymbolicLink(made.resolve(name), entry);
                }
            }
        }
        overlay(made.resolve(without.get(0)), repository.resolve(without.get(0)), without.subList(1, without.size()));
    }

    private void publish(Path repository, Path module, String artifact, boolean jar) throws IOException {
        Path place = repository.resolve("io/github/bellhop").resolve(artifact).resolve(build.version());
        String name = artifact + "-" + build.version();
        Files.createDirectories(place);
        Files.copy(module.resolve("pom.xml"), place.resolve(name + ".pom"));
        if (jar) {
            Files.copy(module.resolve("target").resolve(name + ".jar"), place.resolve(name + ".jar"));
        }
    }

    Running start() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", build.isWindows() ? "java.exe" : "java");
        return new Running(List.of(java.toString(), "-Xmx256m", "-jar", "target/app-1.jar", "--server.port=0"), folder);
    }

    /** A running process and its output. Closing stops it. */
    static final class Running implements AutoCloseable {
        private static final String END = "(the process has ended)";

        private final Process process;
        private final List<String> all = new ArrayList<>();
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        Running(List<String> command, Path folder) throws IOException {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            // Use the same JDK, but without the build's own options.
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().keySet().removeIf(name -> name.startsWith("BELLHOP_") || name.startsWith("SPRING_"));
            process = builder.start();
            Thread reader = new Thread(this::read, "output-of-the-process");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    synchronized (all) {
                        all.add(line);
                    }
                    lines.add(line);
                }
            } catch (IOException e) {
                // The process was stopped.
            } finally {
                lines.add(END);
            }
        }

        List<String> all() {
            synchronized (all) {
                return List.copyOf(all);
            }
        }

        /** Waits for the next line that matches. */
        String awaitLine(String pattern) throws InterruptedException {
            for (String line = lines.poll(120, TimeUnit.SECONDS);
                    line != null && !line.equals(END);
                    line = lines.poll(120, TimeUnit.SECONDS)) {
                if (line.matches(pattern)) {
                    return line;
                }
            }
            throw new AssertionError("No line " + pattern + " in:\n" + String.join("\n", all()));
        }

        int port() throws InterruptedException {
            return Integer.parseInt(awaitLine(".*Tomcat started on port \\d+ .*")
                    .replaceAll(".*Tomcat started on port (\\d+) .*", "$1"));
        }

        int end() throws InterruptedException {
            int code = process.waitFor();
            String unused = awaitEnd();
            return code;
        }

        private String awaitEnd() throws InterruptedException {
            String line = lines.take();
            while (!line.equals(END)) {
                line = lines.take();
            }
            return line;
        }

        @Override
        public void close() {
            process.destroy();
            try {
                if (!process.waitFor(120, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException stopped) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
