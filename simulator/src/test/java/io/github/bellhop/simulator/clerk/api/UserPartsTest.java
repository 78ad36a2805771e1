package io.github.bellhop.simulator.clerk.api;

import static io.github.bellhop.simulator.clerk.Simulated.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.clerk.Simulated;
import io.github.bellhop.simulator.fixture.LinkedAccount;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Second factors, passkeys, wallets, images, codes, invitations and replaced identifiers of users. */
class UserPartsTest {
    private static final String PNG = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
            + "Content-Type: image/png\r\n\r\n\u0089PNG\r\n--x--\r\n";

    private final Simulated simulated = new Simulated();
    private final Calls calls =
            new Calls(new ClerkBackendApi(simulated.instance, ClerkBackendApi.SECRET_KEY, 0, simulated.clock));
    private String ada = "";
    private String organization = "";

    @BeforeEach
    void createUser() {
        ada = id(calls.post(
                "/users",
                "{'email_address':['ada@example.com'],'phone_number':['+12025550101'],'username':'ada',"
                        + "'web3_wallet':['0x00000000000000000000000000000000000000aa'],"
                        + "'totp_secret':'JBSWY3DPEHPK3PXP','backup_codes':['a1b2c3d4']}"));
        calls.post("/users", "{'email_address':['bob@example.com']}");
        simulated.instance.users().addPasskey(ada, "key");
        organization = simulated.organization(ada);
        simulated.events.clear();
    }

    private String filled(String text) {
        JsonNode user = simulated.instance.users().get(ada);
        return text.replace("ADA", ada)
                .replace("ORG", organization)
                .replace("PASSKEY", user.at("/passkeys/0/id").asString(""))
                .replace("WALLET", user.at("/web3_wallets/0/id").asString(""))
                .replace("EMAIL", user.at("/email_addresses/0/id").asString(""))
                .replace("PHONE", user.at("/phone_numbers/0/id").asString(""));
    }

