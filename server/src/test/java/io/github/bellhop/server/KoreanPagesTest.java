package io.github.bellhop.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each Korean page has the headings, commands, code and tables of its English original, in the same order. */
class KoreanPagesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path KOREAN = ROOT.resolve("docs/ko");
    private static final Pattern CODE_WORDS = Pattern.compile("`([^`]+)`");

    private static List<String> pages() throws IOException {
        try (Stream<Path> files = Files.list(KOREAN)) {
            List<String> pages = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md"))
                    .sorted()
                    .toList();
            assertThat(pages)
                    .contains(
                            "README.md",
                            "configuration.md",
                            "guide.md",
                            "migration.md",
                            "on-call.md",
                            "operations.md",
                            "spring-boot.md",
                            "troubleshooting.md");
            return pages;
        }
    }

    /**
     * Returns the parts that both languages must share, each with its kind, so that a failure is easy to understand.
     */
    private static List<String> skeleton(Path page) throws IOException {
        List<String> parts = new ArrayList<>();
        boolean fenced = false;
        for (String line : Files.readAllLines(page)) {
            if (line.strip().startsWith("```")) {
                fenced ^= true;
                parts.add("fence " + line.strip());
            } else if (fenced) {
                // Comments in code are translated, so they are not compared.
                String code = line.replaceAll("(^|\\s)(#|//|--) .*$", "").strip();
                if (!code.isEmpty() && !isHangul(code)) {
                    parts.add("code " + code);
                }
            } else if (line.startsWith("#")) {
                parts.add("heading of level " + line.indexOf(' '));
            } else if (line.startsWith("|")) {
                parts.add("table row with " + codeWords(line));
            }
        }
        return parts;
    }

    private static boolean isHangul(String text) {
        return text.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HANGUL);
    }

    private static List<String> codeWords(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = CODE_WORDS.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1));
        }
        // The word order in a sentence differs between the languages.
        return words.stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void hasTheSkeletonOfTheEnglishPage(String page) throws IOException {
        Path english = page.equals("README.md")
                ? ROOT.resolve(page)
                : ROOT.resolve("docs").resolve(page);
        assertThat(skeleton(KOREAN.resolve(page))).isEqualTo(skeleton(english));
    }
}
