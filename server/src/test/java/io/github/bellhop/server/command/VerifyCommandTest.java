package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Each test changes one thing in a valid delivery. */
class VerifyCommandTest {
    private static final String OTHER = "whsec_YW5vdGhlciBlbmRwb2ludCdzIHNlY3JldCwgdHJ1bHk=";
    private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");
    private static final String ID = "msg_2xYzTheMessage";
    private static final String BODY =
            "{\"data\":{\"first_name\":\"J\u00fcrgen\",\"id\":\"user_1\",\"image_url\":\"https://"
                    + "img.clerk.com/a\",\"n\":1.50,\"tags\":[],\"more\":{\"a\":[1,2]}},\"object\":\"event\","
                    + "\"type\":\"user.created\"}";

    @TempDir
    private Path folder;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> headers(String secret, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("svix-id", ID);
        headers.put("svix-timestamp", Long.toString(AT.getEpochSecond()));
        headers.put(
                "svix-signature",
                MessageSigner.with(SigningSecret.parse(secret)).sign(ID, AT.getEpochSecond(), utf8(body)));
        return headers;
    }

    private Run verify(Map<String, String> headers, byte[] body, String... more) throws IOException {
        StringBuilder lines = new StringBuilder();
        headers.forEach(
                (name, value) -> lines.append(name).append(": ").append(value).append('\n'));
        Files.writeString(folder.resolve("headers.txt"), lines);
        Files.write(folder.resolve("body.json"), body);
        return run(Stream.concat(Stream.of("--headers", "headers.txt", "--body", "body.json"), Stream.of(more))
                .toArray(String[]::new));
    }

