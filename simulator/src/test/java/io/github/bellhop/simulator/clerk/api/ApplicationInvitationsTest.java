package io.github.bellhop.simulator.clerk.api;

import static io.github.bellhop.simulator.clerk.Simulated.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.clerk.Simulated;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ApplicationInvitationsTest {
    private final Simulated simulated = new Simulated();
    private final Calls calls =
            new Calls(new ClerkBackendApi(simulated.instance, ClerkBackendApi.SECRET_KEY, 0, simulated.clock));
    private JsonNode ada = calls.post(
            "/invitations",
            "{'email_address':'ada@example.com','public_metadata':{'team':1},'expires_in_days':7,'notify':false}");

    @BeforeEach
    void createUser() {
        calls.post("/users", "{'email_address':['bob@example.com']}");
        simulated.events.clear();
    }

    @Test
    void invitesWithoutAnEvent() {
        assertThat(ada.path("status").stringValue()).isEqualTo("pending");
        assertThat(ada.at("/public_metadata/team").longValue()).isEqualTo(1);
        assertThat(ada.path("expires_at").longValue())
                .isEqualTo(simulated.clock.millis() + Duration.ofDays(7).toMillis());
        assertThat(id(ada)).startsWith("inv_");
        assertThat(calls.get("/invitations")).containsExactly(ada);
        assertThat(simulated.events.types()).isEmpty();
    }

    @Test
    void hidesRevokedInvitationsUnlessAsked() {
        JsonNode eve = calls.post("/invitations", "{'email_address':'eve@example.com'}");
        JsonNode revoked = calls.post("/invitations/" + id(ada) + "/revoke", "");
        assertThat(revoked.path("status").stringValue()).isEqualTo("revoked");
        assertThat(revoked.path("revoked").booleanValue()).isTrue();
        assertThat(calls.get("/invitations")).containsExactly(eve);
        assertThat(calls.get("/invitations?status=revoked")).containsExactly(revoked);
        assertThat(calls.get("/invitations?query=" + id(eve))).containsExactly(eve);
        assertThat(calls.get("/invitations?query=EVE")).containsExactly(eve);
        assertThat(calls.get("/invitations?query=inv")).isEmpty();
        assertThat(calls.error("POST", "/invitations/" + id(ada) + "/revoke", ""))
                .isEqualTo("400 invitation_already_revoked");
        assertThat(calls.post("/invitations", "{'email_address':'ada@example.com'}")
                        .path("status")
                        .stringValue())
                .as("invited again")
                .isEqualTo("pending");
    }

    @Test
    void invitesSeveralOrNone() {
        JsonNode both = calls.post(
                "/invitations/bulk", "[{'email_address':'eve@example.com'},{'email_address':'dan@example.com'}]");
        assertThat(Calls.texts(both, "email_address")).containsExactly("eve@example.com", "dan@example.com");
        assertThat(calls.error(
                        "POST", "/invitations/bulk", "[{'email_address':'kim@example.com'},{'email_address':'kim'}]"))
                .startsWith("422");
        assertThat(calls.get("/invitations")).hasSize(3);
        String eleven =
                Collections.nCopies(11, "{'email_address':'kim@example.com'}").toString();
        assertThat(calls.error("POST", "/invitations/bulk", eleven)).isEqualTo("400 bulk_size_exceeded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /invitations | {} | 422 form_param_missing email_address",
                "POST | /invitations | {'email_address':'ada'} | 422 form_param_format_invalid email_address",
                "POST | /invitations | {'email_address':'ADA@example.com'} | 400 duplicate_record",
                "POST | /invitations | {'email_address':'bob@example.com'} | 422 form_identifier_exists email_address",
                "POST | /invitations/bulk | [] | 400 request_body_invalid",
                "POST | /invitations/bulk | {} | 400 request_body_invalid",
                "POST | /invitations/bulk | [{'email_address':'bob@example.com','ignore_existing':true},"
                        + "{'email_address':'dan@example.com'}] | 422 form_identifier_exists email_address",
                "POST | /invitations/bulk | [{'email_address':'dan@example.com'},{'email_address':'dan@example.com'}]"
                        + " | 400 duplicate_record",
                "POST | /invitations/inv_none/revoke | '' | 404 resource_not_found",
            })
    void reportsTheError(String method, String target, String body, String error) {
        assertThat(calls.error(method, target, body)).isEqualTo(error);
        assertThat(calls.get("/invitations")).containsExactly(ada);
    }

    @ParameterizedTest
    @CsvSource({
        "expires_in_days,0,422 form_param_value_invalid expires_in_days",
        "expires_in_days,366,422 form_param_value_too_large expires_in_days",
        "colour,1,422 form_param_unknown colour",
        "notify,1,422 form_param_type_invalid notify",
        "template_slug,\"welcome\",422 form_param_value_invalid template_slug"
    })
    void rejectsTheValue(String name, String value, String error) {
        String body = "{'email_address':'dan@example.com','" + name + "':" + value + "}";
        assertThat(calls.error("POST", "/invitations", body)).isEqualTo(error);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "/invitations,{'notify':true;'email_address':'dan@example.com'},invitation",
                "/invitations,{'notify':true;'email_address':'dan@example.com';'template_slug':'waitlist_invitation'},waitlist_invitation",
                "/waitlist_entries,{'notify':true;'email_address':'dan@example.com'},waitlist_confirmation",
                "/organizations/ORG/invitations,{'notify':true;'email_address':'dan@example.com';'role':'org:member'},organization_invitation"
            })
    void sendsAnEmailOnRequest(String path, String body, String slug) {
        String organization = simulated.organization(simulated.user());
        calls.post(path.replace("ORG", organization), body.replace(';', ','));
        JsonNode email = simulated.events.last("email.created").path("data");
        assertThat(email.path("slug").stringValue()).isEqualTo(slug);
        assertThat(email.path("to_email_address").stringValue()).isEqualTo("dan@example.com");
        assertThat(email.path("user_id").isNull()).isTrue();
    }

    @Test
    void redirectsAfterAcceptance() {
        assertThat(calls.post(
                                "/invitations",
                                "{'email_address':'dan@example.com','redirect_url':'https://a.example/b'}")
                        .path("url")
                        .stringValue())
                .endsWith("&redirect_url=https%3A%2F%2Fa.example%2Fb");
    }

    @Test
    void ignoresWhatExists() {
        for (String email : new String[] {"ada@example.com", "bob@example.com"}) {
            assertThat(id(calls.post("/invitations", "{'email_address':'" + email + "','ignore_existing':true}")))
                    .startsWith("inv_");
        }
    }
}
