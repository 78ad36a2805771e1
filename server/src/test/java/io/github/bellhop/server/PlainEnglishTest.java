package io.github.bellhop.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps code and documents free of phrases that readers of earlier versions had to read twice. */
class PlainEnglishTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern TEST_METHOD =
            Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b[^;{]*?void (\\w+)\\(");
    private static final int LONGEST_TEST_NAME = 70;

    private static final Map<Path, List<String>> LINES = new TreeMap<>();

    @BeforeAll
    static void readLines() throws IOException {
        for (Path file : DocumentationTest.sources()) {
            String path = ROOT.relativize(file).toString();
            boolean isProse = path.endsWith(".java") || path.endsWith(".md");
            if (isProse && !file.startsWith(ROOT.resolve("docs/ko")) && !path.endsWith("PlainEnglishTest.java")) {
                LINES.put(file, Files.readAllLines(file));
            }
        }
        assertThat(LINES).hasSizeGreaterThan(900);
    }

    /** Each phrase is a regular expression, matched against single lines and ignoring case. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\bmend(s|ed|ing)?\\b",
                "(?<!there )\\b(is|are|be|was|were) none\\b(?! of)",
                "\\bwhich (it|they|he) cannot\\b",
                "\\bcomes? again\\b",
                "\\bwho has not\\b",
                "\\bwhoever\\b",
                "\\b(is|are) taken for\\b",
                "\\bas it came\\b",
                "\\bcounts? for nothing\\b",
                "\\bof which it does not\\b",
                "\\bor none and false\\b",
                "\\bstarted anew\\b"
            })
    void containsNoStumblingPhrase(String phrase) {
        Pattern pattern = Pattern.compile(phrase, Pattern.CASE_INSENSITIVE);
        List<String> found = new ArrayList<>();
        LINES.forEach((file, lines) -> {
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add(ROOT.relativize(file) + ":" + (i + 1) + ": "
                            + lines.get(i).strip());
                }
            }
        });
        assertThat(found).as("lines with \"%s\"", phrase).isEmpty();
    }

    @Test
    void limitsTestNamesToSeventyCharacters() {
        List<String> tests = new ArrayList<>();
        for (List<String> lines : LINES.values()) {
            Matcher matcher = TEST_METHOD.matcher(String.join("\n", lines));
            while (matcher.find()) {
                tests.add(matcher.group(1));
            }
        }
        assertThat(tests).hasSizeGreaterThan(1000).allMatch(name -> name.length() <= LONGEST_TEST_NAME);
    }
}