    private Run run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("verify"));
        all.addAll(List.of(arguments));
        if (!all.contains("--at")) {
            all.addAll(List.of("--at", "2026-11-24T10:01:00Z"));
        }
        return Run.of(folder, Map.of(EnvironmentVariables.SIGNING_SECRET, Run.SECRET), all.toArray(String[]::new));
    }

    private void assertFound(Run run, String code, String... words) {
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
        String text = run.out().replaceAll("\\s+", " ");
        assertThat(text).startsWith("not valid").contains(code + ":").contains(words);
        assertThat(run.out() + run.err()).doesNotContain("rgen", "user_1", "YmVsbGhvcC", "YW5vdGhlc");
        assertThat(run.lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void acceptsAValidDelivery() throws IOException {
        Run run = verify(headers(Run.SECRET, BODY), utf8(BODY));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("valid").contains("signature-fits", "byte for byte");
    }

    @Test
    void namesTheMatchingSecretAndSignature() throws IOException {
        Map<String, String> headers = headers(Run.SECRET, BODY);
        headers.compute("svix-signature", (name, value) -> headers(OTHER, "x").get("svix-signature") + " " + value);
        Run run = Run.of(
                folder,
                Map.of(EnvironmentVariables.SIGNING_SECRET, OTHER + ", " + Run.SECRET),
                capture(headers, BODY, "--at", "2026-11-24T10:01:00Z"));
        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("number 2 of 2")
                .contains("CLERK_WEBHOOK_SIGNING_SECRET, number 2");
    }

    private String[] capture(Map<String, String> headers, String body, String... more) throws IOException {
        StringBuilder request = new StringBuilder("POST /api/webhooks/clerk HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        Files.write(folder.resolve("request.http"), utf8(request + "\r\n" + body));
        return Stream.concat(Stream.of("verify", "request.http"), Stream.of(more))
                .toArray(String[]::new);
    }

    @Test
    void reportsAWrongSecret() throws IOException {
        assertFound(verify(headers(OTHER, BODY), utf8(BODY)), "wrong-secret", "another endpoint", "development");
    }

    @Test
    void triesAllGivenSecrets() throws IOException {
        Run run = verify(headers(OTHER, BODY), utf8(BODY), "--secret", Run.SECRET, "--secret", OTHER);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("--secret number 2");
    }

    static Stream<Arguments> changedBodies() {
        String name = "J\u00fcrgen";
        String sorted = "{\"data\":{\"first_name\":\"J\u00fcrgen\",\"id\":\"user_1\",\"image_url\":\"https://"
                + "img.clerk.com/a\",\"more\":{\"a\":[1,2]},\"n\":1.50,\"tags\":[]},\"object\":\"event\","
                + "\"type\":\"user.created\"}";
        String pretty = "{\n  \"data\": {\n    \"first_name\": \"J\u00fcrgen\",\n    \"id\": \"user_1\",\n"
                + "    \"image_url\": \"https://img.clerk.com/a\",\n    \"n\": 1.50,\n    \"tags\": [],\n"
                + "    \"more\": {\n      \"a\": [\n        1,\n        2\n      ]\n    }\n  },\n"
                + "  \"object\": \"event\",\n  \"type\": \"user.created\"\n}";
        String spaced = BODY.replace("\":", "\": ").replace(",\"", ", \"").replace("[1,2]", "[1, 2]");
        return Stream.of(
                Arguments.of("body-changed", BODY, utf8(pretty), "pretty-printed with two spaces"),
                Arguments.of(
                        "body-changed",
                        BODY,
                        utf8(pretty.replace("  ", "    ") + "\n"),
                        "pretty-printed with four spaces"),
                Arguments.of("body-changed", BODY, utf8(pretty.replace("  ", "\t")), "pretty-printed with tabs"),
                Arguments.of("body-changed", BODY, utf8(spaced), "Python's json.dumps"),
                Arguments.of("body-changed", pretty, utf8(BODY), "the body is compact, and was signed pretty-printed"),
                Arguments.of("body-changed", sorted, utf8(BODY), "the order of its keys was changed"),
                Arguments.of("body-changed", BODY, utf8(BODY.replace(name, "J\\u00fcrgen")), "replaced by \\u escapes"),
                Arguments.of("body-changed", BODY, utf8(BODY.replace(name, "J\\u00FCrgen")), "replaced by \\u escapes"),
                Arguments.of("body-changed", BODY.replace(name, "J\\u00fcrgen"), utf8(BODY), "escapes were decoded"),
                Arguments.of("body-changed", BODY, utf8(BODY.replace("/", "\\/")), "slashes were escaped"),
                Arguments.of("body-line-ends", BODY, utf8(BODY + "\n"), "a line break was added"),
                Arguments.of(
                        "body-line-ends", BODY + "\n", utf8(BODY), "line break at the end of the body was removed"),
                Arguments.of("body-line-ends", pretty, utf8(pretty.replace("\n", "\r\n")), "from LF to CR LF"),
                Arguments.of("body-line-ends", pretty.replace("\n", "\r\n"), utf8(pretty), "from CR LF to LF"),
                Arguments.of("body-byte-order-mark", BODY, utf8("\uFEFF" + BODY), "a byte order mark was added before"),
                Arguments.of("body-compressed", BODY, zipped(BODY), "compressed with gzip"),
                Arguments.of("body-base64", BODY, Base64.getEncoder().encode(utf8(BODY)), "base64"),
                Arguments.of("body-encoded-twice", BODY, utf8('"' + BODY.replace("\"", "\\\"") + '"'), "encoded twice"),
                Arguments.of("body-recoded", BODY, BODY.getBytes(StandardCharsets.UTF_16), "UTF-16"),
                Arguments.of("body-recoded", BODY, BODY.getBytes(StandardCharsets.ISO_8859_1), "to Latin-1"),
                Arguments.of(
                        "body-recoded",
                        BODY,
                        utf8(new String(utf8(BODY), StandardCharsets.ISO_8859_1)),
                        "read as Latin-1"));
    }

    private static byte[] zipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(utf8(text));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("changedBodies")
    void explainsHowTheBodyWasChanged(String code, String signed, byte[] received, String words) throws IOException {
        assertFound(verify(headers(Run.SECRET, signed), received), code, "is correct", words, "before any parser");
    }

    /** A changed value cannot be restored, so the command does not guess. */
    @Test
    void distinguishesAForgedBodyFromAReformattedOne() throws IOException {
        assertFound(
                verify(headers(Run.SECRET, BODY), utf8(BODY.replace("user.created", "user.deleted"))),
                "wrong-secret",
                "a value in the body was changed");
    }

    @Test
    void reportsAnOldTimestampWithAMatchingSignature() throws IOException {
        Run run = verify(headers(Run.SECRET, BODY), utf8(BODY), "--at", "2026-11-26T10:00:00Z");
        assertFound(run, "timestamp-too-old", "2 days before it was received", "--at", "resend", "signature-fits");
    }

    @Test
    void printsSecondsNearTheLimit() throws IOException {
        Run run = verify(headers(Run.SECRET, BODY), utf8(BODY), "--at", "2026-11-24T10:05:01Z");
        assertFound(run, "timestamp-too-old", "signed 301 s before it was received; receivers accept at most 300 s");
    }

    @Test
    void reportsAClockThatIsBehind() throws IOException {
        Run run = verify(headers(Run.SECRET, BODY), utf8(BODY), "--at", "2026-11-24T09:50:00Z");
        assertFound(run, "timestamp-too-new", "10 min after it was received", "NTP");
    }

    @Test
    void reportsSecretsOfTheWrongKind() throws IOException {
        Map<String, String> headers = headers(Run.SECRET, BODY);
        assertFound(
                verify(headers, utf8(BODY), "--secret", "sk_live_abcdefgh"), "secret-invalid", "API keys", "Webhooks");
        assertFound(
                verify(headers, utf8(BODY), "--secret", " " + Run.SECRET + "\n"),
                "secret-invalid",
                "white space",
                "without the quotes and white space");
        assertFound(
                verify(headers, utf8(BODY), "--secret", '"' + Run.SECRET + '"'),
                "secret-invalid",
                "without the quotes");
        assertFound(verify(headers, utf8(BODY), "--secret", Run.SECRET.substring(0, 20)), "secret-invalid", "base64");
    }

    @Test
    void reportsMissingRenamedAndJoinedHeaders() throws IOException {
        Map<String, String> headers = headers(Run.SECRET, BODY);
        String signature = headers.remove("svix-signature");
        assertFound(verify(headers, utf8(BODY)), "missing-headers", "svix-signature", "proxy");
        headers.put("X-Svix-Signature", signature);
        assertFound(verify(headers, utf8(BODY)), "headers-renamed", "X-Svix-Signature", "svix-signature");
        headers.remove("X-Svix-Signature");
        headers.put("HTTP_SVIX_SIGNATURE", signature);
        assertFound(verify(headers, utf8(BODY)), "headers-renamed", "HTTP_SVIX_SIGNATURE");
        headers.put("svix-signature", signature + "," + signature);
        assertFound(verify(headers, utf8(BODY)), "invalid-headers", "joined");
    }

    @Test
    void reportsSignaturesOfAnotherKind() throws IOException {
        Map<String, String> headers = headers(Run.SECRET, BODY);
        headers.compute("svix-signature", (name, value) -> value.replace("v1,", "v1a,"));
        assertFound(verify(headers, utf8(BODY)), "no-matching-signature", "It has: v1a", "whpk_");

        String publicKey = "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
        assertFound(verify(headers, utf8(BODY), "--secret", publicKey), "wrong-secret", "The signature does not match");
        assertFound(
                verify(headers(Run.SECRET, BODY), utf8(BODY), "--secret", publicKey),
                "no-matching-signature",
                "of version v1a",
                "It has: v1.",
                "whsec_");
    }

    @Test
    void readsLinesOfBellhopAndOfClerksCommandLine() throws IOException {
        Map<String, String> headers = headers(Run.SECRET, BODY);
        String base64 = Base64.getEncoder().encodeToString(utf8(BODY));
        String line = "{\"type\":\"ready\"}\n{\"type\":\"event\",\"headers\":{\"svix-id\":\"" + ID
                + "\",\"svix-timestamp\":\"" + headers.get("svix-timestamp") + "\",\"svix-signature\":\""
                + headers.get("svix-signature") + "\"},\"NAME\":\"" + base64 + "\"}\n";
        for (String name : List.of("body_b64", "body_base64")) {
            Files.writeString(folder.resolve("deliveries.ndjson"), line.replace("NAME", name));
            assertThat(run("deliveries.ndjson", "--message", ID).exitCode()).isZero();
        }
        assertThat(run("deliveries.ndjson", "--message", "msg_other").err()).contains("does not contain", "msg_other");
        assertThat(run("deliveries.ndjson", "--message", "msg_other").exitCode())
                .isEqualTo(2);
    }

    @Test
    void readsIncompleteAndIndentedLines() throws IOException {
        Map<String, String> headers = headers(Run.SECRET, BODY);
        String object = "{\"headers\":{\"svix-id\":\"" + ID + "\",\"svix-timestamp\":\"" + headers.get("svix-timestamp")
                + "\",\"svix-signature\":\"" + headers.get("svix-signature") + "\"},\"body_b64\":\""
                + Base64.getEncoder().encodeToString(utf8(BODY)) + "\"}";
        // The file contains a message of bellhop listen, and is cut off as if the process had been killed.
        Files.writeString(
                folder.resolve("cut.ndjson"),
                "Forwarding deliveries to http://127.0.0.1:3000\n" + object + "\n" + object.substring(0, 40));
        Run cut = run("cut.ndjson", "--message", ID);
        assertThat(cut.exitCode()).as(cut.err()).isZero();
        assertThat(cut.err()).contains("not JSON: 2");

        JsonMapper indenting =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        String pretty = indenting.writeValueAsString(indenting.readTree(object));
        Files.writeString(folder.resolve("pretty.json"), "{\n}\n" + pretty + "\n");
        assertThat(run("pretty.json").exitCode()).isZero();
    }

    @Test
    void readsHeadersPrintedByCurl() throws IOException {
        StringBuilder lines = new StringBuilder();
        headers(Run.SECRET, BODY).forEach((name, value) -> lines.append("> " + name + ": " + value + "\n"));
        Files.writeString(folder.resolve("headers.txt"), lines);
        Files.write(folder.resolve("body.json"), utf8(BODY));
        assertThat(run("--headers", "headers.txt", "--body", "body.json").exitCode())
                .isZero();
    }

    @Test
    void printsOneJsonObject() throws IOException {
        Run run = verify(headers(OTHER, BODY), utf8(BODY), "--json");
        assertThat(run.out()).startsWith("{\"valid\":false,\"findings\":[{\"code\":\"wrong-secret\",\"fatal\":true");
        assertThat(run.lines()).hasSize(1);
    }

    @Test
    void rejectsMissingInputAndAMissingSecret() throws IOException {
        assertThat(run().exitCode()).isEqualTo(2);
        assertThat(run().err()).contains("CAPTURE");
        assertThat(run("absent.http").err()).contains("absent.http", "cannot be read");
        Files.writeString(folder.resolve("body.json"), "[1]");
        assertThat(run("body.json").err()).contains("neither a raw HTTP request");
        assertThat(run("body.json").exitCode()).isEqualTo(2);
        Run noSecret = Run.of(folder, Map.of(), capture(headers(Run.SECRET, BODY), BODY));
        assertThat(noSecret.exitCode()).isEqualTo(2);
        assertThat(noSecret.err()).contains("CLERK_WEBHOOK_SIGNING_SECRET");
    }
}
