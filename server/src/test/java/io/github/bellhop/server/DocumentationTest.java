package io.github.bellhop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.command.BellhopCommand;
import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.testing.DocumentPages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Checks that the links, paths, commands and tests in the documentation exist. */
@SameOnEveryJdk
class DocumentationTest {
    private static final Path ROOT = DocumentPages.ROOT;
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern COMMAND = Pattern.compile("^(?:\\s*|[A-Z_]+=\\S+ )*(?:\\./)?bellhop ([a-z].*)$");
    private static final Pattern OTHER_COMMAND =
            Pattern.compile("^\\s*((?:mvn|java|npx|npm|curl|psql|pg_\\w+|sqlite3|scp|hyperfine)\\s.*)$");

    /** The beginning of each command other than {@code bellhop}, and the file that runs or documents it. */
    private static final Map<String, String> RUN_BY = Map.ofEntries(
            Map.entry("mvn verify", ".ci/run"),
            Map.entry("mvn -pl core -am verify", ".ci/run"),
            Map.entry("mvn spotless:apply", ".ci/run"),
            Map.entry("mvn -pl server -am -DskipTests package", "server/src/test/.*/LauncherTest.java"),
            Map.entry("mvn install -DskipTests -pl starter", "starter/src/test/.*/NewAppIT.java"),
            Map.entry("mvn package && java -jar target/app-1.jar", "starter/src/test/.*/NewAppIT.java"),
            Map.entry("curl http://127.0.0.1:8789/v1/users", "server/src/test/.*/DevTest.java"),
            Map.entry("curl -X PUT http://127.0.0.1:8789/simulator/rate-limit", "server/src/test/.*/DevTest.java"),
            Map.entry("curl http://127.0.0.1:8789/simulator/events", "simulator/src/test/.*/EventsApiTest.java"),
            Map.entry("mvn -q -pl benchmarks", "benchmarks/pom.xml"),
            Map.entry("java -jar benchmarks", "benchmarks/pom.xml"),
            Map.entry(
                    "java -cp benchmarks/target/benchmarks.jar io.github.bellhop.benchmarks.load.LoadRun",
                    "benchmarks/src/main/.*/load/LoadRun.java"),
            Map.entry(
                    "java -cp benchmarks/target/benchmarks.jar io.github.bellhop.benchmarks.load.AttackRun",
                    "benchmarks/src/main/.*/load/AttackRun.java"),
            Map.entry(
                    "java -cp benchmarks/target/benchmarks.jar io.github.bellhop.benchmarks.simulator.SimulatorComparison",
                    "benchmarks/src/main/.*/simulator/SimulatorComparison.java"),
            // The build cannot run these: it lacks the programs or the paths of a server.
            Map.entry("java -cp '/opt/bellhop/lib/*'", "docs/operations.md"),
            Map.entry("hyperfine ", "bellhop"),
            Map.entry("npx ", "docs/typescript.md"),
            Map.entry("pg_dump ", "docs/operations.md"),
            Map.entry("sqlite3 ", "docs/operations.md"),
            Map.entry("scp ", "docs/operations.md"));

    private static final Pattern SNIPPET = Pattern.compile("(?ms)^```(?:java|ts)\\n(.*?)^```$");
    private static final Pattern TEST_NAME = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");

    @Test
    void everyLinkPointsToAFile() throws IOException {
        for (Path page : DocumentPages.all()) {
            Matcher links = LINK.matcher(Files.readString(page));
            while (links.find()) {
                assertThat(page.resolveSibling(links.group(1)))
                        .as("%s in %s", links.group(1), page)
                        .exists();
            }
        }
    }

