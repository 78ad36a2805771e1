package io.github.bellhop.server.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.testing.AnswerStages;
import io.github.bellhop.server.testing.AnswerStages.Stage;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the table as a whole: every row has an example answer, and no row matches too broadly. */
@SameOnEveryJdk
class AnswerTableTest {
    private static final URI URL = URI.create("http://127.0.0.1:8787/api/webhooks/clerk");

    private static final HttpAnswer BY_WWW = new HttpAnswer(
            URI.create("https://example.com/hook"),
            301,
            Map.of("location", List.of("https://www.example.com/hook")),
            "");

    private static HttpAnswer answer(int status, Map<String, String> headers, String body) {
        return new HttpAnswer(
                URL,
                status,
                headers.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))),
                body);
    }

    private static @Nullable String id(HttpAnswer answer) {
        AnswerCause cause = AnswerTable.of(answer);
        return cause == null ? null : cause.id();
    }

    @Test
    void everyRowHasAnExampleAnswer() {
        List<HttpAnswer> staged = AnswerStages.all().stream()
                .map(stage -> answer(stage.status(), stage.headers(), stage.body()))
                .toList();
        List<AnswerRule> first = Stream.concat(staged.stream(), Stream.of(BY_WWW))
                .flatMap(answer -> AnswerTable.ROWS.stream()
                        .filter(row -> row.of(answer) != null)
                        .limit(1))
                .toList();
        assertThat(AnswerTable.ROWS.stream()
                        .filter(row -> first.stream().noneMatch(some -> some == row))
                        .map(row -> row.cause().id()))
                .isEmpty();
    }

    @Test
    void recognizesRedirectsThatAddOrRemoveWww() {
        assertThat(id(BY_WWW)).isEqualTo("redirect-www");
        HttpAnswer back = new HttpAnswer(
                URI.create("https://www.example.com/hook"),
                301,
                Map.of("location", List.of("https://example.com/hook")),
                "");
        assertThat(id(back)).isEqualTo("redirect-www");
        HttpAnswer other = new HttpAnswer(
                URI.create("https://example.com/hook"),
                301,
                Map.of("location", List.of("https://www.example.com.evil.example/hook")),
                "");
        assertThat(id(other)).isEqualTo("redirect");
    }

    static List<Stage> stages() {
        return AnswerStages.all();
    }

    @ParameterizedTest
    @MethodSource("stages")
    void namesNoSenderForAStatusAlone(Stage stage) {
        AnswerCause bare = AnswerTable.of(answer(stage.status(), Map.of(), ""));
        assertThat(bare == null || !bare.named()).as(String.valueOf(bare)).isTrue();
    }

    @Test
    void findsNoProblemInAnswersOfAWebhook() {
        assertThat(id(answer(200, Map.of("Server", "Vercel", "x-clerk-auth-status", "signed-out"), "OK")))
                .isNull();
        assertThat(id(answer(
                        400, Map.of("CF-RAY", "8c-ICN", "Server", "cloudflare"), "{\"reason\":\"missing-headers\"}")))
                .isNull();
        assertThat(id(answer(400, Map.of("Server", "nginx"), "Error verifying webhook")))
                .isNull();
        String hint = "Either CLERK_WEBHOOK_SIGNING_SECRET is not this endpoint's secret, or the body was changed";
        assertThat(id(answer(400, Map.of(), "{\"reason\":\"no-matching-signature\",\"hint\":\"" + hint + "\"}")))
                .isNull();
    }

    /** Next.js and Spring Security both forbid caching, but with different header values. */
    @Test
    void distinguishesNextJsFromSpringSecurity() {
        Map<String, String> next = Map.of(
                "Cache-Control", "private, no-cache, no-store, max-age=0, must-revalidate",
                "X-Content-Type-Options", "nosniff",
                "Expires", "0");
        assertThat(id(answer(403, next, ""))).isEqualTo("refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/authors/x", "/catalogue", "/blogin-2"})
    void doesNotMistakeSimilarPathsForASignIn(String path) {
        assertThat(id(answer(302, Map.of("Location", path), ""))).isEqualTo("redirect");
    }

    @Test
    void leavesOutQueriesAndControlCharacters() {
        AnswerCause redirect = AnswerTable.of(answer(307, Map.of("Location", "/x?token=k33p#k33p"), ""));
        assertThat(String.valueOf(redirect)).contains("/x").doesNotContain("k33p");
        AnswerCause vercel = AnswerTable.of(answer(403, Map.of("x-vercel-mitigated", "deny\u001b[31m"), ""));
        assertThat(String.valueOf(vercel)).contains("Vercel's firewall").doesNotContain("\u001b", "[31m");
    }

    /** A stranger controls the answer, so every row must match in at most linear time. */
    @Test
    @Timeout(20)
    void readsLongAnswersInLinearTime() {
        for (String part : List.of("\"timestamp\":", " ", "<", "Error 1020 ", "error code: ", "a.example/")) {
            String text = part.repeat(1_000_000 / part.length());
            assertThat(id(answer(404, Map.of("Location", text), text))).isNotNull();
            assertThat(id(answer(302, Map.of("Location", "/" + text.replace(' ', '/')), text)))
                    .isNotNull();
        }
    }
}