    private JsonNode user() {
        return calls.get("/users/" + ada);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | /users/ADA/totp | '' | user.updated",
                "DELETE | /users/ADA/backup_code | '' | user.updated",
                "DELETE | /users/ADA/mfa | '' | user.updated",
                "DELETE | /users/ADA/passkeys/PASSKEY | '' | user.updated",
                "DELETE | /users/ADA/web3_wallets/WALLET | '' | user.updated",
                "POST | /users/ban | {'user_ids':['ADA']} | user.updated",
                "PUT | /users/ADA/email_address | {'email_address':'new@example.com'} | user.updated",
                "PUT | /users/ADA/phone_number | {'phone_number':'+12025550109'} | user.updated",
                "POST | /email_addresses/EMAIL/prepare_verification | '' | email.created",
                "POST | /phone_numbers/PHONE/prepare_verification | '' | sms.created",
            })
    void emitsTheEventOfTheChange(String method, String target, String body, String type) {
        Calls.ok(calls.call(method, filled(target), filled(body)));
        assertThat(simulated.events.types()).containsExactly(type);
    }

    @Test
    void removesSecondFactors() {
        assertThat(user().path("two_factor_enabled").booleanValue()).isTrue();
        assertThat(Calls.ok(calls.call("DELETE", "/users/" + ada + "/totp", ""))
                        .path("user_id")
                        .stringValue())
                .isEqualTo(ada);
        JsonNode user = user();
        assertThat(user.path("totp_enabled").booleanValue()).isFalse();
        assertThat(user.path("two_factor_enabled").booleanValue()).isFalse();
        assertThat(user.path("backup_code_enabled").booleanValue()).isTrue();
        assertThat(user.path("mfa_disabled_at").isNumber()).isTrue();
        Calls.ok(calls.call("DELETE", "/users/" + ada + "/mfa", ""));
        assertThat(user().path("backup_code_enabled").booleanValue()).isFalse();
        simulated.events.clear();
        Calls.ok(calls.call("DELETE", "/users/" + ada + "/mfa", ""));
        assertThat(simulated.events.types()).as("nothing is left").isEmpty();
    }

    @Test
    void keepsSecondFactorWithAPhone() {
        String phone = filled("PHONE");
        Calls.ok(calls.call("PATCH", "/phone_numbers/" + phone, "{'reserved_for_second_factor':true}"));
        Calls.ok(calls.call("DELETE", "/users/" + ada + "/totp", ""));
        assertThat(user().path("two_factor_enabled").booleanValue()).isTrue();
        Calls.ok(calls.call("PUT", "/users/" + ada + "/phone_number", "{'phone_number':'+12025550101'}"));
        assertThat(user().path("two_factor_enabled").booleanValue()).isFalse();
    }

    @Test
    void removesPasskeysAndWallets() {
        String passkey = filled("PASSKEY");
        String wallet = filled("WALLET");
        assertThat(Calls.ok(calls.call("DELETE", "/users/" + ada + "/passkeys/" + passkey, ""))
                        .toString())
                .isEqualTo("{\"object\":\"passkey\",\"id\":\"" + passkey + "\",\"deleted\":true}");
        assertThat(Calls.ok(calls.call("DELETE", "/users/" + ada + "/web3_wallets/" + wallet, ""))
                        .toString())
                .isEqualTo("{\"object\":\"web3_wallet\",\"id\":\"" + wallet + "\",\"deleted\":true}");
        assertThat(user().path("passkeys")).isEmpty();
        assertThat(user().path("web3_wallets")).isEmpty();
        assertThat(user().path("primary_web3_wallet_id").isNull()).isTrue();
    }

    @Test
    void bansAndUnbansSeveralOrNone() {
        String eve = simulated.user();
        calls.post("/sessions", "{'user_id':'" + eve + "'}");
        String body = "{'user_ids':['" + ada + "','" + eve + "']}";
        assertThat(calls.post("/users/ban", body))
                .allMatch(user -> user.path("banned").booleanValue());
        assertThat(simulated.events.types()).contains("session.revoked");
        assertThat(calls.error("POST", "/users/unban", "{'user_ids':['" + ada + "','user_none']}"))
                .isEqualTo("400 resource_not_found");
        assertThat(user().path("banned").booleanValue()).isTrue();
        assertThat(calls.post("/users/unban", body))
                .noneMatch(user -> user.path("banned").booleanValue());
    }

    @Test
    void replacesTheEmailAddresses() {
        calls.post("/email_addresses", "{'user_id':'" + ada + "','email_address':'second@example.com'}");
        JsonNode email = Calls.ok(calls.call(
                "PUT",
                "/users/" + ada + "/email_address",
                "{'email_address':'new@example.com','notify_primary_email_address_changed':true}"));
        assertThat(email.at("/verification/strategy").stringValue()).isEqualTo("admin");
        assertThat(user().path("email_addresses")).containsExactly(email);
        assertThat(user().path("primary_email_address_id")).isEqualTo(email.path("id"));
        assertThat(calls.get("/users?email_address=second@example.com")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"verified,false,true", "reserved,true,false", "unverified,false,false"})
    void replacesWithTheGivenStatus(String status, boolean reserved, boolean verified) {
        JsonNode email = Calls.ok(calls.call(
                "PUT",
                "/users/" + ada + "/email_address",
                "{'email_address':'ada@example.com','identification_status':'" + status + "'}"));
        assertThat(email.path("reserved").booleanValue()).isEqualTo(reserved);
        assertThat(email.path("verification").isObject()).isEqualTo(verified);
    }

    @Test
    void keepsAnAddressThatAnAccountNeeds() {
        simulated.instance.externalAccounts().link(ada, LinkedAccount.GITHUB);
        assertThat(calls.error("PUT", "/users/" + ada + "/email_address", "{'email_address':'new@example.com'}"))
                .isEqualTo("400 delete_linked_identification_disallowed");
        assertThat(user().at("/email_addresses/0/email_address").stringValue()).isEqualTo("ada@example.com");
    }

    @ParameterizedTest
    @CsvSource({"EMAIL,/email_addresses/,email_code", "PHONE,/phone_numbers/,phone_code"})
    void verifiesByACode(String name, String path, String strategy) {
        String identifier = filled(name);
        Calls.ok(calls.call("PATCH", path + identifier, "{'verified':false}"));
        simulated.events.clear();
        JsonNode prepared = calls.post(path + identifier + "/prepare_verification", "");
        assertThat(prepared.path("status").stringValue()).isEqualTo("unverified");
        assertThat(prepared.path("strategy").stringValue()).isEqualTo(strategy);
        String code = simulated.events.last().at("/data/data/otp_code").stringValue();
        String wrong = code.equals("000000") ? "000001" : "000000";
        assertThat(attempt(path + identifier, prepared, wrong).path("attempts").longValue())
                .isEqualTo(1);
        assertThat(attempt(path + identifier, prepared, code).path("status").stringValue())
                .isEqualTo("verified");
        assertThat(calls.get(path + identifier).at("/verification/strategy").stringValue())
                .isEqualTo(strategy);
        assertThat(simulated.events.types()).last().isEqualTo("user.updated");
        assertThat(calls.error(
                        "POST",
                        path + identifier + "/attempt_verification",
                        "{'verification_id':'" + id(prepared) + "','code':'" + code + "'}"))
                .isEqualTo("400 verification_already_verified");
    }

    private JsonNode attempt(String identifier, JsonNode prepared, String code) {
        return calls.post(
                identifier + "/attempt_verification",
                "{'verification_id':'" + id(prepared) + "','code':'" + code + "'}");
    }

    @Test
    void failsAfterThreeWrongCodesAndExpiresAfterTenMinutes() {
        String email = "/email_addresses/" + filled("EMAIL");
        JsonNode prepared = calls.post(email + "/prepare_verification", "");
        String code = simulated.events.last().at("/data/data/otp_code").stringValue();
        for (String status : List.of("unverified", "unverified", "failed")) {
            assertThat(attempt(email, prepared, "wrong").path("status").stringValue())
                    .isEqualTo(status);
        }
        assertThat(attempt(email, prepared, code).path("status").stringValue()).isEqualTo("failed");
        JsonNode late = calls.post(email + "/prepare_verification", "");
        simulated.clock.move(Duration.ofMinutes(10));
        assertThat(attempt(email, late, code).path("status").stringValue()).isEqualTo("expired");
    }

    @Test
    void listsInvitationsToAnyOfTheUsersAddresses() {
        String other = simulated.organization(simulated.user());
        String bob = id(calls.get("/users?email_address=bob@example.com").get(0));
        calls.post(
                "/organizations/" + other + "/invitations", "{'email_address':'BOB@example.com','role':'org:member'}");
        calls.post("/organizations/" + other + "/invitations", "{'email_address':'x@example.com','role':'org:member'}");
        JsonNode invitations = calls.get("/users/" + bob + "/organization_invitations");
        assertThat(Calls.texts(invitations, "email_address")).containsExactly("BOB@example.com");
        assertThat(invitations.at("/data/0/public_organization_data/id").stringValue())
                .isEqualTo(other);
        assertThat(calls.get("/users/" + bob + "/organization_invitations?status=pending")
                        .path("total_count")
                        .longValue())
                .isEqualTo(1);
        assertThat(calls.get("/users/" + bob + "/organization_invitations?status=accepted")
                        .path("data"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /users/ADA/profile_image", "PUT /organizations/ORG/logo"})
    void showsAnUploadedImageUntilItIsRemoved(String upload) {
        String[] words = filled(upload).split(" ", 2);
        JsonNode before = calls.get(words[1].replaceFirst("/[^/]*$", ""));
        calls.header("content-type", "multipart/form-data; boundary=x");
        JsonNode shown = Calls.ok(calls.call(words[0], words[1], PNG));
        assertThat(shown.path("has_image").booleanValue()).isTrue();
        assertThat(shown.path("image_url").stringValue())
                .startsWith("https://img.clerk.com/img_")
                .isNotEqualTo(before.path("image_url").stringValue());
        calls.without("content-type");
        JsonNode removed = Calls.ok(calls.call("DELETE", words[1], ""));
        assertThat(removed.path("has_image").booleanValue()).isFalse();
        assertThat(removed.path("image_url").stringValue()).doesNotContain("img_");
        assertThat(simulated.events.types())
                .containsExactlyElementsOf(Collections.nCopies(
                        2, words[1].startsWith("/users") ? "user.updated" : "organization.updated"));
        assertThat(calls.error("DELETE", words[1], "")).isEqualTo("404 image_not_found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image/png | image/svg+xml | 400 image_type_not_supported",
                "name=\"file\" | name=\"other\" | 400 form_param_missing",
                "boundary=x | boundary=y | 400 form_param_missing",
            })
    void rejectsOtherFiles(String part, String other, String error) {
        calls.header("content-type", "multipart/form-data; boundary=x".replace(part, other));
        assertThat(calls.error("PUT", "/organizations/" + organization + "/logo", PNG.replace(part, other)))
                .isEqualTo(error);
    }

    @Test
    void creditsTheUploaderOfALogo() {
        String uploader = "--x\r\nContent-Disposition: form-data; name=\"uploader_user_id\"\r\n\r\nUSER\r\n" + PNG;
        calls.header("content-type", "multipart/form-data; boundary=x");
        String logo = "/organizations/" + organization + "/logo";
        Calls.ok(calls.call("PUT", logo, uploader.replace("USER", ada)));
        assertThat(calls.error("PUT", logo, uploader.replace("USER", "user_none")))
                .isEqualTo("404 resource_not_found");
    }

    @Test
    void removesAPasswordAndMarksItAsCompromised() {
        String path = "/users/" + simulated.user();
        calls.post("/sessions", "{'user_id':'" + path.substring(7) + "'}");
        simulated.events.clear();
        JsonNode marked = calls.post(path + "/password/set_compromised", "{'revoke_all_sessions':true}");
        assertThat(marked.path("requires_password_reset").booleanValue()).isTrue();
        assertThat(simulated.events.types()).containsExactly("user.updated", "session.revoked");
        JsonNode unmarked = calls.post(path + "/password/unset_compromised", "");
        assertThat(unmarked.path("requires_password_reset").booleanValue()).isFalse();
        JsonNode without = calls.post(path + "/remove_password", "");
        assertThat(without.path("password_enabled").booleanValue()).isFalse();
        simulated.events.clear();
        assertThat(calls.post(path + "/remove_password", "")).isEqualTo(without);
        assertThat(simulated.events.types()).isEmpty();
        calls.post(path + "/password/set_compromised", "");
        Calls.ok(calls.call("PATCH", path, "{'password':'long enough'}"));
        assertThat(calls.get(path).path("requires_password_reset").booleanValue())
                .as("with a new password")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | /users/user_none/mfa | '' | 404 resource_not_found",
                "DELETE | /users/ADA/passkeys/idn_none | '' | 404 resource_not_found",
                "DELETE | /users/ADA/web3_wallets/EMAIL | '' | 404 resource_not_found",
                "POST | /users/ban | {} | 400 request_body_invalid",
                "POST | /users/ban | {'user_ids':[]} | 400 request_body_invalid",
                "POST | /users/ban | {'user_ids':[7]} | 400 request_body_invalid",
                "PUT | /users/ADA/email_address | {} | 422 form_param_missing email_address",
                "PUT | /users/ADA/email_address | {'email_address':'bob@example.com'} | 422 form_identifier_exists email_address",
                "PUT | /users/ADA/phone_number | {'phone_number':'1'} | 422 form_param_format_invalid phone_number",
                "PUT | /users/ADA/phone_number | {'phone_number':'+12025550109','notify_primary_email_address_changed':true}"
                        + " | 422 form_param_unknown notify_primary_email_address_changed",
                "POST | /email_addresses/idn_none/prepare_verification | '' | 404 resource_not_found",
                "POST | /email_addresses/EMAIL/attempt_verification | {'verification_id':'ver_none','code':'1'} | 404 resource_not_found",
                "GET | /users/user_none/organization_invitations | '' | 404 resource_not_found",
            })
    void reportsTheError(String method, String target, String body, String error) {
        assertThat(calls.error(method, filled(target), filled(body))).isEqualTo(error);
        assertThat(simulated.events.types()).isEmpty();
    }

    @Test
    void limitsBulkRequests() {
        String ids = String.join("','", Collections.nCopies(51, ada));
        assertThat(calls.error("POST", "/users/ban", "{'user_ids':['" + ids + "']}"))
                .isEqualTo("400 bulk_size_exceeded");
        assertThat(Objects.requireNonNull(user()).path("banned").booleanValue()).isFalse();
    }
}