    @Test
    void everyCommandOnAPageIsValid() throws IOException {
        int commands = 0;
        for (Path page : DocumentPages.all()) {
            for (String line : DocumentPages.code(page)) {
                Matcher matcher = COMMAND.matcher(line.replaceAll("\\s+#.*$", ""));
                if (matcher.matches()) {
                    commands++;
                    // An unquoted * would be expanded by the shell, and zsh fails if no file matches.
                    assertThat(line.replaceAll("'[^']*'|\"[^\"]*\"", ""))
                            .as("%s", page)
                            .doesNotContain("*");
                    CommandLine command = BellhopCommand.line(ProgramEnvironment.ofProcess());
                    CommandLine.ParseResult parsed =
                            command.parseArgs(matcher.group(1).trim().split("\\s+"));
                    assertThat(parsed.hasSubcommand()).as(line).isTrue();
                }
            }
        }
        assertThat(commands).isGreaterThan(5);
    }

    /** {@code DocumentedCommandsTest} runs the commands of the program itself. */
    @Test
    void everyOtherCommandIsRunElsewhere() throws IOException {
        List<String> files = sources().stream()
                .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
                .toList();
        assertThat(RUN_BY.values())
                .allSatisfy(file -> assertThat(files).as(file).anyMatch(name -> name.matches(file)));
        for (Path page : DocumentPages.all()) {
            for (String line : DocumentPages.code(page)) {
                Matcher command = OTHER_COMMAND.matcher(line);
                if (command.matches()) {
                    assertThat(RUN_BY.keySet()).as("%s on %s", line, page).anyMatch(command.group(1)::startsWith);
                }
            }
        }
    }

