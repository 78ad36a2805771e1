package io.github.bellhop.server.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {
    @ParameterizedTest
    @CsvSource({
        "plain, 5",
        "김민준, 6",
        "ｆｕｌｌ, 8",
        "山田, 4",
        "カナ, 4",
        "👋a, 3",
        "⚡✅, 4",
        "→✓, 2",
        "👨\u200D👩, 4",
        "e\u0301, 1",
        "é, 1",
        "Ж, 1"
    })
    void countsTheColumnsOnATerminal(String text, int columns) {
        assertThat(Columns.of(text)).isEqualTo(columns);
    }

    @Test
    void shortensTextToTheWidth() {
        assertThat(Columns.shortened("abcdefgh", 8)).isEqualTo("abcdefgh");
        assertThat(Columns.shortened("abcdefghi", 8)).isEqualTo("abcde...");
        assertThat(Columns.shortened("가나다라마", 9)).isEqualTo("가나다...");
        assertThat(Columns.shortened("가나다라마", 8)).isEqualTo("가나...");
        assertThat(Columns.shortened("👋👋👋👋", 7)).isEqualTo("👋👋...");
        assertThat(Columns.shortened("abcd", 2)).isEqualTo("...");
    }

    @Test
    void wrapsParagraphsByColumns() {
        assertThat(Paragraph.of("", "김민준 ".repeat(30)).lines())
                .allMatch(line -> Columns.of(line) <= 80)
                .hasSize(3);
    }
}
