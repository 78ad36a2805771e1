package io.github.bellhop.server.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParagraphTest {
    @Test
    void wrapsAtEightyColumns() {
        String text = "word ".repeat(40);
        assertThat(Paragraph.of("  ", text).lines())
                .hasSize(3)
                .allMatch(line -> line.length() <= 80 && line.startsWith("  word"));
    }

    @Test
    void keepsAWordThatIsTooLong() {
        String url = "http://127.0.0.1/" + "x".repeat(100);
        assertThat(Paragraph.of("see " + url + " now").lines()).containsExactly("see", url, "now");
    }

    @Test
    void joinsSeveralLinesIntoOne() {
        assertThat(Paragraph.plain(" a\r\n\tb\u001b[31mc \u0085 d\n")).isEqualTo("a b [31mc d");
    }
}