    @Test
    void everyCommandIsDocumented() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path page : DocumentPages.all()) {
            text.append(Files.readString(page)).append('\n');
        }
        assertThat(namesOfCommands(BellhopCommand.line(ProgramEnvironment.ofProcess())))
                .hasSizeGreaterThan(13)
                .allSatisfy(name -> assertThat(Pattern.compile(name.replace(" ", "\\s+") + "(?![\\w-])")
                                .matcher(text)
                                .find())
                        .as("%s is not documented on any page", name)
                        .isTrue());
    }

    private static List<String> namesOfCommands(CommandLine command) {
        List<String> names = new ArrayList<>();
        for (CommandLine sub : command.getSubcommands().values()) {
            names.add(sub.getCommandSpec().qualifiedName());
            names.addAll(namesOfCommands(sub));
        }
        return names;
    }

    /** Every code snippet must be part of code that the build runs; only white space and comments may differ. */
    @Test
    void everySnippetIsPartOfATestOrAnExample() throws IOException {
        String sources = allCode();
        int snippets = 0;
        for (Path page : DocumentPages.all()) {
            Matcher blocks = SNIPPET.matcher(Files.readString(page));
            while (blocks.find()) {
                snippets++;
                assertThat(sources.contains(bare(blocks.group(1))))
                        .as("%s has a snippet that is not part of a test or an example:%n%s", page, blocks.group(1))
                        .isTrue();
            }
        }
        assertThat(snippets).isGreaterThan(10);
    }

    private static String bare(String code) {
        return code.replaceAll("(?m)^\\s*//.*$", "").replaceAll("\\s+", "");
    }

    private static String allCode() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : sources()) {
            if (isRun(file)) {
                all.append(bare(Files.readString(file)));
            }
        }
        return all.toString();
    }

    /** Returns every file of the project except those in folders that a concurrent build may change. */
    static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String path = "/" + ROOT.relativize(folder).toString().replace('\\', '/');
                return path.matches(".*/(target|node_modules)|/data|/[.](?!ci$|mvn$).*|.*/[.]next")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                boolean isGits = file.getFileName().toString().equals(".git");
                if (attributes.isRegularFile() && !isGits) {
                    sources.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }

    private static boolean isRun(Path file) {
        String path = ROOT.relativize(file).toString().replace('\\', '/');
        return path.matches(".*[.](java|tsx?|mjs)") && (path.startsWith("examples/") || path.contains("src/test"));
    }

    @Test
    void everyTestNamedInTheGuaranteesExists() throws IOException {
        String sources = allTests();
        Matcher names = TEST_NAME.matcher(Files.readString(ROOT.resolve("docs/guarantees.md")));
        int found = 0;
        while (names.find()) {
            found++;
            assertThat(sources.contains("class " + names.group(1)))
                    .as(names.group(1))
                    .isTrue();
            if (names.group(2) != null) {
                assertThat(sources.contains("void " + names.group(2) + "("))
                        .as(names.group())
                        .isTrue();
            }
        }
        assertThat(found).isGreaterThan(10);
    }

    private static String allTests() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    for (Path file : files.filter(name -> name.toString().endsWith(".java"))
                            .toList()) {
                        all.append(Files.readString(file));
                    }
                }
            }
        }
        return all.toString();
    }

    /** A clone must build on every machine. */
    @Test
    void noFileContainsALocalPathOrAPackageRegistry() throws IOException {
        // The words are split so that this file does not match.
        Pattern foreign = Pattern.compile("repo\\." + "maven|repo1\\." + "maven|registry\\." + "npmjs|[\\s\"'=(]/wo"
                + "rk/|/tmp/" + "h-|/ho" + "me/[a-z]|/ro" + "ot/|/Us" + "ers/[a-z]");
        for (Path file : sources()) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            Matcher matcher = foreign.matcher(text);
            assertThat(matcher.find() ? matcher.group() : "")
                    .as(file.toString())
                    .isEmpty();
        }
    }

    /** The page must name every package-private type of the package, as a step of the run or among the other types. */
    @Test
    void aRunPassesThroughAtMostTwelveTypes() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/architecture.md"));
        String section = page.substring(page.indexOf("## How a run is executed"), page.indexOf("## How a simulated"));
        String way = section.substring(0, section.indexOf("Other types:"));
        List<String> onTheWay = new ArrayList<>();
        try (Stream<Path> files = Files.list(ROOT.resolve("sync/src/main/java/io/github/bellhop/sync/handle"))) {
            for (Path file : files.toList()) {
                String type = file.getFileName().toString().replace(".java", "");
                if (way.contains("`" + type + "`")) {
                    onTheWay.add(type);
                } else if (!Files.readString(file).contains("\npublic ") && !type.equals("package-info")) {
                    assertThat(section).contains("`" + type + "`");
                }
            }
        }
        assertThat(onTheWay).hasSizeBetween(8, 12);
    }

    /** Each type must occur in the source of an earlier type or implement such a type, so that readers can follow. */
    @Test
    void aDeliveryPassesThroughAtMostTwentyFiveTypes() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/architecture.md"));
        String way = page.substring(page.indexOf("To follow a `user.created`"), page.indexOf("**Call handlers**"));
        List<String> types = Pattern.compile("`([A-Z]\\w+)`")
                .matcher(way)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(types).hasSizeBetween(20, 25).doesNotHaveDuplicates();
        StringBuilder read = new StringBuilder(source(types.get(0)));
        for (int i = 1; i < types.size(); i++) {
            String type = types.get(i);
            String source = source(type);
            boolean named = Pattern.compile("\\b" + type + "\\b").matcher(read).find();
            boolean implemented = types.subList(0, i).stream()
                    .anyMatch(earlier -> Pattern.compile("implements " + earlier + "\\b")
                            .matcher(source)
                            .find());
            assertThat(named || implemented).as(type).isTrue();
            read.append(source);
        }
    }

    private static String source(String type) throws IOException {
        for (String module : List.of("core", "receiver", "sync")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                Optional<Path> file =
                        files.filter(path -> path.endsWith(type + ".java")).findFirst();
                if (file.isPresent()) {
                    return Files.readString(file.get());
                }
            }
        }
        throw new AssertionError("Unknown type " + type);
    }

    @Test
    void theReadmeHasAtMost200Lines() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(200);
    }
}
