package io.github.bellhop.simulator.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
    /** A reader of this text, in which {@code |} stands for the end of a line. */
    private static ResponseReader reader(String text) {
        return new ResponseReader(
                new ByteArrayInputStream(text.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "HTTP/1.1 200 OK|Content-Length: 4||fine ~ 200 ~ fine ~ true",
                "HTTP/1.1 200|content-length:4||fine ~ 200 ~ fine ~ true",
                "HTTP/1.1 200 OK|Connection: Keep-Alive, Close|Content-Length: 4||fine ~ 200 ~ fine ~ false",
                "HTTP/1.0 200 OK|Content-Length: 4||fine ~ 200 ~ fine ~ false",
                "HTTP/1.1 200 OK||fine ~ 200 ~ fine ~ false",
                "HTTP/1.1 503 Busy|Content-Length: 0|| ~ 503 ~ '' ~ true",
                "HTTP/1.1 204 No Content|| ~ 204 ~ '' ~ true",
                "HTTP/1.1 304 Not Modified|Content-Length: 9|| ~ 304 ~ '' ~ true",
                "HTTP/1.1 101 Switching Protocols|Upgrade: x|| ~ 101 ~ '' ~ false",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|fi|2;a=b|ne|0|| ~ 200 ~ fine ~ true",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||4|fine|0|Trailer: x|| ~ 200 ~ fine ~ true",
                "HTTP/1.1 100 Continue||HTTP/1.1 200 OK|Content-Length: 4||fine ~ 200 ~ fine ~ true"
            })
    void readsOneResponse(String text, int status, String body, boolean isOpen) throws IOException {
        HttpResponse response = reader(text.strip()).read();
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.text()).isEqualTo(body);
        assertThat(response.isConnectionOpen()).isEqualTo(isOpen);
    }

    @Test
    void readsOneResponseAfterAnother() throws IOException {
        ResponseReader reader = reader("HTTP/1.1 200 OK|Transfer-Encoding: chunked||4|fine|0||"
                + "HTTP/1.1 500 No|Content-Length: 3||bad" + "HTTP/1.1 204 Nothing||");
        assertThat(reader.read().text()).isEqualTo("fine");
        assertThat(reader.read().text()).isEqualTo("bad");
        assertThat(reader.read().status()).isEqualTo(204);
    }

    @Test
    void keepsTheFirstValueOfAHeader() throws IOException {
        assertThat(reader("HTTP/1.1 204 OK|Retry-After:  7 |RETRY-AFTER: 9|X: a:b||")
                        .read()
                        .headers())
                .containsEntry("retry-after", "7")
                .containsEntry("x", "a:b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK",
                "HTTP/1.1 200 OK|Content-Length: 4||fin",
                "HTTP/1.1 200 OK|Content-Length: four||fine",
                "HTTP/1.1 200 OK|Content-Length: -4||fine",
                "HTTP/1.1 200 OK|no colon||",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||4|fin",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||4|fine0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||x|fine|0||",
                "HTTP/2 200||",
                "HTTP/1.1 20||",
                "SSH-2.0-OpenSSH|"
            })
    void rejectsWhatIsNotACompleteResponse(String text) {
        assertThatThrownBy(() -> reader(text).read()).isExactlyInstanceOf(IOException.class);
    }

    @Test
    void rejectsAnEndlessHead() {
        String header = "X: " + "x".repeat(1000) + "|";
        assertThatThrownBy(() -> reader("HTTP/1.1 200 OK|" + header.repeat(100)).read())
                .hasMessageContaining("longer than");
    }

    @Test
    void readsALongBodyToItsEnd() throws IOException {
        ResponseReader reader =
                reader("HTTP/1.1 200 OK|Content-Length: 50000||" + "x".repeat(50_000) + "HTTP/1.1 204 OK||");
        assertThat(reader.read().text()).hasSize(ResponseReader.KEPT_BYTES);
        assertThat(reader.read().status()).isEqualTo(204);
    }
}
