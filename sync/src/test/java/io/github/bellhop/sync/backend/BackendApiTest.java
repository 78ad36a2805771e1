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

/** The client of the Backend API, against one that answers anything. */
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
    void givesTheBytesThatCame() {
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
    void asksForOrganizationsAndPages() {
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
    void tellsAMissingUserFromAPageOfSomebodyElse() {
        assertThat(user()).isEqualTo(new Missing());
        clerk.answers(path -> Answer.of(404, "<h1>nginx</h1>"));
        assertThat(user()).isEqualTo(new Unavailable("status 404, and not by Clerk"));
    }

    @ParameterizedTest
    @CsvSource({"7,7", "0,1", "999999999,3600", "'',10", "'Wed, 25 Nov 2026 07:28:00 GMT',10", "99999999999,10"})
    void hearsHowLongToWait(String header, int seconds) {
        clerk.answers(path -> Answer.of(429, "{}").with("Retry-After", header));
        assertThat(user()).isEqualTo(new RateLimited(Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void saysWhichSettingIsWrongWhenTheKeyIsRefused(int status) {
        clerk.answers(path -> Answer.of(status, "{'errors':[]}"));
        assertThat(user()).isEqualTo(new Refused(status));
        assertThat(new Refused(status).fix()).contains("CLERK_SECRET_KEY", String.valueOf(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422, 500, 502, 503})
    void takesNoOtherStatusForAnAnswer(int status) {
        clerk.answers(path -> Answer.of(status, "{'errors':[]}"));
        assertThat(user()).isEqualTo(new Unavailable("status " + status));
    }

    @Test
    void followsNoRedirect() {
        clerk.answers(path -> Answer.of(302, "").with("Location", clerk.url() + "/elsewhere"));
        assertThat(user()).isEqualTo(new Unavailable("status 302"));
        assertThat(clerk.paths()).containsExactly(USER);
    }

    @Test
    void readsNoMoreThanTheLimit() {
        byte[] most = new byte[1024 * 1024];
        Arrays.fill(most, (byte) ' ');
        clerk.answers(path -> new Answer(200, most, java.util.Map.of(), most.length));
        assertThat(user()).isInstanceOf(Found.class);
        byte[] more = Arrays.copyOf(most, most.length + 1);
        clerk.answers(path -> new Answer(200, more, java.util.Map.of(), more.length));
        assertThat(user()).isEqualTo(new Unavailable("IOException"));
    }

    @Test
    void waitsNoLongerForTheWholeAnswerThanTold() {
        BackendApi hasty = new BackendApi(settings.withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(300)));
        clerk.answers(path -> Answer.of(200, "{'id':").unfinished());
        assertThat(hasty.get(BackendEntity.USER, "user_1")).isEqualTo(new Unavailable("no answer in time"));
    }

    @Test
    void saysSoWhenNobodyIsThere() {
        clerk.close();
        assertThat(user()).isEqualTo(new Unavailable("ConnectException"));
    }

    @Test
    void staysInterrupted() {
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
    void neverPutsIntoAUrlWhatIsNoId(String hostile) {
        assertThat(api.get(BackendEntity.USER, hostile)).isEqualTo(new Missing());
        assertThatIllegalArgumentException().isThrownBy(() -> BackendEntity.USER.pathOf(hostile));
        assertThat(clerk.paths()).isEmpty();
    }

    @Test
    void boundsTheLengthOfIds() {
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
    void sendsTheKeyNowhereElse(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withUrl(URI.create(url)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.clerk.com", "https://api.clerk.com/", "http://localhost:1", "http://[::1]:80"})
    void sendsTheKeyByHttpsOrToThisMachine(String url) {
        assertThat(settings.withUrl(URI.create(url)).url()).hasToString(url);
    }

    @Test
    void showsTheKeyNowhere() {
        assertThat(settings.toString() + api).contains(clerk.url().toString()).doesNotContain(StubClerk.KEY);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> BackendApiSettings.of("whsec_" + StubClerk.KEY))
                .withMessageContaining("sk_")
                .matches(fault -> !fault.getMessage().contains(StubClerk.KEY));
        assertThatIllegalArgumentException().isThrownBy(() -> BackendApiSettings.of("sk_a\r\nX: b"));
    }
}
