package io.github.bellhop.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The pages of the documentation. */
public final class DocumentPages {
    /** The folder of the project. */
    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private DocumentPages() {}

    /** All pages: those at the top of the project, and those in docs. */
    public static List<Path> all() throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .forEach(pages::add);
        }
        assertThat(pages).hasSizeGreaterThan(8);
        return pages;
    }

    /** The lines of a page that are inside code blocks. */
    public static List<String> code(Path page) throws IOException {
        List<String> code = new ArrayList<>();
        boolean fenced = false;
        for (String line : Files.readAllLines(page)) {
            if (line.strip().startsWith("```")) {
                fenced = !fenced;
            } else if (fenced) {
                code.add(line);
            }
        }
        return code;
    }
}
