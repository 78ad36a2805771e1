package io.github.bellhop.sync.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.bellhop.sync.backend.BackendAnswer.Found;
import io.github.bellhop.sync.backend.BackendAnswer.Missing;
import io.github.bellhop.sync.backend.BackendAnswer.RateLimited;
import io.github.bellhop.sync.backend.BackendAnswer.Refused;
import io.github.bellhop.sync.backend.BackendAnswer.Unavailable;
import io.github.bellhop.sync.testing.StubClerk;
import io.github.bellhop.sync.testing.StubClerk.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client of the Backend API, against a stub that returns arbitrary answers. */
class BackendApiTest {
    private static final String USER = "/v1/users/user_1";

    private final StubClerk clerk = new StubClerk();
    private final BackendApiSettings settings =
            BackendApiSettings.of(StubClerk.KEY).withUrl(clerk.url());
    private final BackendApi api = new BackendApi(settings);

    @AfterEach
    void close() {
        clerk.close();
    }

    private BackendAnswer user() {
        return api.get(BackendEntity.USER, "user_1");
    }

    @Test
    void returnsExactBytes() {
        clerk.answers(path -> Answer.of(200, "{'id':'user_1','new_key':1}"));
        assertThat(user())
                .isInstanceOfSatisfying(
                        Found.class,
                        found -> assertThat(found.body()).asString().isEqualTo("{\"id\":\"user_1\",\"new_key\":1}"));
        assertThat(clerk.paths()).containsExactly(USER);
        assertThat(clerk.header("Authorization")).isEqualTo("Bearer " + StubClerk.KEY);
        assertThat(clerk.header("Clerk-api-version")).isEqualTo("2026-05-12");
    }

    @Test
    void requestsOrganizationsAndPages() {
        clerk.answers(path -> Answer.of(200, "[]"));
        assertThat(api.get(BackendEntity.ORGANIZATION, "org_1")).isInstanceOf(Found.class);
        BackendPage page = new BackendPage(BackendPage.Listing.MEMBERSHIPS, 100, 0);
        assertThat(api.list(page)).isInstanceOf(Found.class);
        assertThat(api.list(page.next())).isInstanceOf(Found.class);
        assertThat(clerk.paths())
                .containsExactly(
                        "/v1/organizations/org_1",
                        "/v1/organization_memberships?order_by=%2Bcreated_at&limit=100&offset=0",
                        "/v1/organization_memberships?order_by=%2Bcreated_at&limit=100&offset=100");
        assertThatIllegalArgumentException().isThrownBy(() -> new BackendPage(BackendPage.Listing.USERS, 501, 0));
    }

    @Test
    void distinguishesMissingUserFrom404OfProxy() {
        assertThat(user()).isEqualTo(new Missing());
        clerk.answers(path -> Answer.of(404, "<h1>nginx</h1>"));
        assertThat(user()).isEqualTo(new Unavailable("status 404, but not from Clerk"));
    }

    @ParameterizedTest
    @CsvSource({"7,7", "0,1", "999999999,3600", "'',10", "'Wed, 25 Nov 2026 07:28:00 GMT',10", "99999999999,10"})
    void readsRetryAfterHeader(String header, int seconds) {
        clerk.answers(path -> Answer.of(429, "{}").with("Retry-After", header));
        assertThat(user()).isEqualTo(new RateLimited(Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void namesSettingWhenKeyIsRefused(int status) {
        clerk.answers(path -> Answer.of(status, "{'errors':[]}"));
        assertThat(user()).isEqualTo(new Refused(status));
        assertThat(new Refused(status).fix()).contains("CLERK_SECRET_KEY", String.valueOf(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422, 500, 502, 503})
    void reportsOtherStatusAsUnavailable(int status) {
        clerk.answers(path -> Answer.of(status, "{'errors':[]}"));
        assertThat(user()).isEqualTo(new Unavailable("status " + status));
    }

    @Test
    void doesNotFollowRedirect() {
        clerk.answers(path -> Answer.of(302, "").with("Location", clerk.url() + "/elsewhere"));
        assertThat(user()).isEqualTo(new Unavailable("status 302"));
        assertThat(clerk.paths()).containsExactly(USER);
    }

    @Test
    void rejectsAnswerAboveSizeLimit() {
        byte[] largest = new byte[1024 * 1024];
        Arrays.fill(largest, (byte) ' ');
        clerk.answers(path -> new Answer(200, largest, java.util.Map.of(), largest.length));
        assertThat(user()).isInstanceOf(Found.class);
        byte[] tooLarge = Arrays.copyOf(largest, largest.length + 1);
        clerk.answers(path -> new Answer(200, tooLarge, java.util.Map.of(), tooLarge.length));
        assertThat(user()).isEqualTo(new Unavailable("IOException"));
    }

    @Test
    void timesOutOnUnfinishedAnswer() {
        BackendApi impatient = new BackendApi(settings.withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(300)));
        clerk.answers(path -> Answer.of(200, "{'id':").unfinished());
        assertThat(impatient.get(BackendEntity.USER, "user_1")).isEqualTo(new Unavailable("timed out"));
    }

    @Test
    void reportsConnectionFailure() {
        clerk.close();
        assertThat(user()).isEqualTo(new Unavailable("ConnectException"));
    }

    @Test
    void keepsInterruptFlag() {
        Thread.currentThread().interrupt();
        assertThat(user()).isSameAs(Unavailable.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "user_",
                "user_1/../../organizations",
                "../organizations",
                "user_1?x=1",
                "user_1#x",
                "user_1%2F",
                "user_1 ",
                "user_1\n",
                "user_\u00fc",
                "user_\u0661",
                "org_1",
                "USER_1",
                "user_a\u0000b",
                "http://127.0.0.1/"
            })
    void neverPutsInvalidIdIntoUrl(String hostile) {
        assertThat(api.get(BackendEntity.USER, hostile)).isEqualTo(new Missing());
        assertThatIllegalArgumentException().isThrownBy(() -> BackendEntity.USER.pathOf(hostile));
        assertThat(clerk.paths()).isEmpty();
    }

    @Test
    void limitsLengthOfIds() {
        assertThat(BackendEntity.USER.isId("user_" + "a".repeat(64))).isTrue();
        assertThat(api.get(BackendEntity.USER, "user_" + "a".repeat(300))).isEqualTo(new Missing());
        assertThat(clerk.paths()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.clerk.com",
                "http://127.0.0.1.example.com",
                "https://api.clerk.com/v1",
                "https://user:password@api.clerk.com",
                "https://api.clerk.com?x=1",
                "https:///v1",
                "ftp://127.0.0.1",
                "api.clerk.com"
            })
    void rejectsUnsafeUrl(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withUrl(URI.create(url)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.clerk.com", "https://api.clerk.com/", "http://localhost:1", "http://[::1]:80"})
    void acceptsHttpsAndLoopbackUrl(String url) {
        assertThat(settings.withUrl(URI.create(url)).url()).hasToString(url);
    }

    @Test
    void neverShowsKey() {
        assertThat(settings.toString() + api).contains(clerk.url().toString()).doesNotContain(StubClerk.KEY);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> BackendApiSettings.of("whsec_" + StubClerk.KEY))
                .withMessageContaining("sk_")
                .matches(fault -> !fault.getMessage().contains(StubClerk.KEY));
        assertThatIllegalArgumentException().isThrownBy(() -> BackendApiSettings.of("sk_a\r\nX: b"));
    }
}
