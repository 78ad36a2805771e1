package io.github.bellhop.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which requests are accepted. Sends them as raw HTTP. */
class ApiServerTest {
    private ApiServer server;

    private static final class Echo implements Api {
        @Override
        public String prefix() {
            return "/v1";
        }

        @Override
        public ApiResponse handle(ApiRequest request) {
            return ApiResponse.of(
                    200,
                    ApiJson.object()
                            .put("method", request.method())
                            .put("path", String.join("|", request.path()))
                            .put("query", String.join("|", request.queryAll("id")))
                            .put("body", new String(request.body(), StandardCharsets.UTF_8)));
        }

        @Override
        public ApiResponse refusal(int status, String detail) {
            return ApiResponse.of(status, ApiJson.object().put("shape", "echo"));
        }
    }

    @BeforeEach
    void start() {
        server = ApiServer.start(0, List.of(new Echo()));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String answer(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    private String get(String headers) throws IOException {
        return answer("GET /v1/users HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8789", "LOCALHOST", "127.0.0.1:1", "[::1]", "[::1]:8789"})
    void acceptsHostNamesOfThisMachine(String host) throws IOException {
        assertThat(get("Host: " + host + "\r\n"))
                .startsWith("HTTP/1.1 200")
                .doesNotContainIgnoringCase("access-control");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8789",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "192.168.0.1",
                "0.0.0.0:8789",
                "[::2]:8789"
            })
    void rejectsOtherHostNames(String host) throws IOException {
        assertThat(get("Host: " + host + "\r\n")).startsWith("HTTP/1.1 403").doesNotContain("\"path\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "https://localhost.evil.example",
                "null",
                "http://localhost:3000",
                "https://localhost:8789"
            })
    void rejectsRequestsFromOtherOrigins(String origin) throws IOException {
        assertThat(get("Host: localhost:8789\r\nOrigin: " + origin + "\r\n")).startsWith("HTTP/1.1 403");
    }

    @Test
    void acceptsRequestsFromItsOwnOrigin() throws IOException {
        assertThat(get("Host: localhost:8789\r\nOrigin: http://localhost:8789\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void rejectsPreflightRequests() throws IOException {
        assertThat(answer("OPTIONS /v1/users HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n"
                        + "Access-Control-Request-Method: POST\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403")
                .doesNotContainIgnoringCase("access-control-allow");
    }

    @Test
    void decodesPathAndQueryAndIgnoresExtraSlashes() throws IOException {
        assertThat(answer("GET //v1/users/a%20b/?id=1&id=2%263 HTTP/1.1\r\nHost: localhost\r\n"
                        + "Connection: close\r\n\r\n"))
                .contains("\"path\":\"users|a b\"")
                .contains("\"query\":\"1|2&3\"");
    }

    @Test
    void returns404ForUnknownPaths() throws IOException {
        assertThat(answer("GET /v10/users HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
    }

    @Test
    void rejectsABodyThatIsTooLong() throws IOException {
        String body = "x".repeat(2 * 1024 * 1024 + 1);
        assertThat(answer("POST /v1/users HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length()
                        + "\r\nConnection: close\r\n\r\n" + body))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void throwsIfThePortIsTaken() {
        assertThatThrownBy(() -> ApiServer.start(server.port(), List.of()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(String.valueOf(server.port()));
    }

    @Test
    void returnsRejectionsInTheFormatOfTheApi() throws IOException {
        assertThat(get("Host: evil.example\r\n")).contains("{\"shape\":\"echo\"}");
    }

    @Test
    void treatsAnEncodedSlashAsPartOfASegment() throws IOException {
        assertThat(answer("GET /v1/users/a%2Fb HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("\"path\":\"users|a/b\"");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, same-origin, HTTP/1.1 200",
        "localhost, none, HTTP/1.1 200",
        "localhost, same-site, HTTP/1.1 403",
        "localhost, cross-site, ''",
        "localhost, from-the-future, ''",
        "rebound.example, same-origin, ''",
        "rebound.example, none, ''"
    })
    void answersNothingToPagesOfOtherSites(String host, String site, String answer) throws IOException {
        String got = get("Host: " + host + "\r\nSec-Fetch-Site: " + site + "\r\n");
        assertThat(got).startsWith(answer);
        assertThat(got.isEmpty()).isEqualTo(answer.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "HEAD", "POST", "GET"})
    void answersNothingToPagesOfOtherSitesWhateverTheMethod(String method) throws IOException {
        assertThat(answer(method + " /v1/users HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n"
                        + "Sec-Fetch-Site: cross-site\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"http://evil.example, 403", "http://localhost, 200"})
    void opensNoWebSocket(String origin, int status) throws IOException {
        assertThat(answer("GET /v1/users HTTP/1.1\r\nHost: localhost\r\nOrigin: " + origin + "\r\n"
                        + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
                        // The second request ends the connection.
                        + "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status)
                .doesNotContainIgnoringCase("sec-websocket");
    }

    @Test
    void listensOnLoopbackOnly() {
        assertThat(server.baseUri().getHost()).isEqualTo("127.0.0.1");
    }
}
