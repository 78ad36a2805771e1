package io.github.bellhop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Generates the page about the packages and their dependencies from the imports in the sources. */
@SameOnEveryJdk
class PackagesPageTest {
    private static final Path PAGE = Path.of("../docs/packages.md");
    private static final String ROOT = "io.github.bellhop";
    private static final List<String> MODULES =
            List.of("core", "sync", "receiver", "simulator", "test", "spring", "starter", "starter-boot3", "server");
    private static final Pattern IMPORT = Pattern.compile("import (?:static )?" + ROOT + "\\.([a-z0-9.]*?)\\.?[A-Z].*");

    /**
     * Base types in the root package, which any package may use. The other types in the root package depend on all of
     * core.
     */
    private static final Pattern BASE =
            Pattern.compile("import " + ROOT + "\\.(BellhopException|InvalidSettingException|SettingNames);");

    @Test
    void pageMatchesTheImports() throws IOException {
        String page = page();
        if (Boolean.getBoolean("bellhop.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().isEqualTo(page);
    }

    private static String page() throws IOException {
        Map<String, String> modules = new TreeMap<>();
        Map<String, Set<String>> uses = new TreeMap<>();
        for (String module : MODULES) {
            read(module, modules, uses);
        }
        uses.values().forEach(targets -> targets.retainAll(modules.keySet()));
        StringBuilder page = new StringBuilder("""
                # The packages and their dependencies

                This page is generated from the imports in the sources. After a change, run the build with
                `-Dbellhop.docs.write=true` to update it. [Architecture](architecture.md) describes each package.

                An arrow points from a package to a package that it uses. An arrow is omitted if a path of other arrows
                leads to the same package. Uses of the base types of the root package are omitted too:
                `BellhopException`, `InvalidSettingException`, `SettingNames`. There are no cycles.

                ```mermaid
                flowchart LR
                """);
        for (String module : MODULES) {
            page.append("    subgraph ").append(module).append('\n');
            modules.forEach((name, owner) -> {
                if (owner.equals(module)) {
                    page.append("        ")
                            .append(node(name))
                            .append("[\"")
                            .append(shown(name))
                            .append("\"]\n");
                }
            });
            page.append("    end\n");
        }
        uses.forEach((name, targets) -> direct(name, uses)
                .forEach(target -> page.append("    ")
                        .append(node(name))
                        .append(" --> ")
                        .append(node(target))
                        .append('\n')));
        return page.append("```\n").toString();
    }

    private static void read(String module, Map<String, String> modules, Map<String, Set<String>> uses)
            throws IOException {
        Path root = Path.of("..", module, "src/main/java").resolve(ROOT.replace('.', '/'));
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.endsWith("package-info.java"))
                    .toList()) {
                String name = root.relativize(file.getParent()).toString().replace('/', '.');
                modules.putIfAbsent(name, module);
                uses.computeIfAbsent(name, unused -> new TreeSet<>()).addAll(imported(file, name));
            }
        }
    }

    private static Set<String> imported(Path file, String own) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !BASE.matcher(line).matches())
                    .map(IMPORT::matcher)
                    .filter(matcher -> matcher.matches())
                    .map(matcher -> matcher.group(1))
                    .filter(name -> !name.equals(own))
                    .collect(Collectors.toSet());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Returns the used packages that cannot be reached through another used package. */
    private static Set<String> direct(String name, Map<String, Set<String>> uses) {
        Set<String> direct = new TreeSet<>(uses.get(name));
        for (String target : uses.get(name)) {
            Set<String> reached = new HashSet<>();
            reach(target, uses, reached);
            assertThat(reached).as("a cycle of packages").doesNotContain(name);
            direct.removeAll(reached);
        }
        return direct;
    }

    private static void reach(String name, Map<String, Set<String>> uses, Set<String> reached) {
        for (String target : uses.getOrDefault(name, Set.of())) {
            if (reached.add(target)) {
                reach(target, uses, reached);
            }
        }
    }

    private static String node(String name) {
        return name.isEmpty() ? "root" : name.replace('.', '_');
    }

    private static String shown(String name) {
        return name.isEmpty() ? ROOT : name;
    }
}
