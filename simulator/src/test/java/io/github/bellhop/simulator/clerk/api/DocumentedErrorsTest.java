package io.github.bellhop.simulator.clerk.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The errors that Clerk's specification and its page about errors document for the offered operations. A rejected
 * request changes nothing. Errors about features that the simulator lacks are not tested: paid features (402), disabled
 * features, breached passwords, unsupported countries, and users and memberships from a SCIM directory.
 *
 * @see <a href="https://clerk.com/docs/guides/development/errors/backend-api">Clerk's page about errors</a>
 */
@SameOnEveryJdk
class DocumentedErrorsTest {
    private final World world = new World();
    private final Calls calls = world.calls;

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # the request as a whole
            POST   | /users | {not json | 400 request_body_invalid
            POST   | /users | [] | 400 request_body_invalid
            POST   | /organizations/BIRCH/invitations/bulk | ELEVEN | 400 bulk_size_exceeded
            POST   | /waitlist_entries/bulk | MANY | 400 bulk_size_exceeded
            GET    | /sessions | | 400 missing_query_parameter
            GET    | /users?provider=oauth_google | | 422 form_conditional_param_missing provider_user_id
            GET    | /users?provider_user_id=1 | | 422 form_conditional_param_missing provider
            GET    | /users?HUNDRED | | 422 form_param_array_size_exceeded user_id
            GET    | /users?limit=501 | | 422 form_param_value_too_large limit
            GET    | /users?limit=0 | | 422 form_param_value_invalid limit
            GET    | /users?order_by=shoe_size | | 422 form_param_value_invalid order_by
            GET    | /users?starting_after=ADA&offset=1 | | 422 form_conditional_param_disallowed starting_after
            GET    | /users?starting_after=ADA&order_by=username | | 422 form_conditional_param_disallowed starting_after
            GET    | /users?created_at_before=soon | | 422 form_param_invalid_date created_at_before
            GET    | /users?banned=perhaps | | 422 form_param_type_invalid banned
            GET    | /invitations?status=lost | | 422 form_param_value_invalid status
            GET    | /organization_invitations?status=lost | | 422 form_param_value_invalid status
            GET    | /waitlist_entries?status=lost | | 422 form_param_value_invalid status
            GET    | /sessions?user_id=ADA&status=lost | | 422 form_param_value_invalid status
            GET    | /billing/plans?payer_type=cat | | 422 form_param_value_invalid payer_type
            GET    | /billing/subscription_items?status=lost | | 422 form_param_value_invalid status
            GET    | /organization_domains?enrollment_mode=-magic | | 422 form_param_value_invalid enrollment_mode
            GET    | /organization_domains?query= &limit=1| | 422 form_param_value_invalid query

            # users
            GET    | /users/user_none | | 404 resource_not_found
            POST   | /users/user_none/ban | | 404 resource_not_found
            POST   | /users | {} | 422 form_data_missing
            POST   | /users | {'username':'a','age':3} | 422 form_param_unknown age
            POST   | /users | {'username':7} | 422 form_param_type_invalid username
            POST   | /users | {'username':'a','skip_legal_checks':'no'} | 422 form_param_type_invalid skip_legal_checks
            POST   | /users | {'username':'a','banned':'no'} | 422 form_param_type_invalid banned
            POST   | /users | {'username':'ada'} | 422 form_identifier_exists username
            POST   | /users | {'username':'a','external_id':'crm-b'} | 422 form_identifier_exists external_id
            POST   | /users | {'username':'a b'} | 422 form_username_invalid_character username
            POST   | /users | {'username':'12345'} | 422 form_username_needs_non_number_char username
            POST   | /users | {'username':'+12025550103'} | 422 form_username_cannot_be_phone_number username
            POST   | /users | {'email_address':['ada@example.com']} | 422 form_identifier_exists email_address
            POST   | /users | {'email_address':['a']} | 422 form_param_format_invalid email_address
            POST   | /users | {'email_address':['a@b.cd','A@b.cd']} | 422 form_param_duplicate email_address
            POST   | /users | {'email_address':['a@b.cd'],'email_address_identification_status':['lost']} | 422 form_param_value_invalid email_address_identification_status
            POST   | /users | {'phone_number':['2025550101']} | 422 form_param_format_invalid phone_number
            POST   | /users | {'web3_wallet':['0x12']} | 422 form_param_format_invalid web3_wallet
            POST   | /users | {'username':'a','created_at':'today'} | 422 form_param_invalid_time created_at
            POST   | /users | {'username':'a','public_metadata':[]} | 422 form_param_value_invalid public_metadata
            POST   | /users | {'username':'a','public_metadata':{'a':'LONG'}} | 422 form_param_exceeds_allowed_size public_metadata
            POST   | /users | {'username':'a','password':'short'} | 422 form_password_length_too_short password
            POST   | /users | {'username':'a','password':'LONG'} | 422 form_password_length_too_long password
            POST   | /users | {'username':'a','password_digest':'x'} | 422 form_conditional_param_missing password_hasher
            POST   | /users | {'username':'a','password_digest':'x','password_hasher':'rot13'} | 422 form_param_value_invalid password_hasher
            POST   | /users | {'username':'a','password_digest':'x','password_hasher':'bcrypt'} | 422 form_password_digest_invalid_code password_digest
            POST   | /users | {'username':'a','totp_secret':'1'} | 422 invalid_totp_secret_code
            PATCH  | /users/ADA | {'public_metadata':{}} | 422 form_param_unknown public_metadata
            PATCH  | /users/ADA | {'primary_email_address_id':'idn_none'} | 422 form_resource_not_found primary_email_address_id
            PATCH  | /users/ADA | {'primary_email_address_id':'MAIL'} | 422 form_verification_needed primary_email_address_id
            PATCH  | /users/ADA | {'sign_out_of_other_sessions':true} | 422 form_conditional_param_missing password
            PATCH  | /users/ADA | {'skip_password_checks':true} | 422 form_conditional_param_missing password
            PATCH  | /users/ADA/metadata | {'public_metadata':{'a':'LONG'}} | 422 form_param_exceeds_allowed_size public_metadata

            # e-mail addresses, phone numbers and sessions
            POST   | /email_addresses | {'email_address':'a@b.cd'} | 422 form_param_missing user_id
            POST   | /email_addresses | {'user_id':null,'email_address':'a@b.cd'} | 422 form_param_nil user_id
            POST   | /email_addresses | {'user_id':'user_none','email_address':'a@b.cd'} | 404 resource_not_found
            POST   | /email_addresses | {'user_id':'ADA','email_address':'bob@example.com'} | 422 form_identifier_exists email_address
            DELETE | /email_addresses/ADDRESS | | 400 delete_linked_identification_disallowed
            PATCH  | /email_addresses/MAIL | {'primary':true} | 422 form_verification_needed primary
            POST   | /phone_numbers | {'user_id':'ADA','phone_number':'+12025550109','reserved_for_second_factor':true} | 400 identification_create_second_factor_unverified
            PATCH  | /phone_numbers/PHONE | {'reserved_for_second_factor':true} | 400 identification_update_second_factor_unverified
            PATCH  | /phone_numbers/LONELY | {'reserved_for_second_factor':true} | 400 identification_update_failed
            POST   | /sessions | {'user_id':'EVE'} | 403 user_banned
            POST   | /sessions | {'user_id':'JOE'} | 403 user_locked
            GET    | /sessions/sess_none | | 404 resource_not_found

            # organizations and members
            GET    | /organizations/org_none | | 404 resource_not_found
            POST   | /organizations | {} | 422 form_param_missing name
            POST   | /organizations | {'name':'LONG'} | 422 form_param_max_length_exceeded name
            POST   | /organizations | {'name':'See https://example.com'} | 422 form_param_value_invalid name
            POST   | /organizations | {'name':'<b>Bold</b>'} | 422 form_param_value_invalid name
            POST   | /organizations | {'name':'B','created_by':'user_none'} | 400 organization_creator_not_found
            POST   | /organizations | {'name':'B','slug':'Not A Slug'} | 422 form_param_format_invalid slug
            POST   | /organizations | {'name':'B','slug':'birch'} | 422 form_identifier_exists slug
            POST   | /organizations | {'name':'B','max_allowed_memberships':-1} | 422 form_param_value_invalid max_allowed_memberships
            POST   | /organizations/BIRCH/memberships | {'user_id':'BOB','role':'org:member'} | 400 already_a_member_in_organization
            POST   | /organizations/BIRCH/memberships | {'user_id':'user_none','role':'org:member'} | 404 resource_not_found
            POST   | /organizations/BIRCH/memberships | {'user_id':'JOE','role':'org:none'} | 404 resource_not_found role
            POST   | /organizations/COBALT/memberships | {'user_id':'BOB','role':'org:member'} | 403 organization_membership_quota_exceeded
            DELETE | /organizations/BIRCH/memberships/ADA | | 400 organization_minimum_permissions_needed
            PATCH  | /organizations/BIRCH/memberships/ADA | {'role':'org:member'} | 400 organization_minimum_permissions_needed

            # invitations
            POST   | /organizations/BIRCH/invitations | {'email_address':'bob@example.com','role':'org:member'} | 400 already_a_member_in_organization
            POST   | /organizations/BIRCH/invitations | {'email_address':'Guest@example.com','role':'org:member'} | 400 organization_invitation_not_unique
            POST   | /organizations/BIRCH/invitations/bulk | [{'email_address':'x@b.cd','role':'org:member'},{'email_address':'X@b.cd','role':'org:member'}] | 400 organization_invitation_not_unique
            POST   | /organizations/COBALT/invitations | {'email_address':'x@b.cd','role':'org:member'} | 403 organization_membership_quota_exceeded
            POST   | /organizations/BIRCH/invitations | {'email_address':'x@b.cd','role':'org:member','inviter_user_id':'JOE'} | 403 not_a_member_in_organization
            POST   | /organizations/BIRCH/invitations | {'email_address':'x@b.cd','role':'org:member','inviter_user_id':'BOB'} | 403 missing_organization_permission
            POST   | /organizations/BIRCH/invitations | {'email_address':'x@b.cd','role':'org:member','expires_in_days':366} | 422 form_param_value_too_large expires_in_days
            POST   | /organizations/BIRCH/invitations | {'email_address':'x@b.cd','role':'org:member','expires_in_days':0} | 422 form_param_value_invalid expires_in_days
            POST   | /organizations/BIRCH/invitations | {'email_address':'x@b.cd','role':'org:member','redirect_url':'nowhere'} | 422 form_param_format_invalid redirect_url
            POST   | /organizations/BIRCH/invitations/PENDING/revoke | {'requesting_user_id':'BOB'} | 403 missing_organization_permission

            # domains
            POST   | /organizations/COBALT/domains | {'name':'Birch.example'} | 422 organization_domain_already_exists name
            POST   | /organizations/BIRCH/domains | {'name':'gmail.com'} | 422 organization_domain_common name
            POST   | /organizations/BIRCH/domains | {'name':'mailinator.com'} | 422 organization_domain_blocked name
            POST   | /organizations/BIRCH/domains | {'name':'no domain'} | 422 form_param_format_invalid name
            PATCH  | /organizations/BIRCH/domains/DOMAIN | {'enrollment_mode':'magic'} | 422 form_param_value_invalid enrollment_mode
            DELETE | /organizations/COBALT/domains/DOMAIN | | 404 resource_not_found

            # roles and permissions
            DELETE | /organization_roles/COOK | | 422 organization_role_assigned_members
            DELETE | /organization_roles/WAITER | | 422 organization_role_exists_in_invitations
            DELETE | /organization_roles/ADMIN | | 422 organization_role_default_creator_role
            DELETE | /organization_roles/MEMBER | | 422 organization_role_domain_default_role
            PATCH  | /organization_roles/ADMIN | {'permissions':[]} | 422 organization_missing_creator_role_permissions
            DELETE | /organization_roles/ADMIN/permissions/MANAGE | | 422 organization_missing_creator_role_permissions
            POST   | /organization_roles/COOK/permissions/SYSTEM | | 409 organization_role_permission_association_exists
            POST   | /organization_roles | {'name':'R','key':'cook'} | 422 form_param_format_invalid key
            POST   | /organization_roles | {'name':'R','key':'org:cook'} | 422 form_identifier_exists key
            DELETE | /organization_permissions/SYSTEM | | 403 organization_system_permission_not_modifiable
            PATCH  | /organization_permissions/SYSTEM | {'name':'P'} | 403 organization_system_permission_not_modifiable
            POST   | /organization_permissions | {'name':'P','key':'org:sys_billing:pay'} | 422 form_param_format_invalid key

            # waitlist and billing
            POST   | /waitlist_entries | {'email_address':'w'} | 422 form_param_format_invalid email_address
            POST   | /waitlist_entries/bulk | [{'email_address':'x@b.cd'},{'email_address':'X@b.cd'}] | 422 form_param_duplicate email_address
            POST   | /waitlist_entries/WAITING/invite | | 422 form_identifier_exists email_address
            POST   | /waitlist_entries/INVITED/invite | | 400 duplicate_record
            DELETE | /waitlist_entries/INVITED | | 409 conflict
            DELETE | /billing/subscription_items/csub_item_none | | 404 subscription_item_not_found
            """)
    void answersTheDocumentedError(String method, String target, String body, String error) {
        assertThat(calls.error(method, filled(target), body == null ? "" : filled(body)))
                .isEqualTo(error);
        assertThat(world.simulated.events.types()).isEmpty();
    }

    private String filled(String text) {
        return world.filled(text)
                .replace("ELEVEN", list(11, "{'email_address':'x%d@b.cd','role':'org:member'}"))
                .replace("MANY", list(51, "{'email_address':'x%d@b.cd'}"))
                .replace("HUNDRED", "user_id=x&".repeat(100) + "user_id=y")
                .replace("LONG", "x".repeat(8 * 1024));
    }

    private static String list(int length, String element) {
        StringBuilder list = new StringBuilder("[");
        for (int i = 0; i < length; i++) {
            list.append(i == 0 ? "" : ",").append(element.formatted(i));
        }
        return list.append("]").toString();
    }

    @Test
    void requiresCredentialsInTheirForm() {
        assertThat(calls.without("authorization").error("GET", "/users", "")).isEqualTo("401 authentication_invalid");
        assertThat(calls.header("authorization", "Basic c2s6").error("GET", "/users", ""))
                .isEqualTo("401 authorization_header_format_invalid");
        assertThat(calls.header("authorization", "Bearer sk_test_other").error("GET", "/users", ""))
                .isEqualTo("401 clerk_key_invalid");
    }

    @Test
    void requiresJson() {
        assertThat(calls.header("content-type", "application/x-www-form-urlencoded")
                        .error("POST", "/users", "username=a"))
                .isEqualTo("415 unsupported_content_type");
        calls.header("content-type", "Application/JSON; charset=utf-8").post("/users", "{'username':'a'}");
    }

    @Test
    void letsAnAdministratorGoIfAnotherOneStays() {
        String path = "/organizations/" + world.id("BIRCH") + "/memberships/";
        Calls.ok(calls.call("PATCH", path + world.id("BOB"), "{'role':'org:admin'}"));
        Calls.ok(calls.call("DELETE", path + world.id("ADA"), ""));
        assertThat(calls.error("DELETE", path + world.id("BOB"), ""))
                .isEqualTo("400 organization_minimum_permissions_needed");
    }

    @Test
    void verifiesADomainUnlessToldOtherwise() {
        String path = "/organizations/" + world.id("BIRCH") + "/domains";
        assertThat(calls.post(path, "{'name':'a.example'}")
                        .at("/verification/status")
                        .stringValue())
                .isEqualTo("verified");
        assertThat(calls.post(path, "{'name':'b.example','verified':false}")
                        .path("verification")
                        .isNull())
                .isTrue();
    }

    @Test
    void deletesARoleOnceItsInvitationsAreRevoked() {
        calls.post("/organizations/" + world.id("BIRCH") + "/invitations/" + world.id("PENDING") + "/revoke", "");
        Calls.ok(calls.call("DELETE", "/organization_roles/" + world.id("WAITER"), ""));
    }

    @Test
    void invitesFromTheWaitlistAgainOnRequest() {
        for (String entry : new String[] {"WAITING", "INVITED"}) {
            calls.post("/waitlist_entries/" + world.id(entry) + "/invite", "{'ignore_existing':true}");
        }
        assertThat(calls.get("/invitations")).hasSize(5);
    }
}
