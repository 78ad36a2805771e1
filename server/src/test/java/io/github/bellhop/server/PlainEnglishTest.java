package io.github.bellhop.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps phrases out of code and documents that readers of earlier versions had to read twice. */
class PlainEnglishTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> OTHER_FOLDERS = Set.of("target", "node_modules", ".git", "ko");
    private static final Pattern TEST_METHOD =
            Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b[^;{]*?void (\\w+)\\(");
    private static final int LONGEST_TEST_NAME = 70;

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return OTHER_FOLDERS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if ((name.endsWith(".java") || name.endsWith(".md")) && !name.equals("PlainEnglishTest.java")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(files).hasSizeGreaterThan(900);
        return files;
    }

    /** Each is a regular expression over one line, without regard to case. */
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
    void containsNoStumblingPhrase(String phrase) throws IOException {
        Pattern pattern = Pattern.compile(phrase, Pattern.CASE_INSENSITIVE);
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (pattern.matcher(line).find()) {
                    found.add(ROOT.relativize(file) + ":" + number + ": " + line.strip());
                }
            }
        }
        assertThat(found).as("lines with \"%s\"", phrase).isEmpty();
    }

    @Test
    void namesNoTestWithMoreThanSeventyCharacters() throws IOException {
        List<String> tests = new ArrayList<>();
        for (Path file : files()) {
            Matcher matcher = TEST_METHOD.matcher(Files.readString(file));
            while (matcher.find()) {
                tests.add(matcher.group(1));
            }
        }
        assertThat(tests).hasSizeGreaterThan(1000).allMatch(name -> name.length() <= LONGEST_TEST_NAME);
    }
}
