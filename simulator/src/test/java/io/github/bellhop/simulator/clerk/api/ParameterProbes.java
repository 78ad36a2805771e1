package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.http.ApiJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How {@link ParameterEffectTest} tries each parameter: a request without it, and a value that must change the answer
 * or the events. A line for a single operation, {@code METHOD /path name}, takes precedence over a line with only the
 * parameter's name.
 */
final class ParameterProbes {
    /**
     * How to try one parameter.
     *
     * @param base   the request without the parameter: a query, or a body
     * @param value  the parameter's value, in JSON for a body
     * @param status the expected status of the request with the parameter, if that is an intended error
     */
    record Probe(String base, String value, int status) {
        /** The base with this property added; in a bulk request, it is added to the first object. */
        String withProperty(String name) {
            JsonNode body = ApiJson.read(base.replace('\'', '"'));
            ((ObjectNode) (body.isArray() ? body.get(0) : body)).set(name, ApiJson.read(value.replace('\'', '"')));
            return body.toString();
        }
    }

    /** The entities whose ids replace the variables in paths. */
    private static final Map<String, String> VARIABLES = read("""
            user_id              | ADA
            /organizations/{organization_id}/memberships/{user_id} user_id | BOB
            waitlist_entry_id    | INVITED
            organization_id      | BIRCH
            organization_role_id | COOK
            permission_id        | CUSTOM
            domain_id            | DOMAIN
            invitation_id        | PENDING
            email_address_id     | MAIL
            phone_number_id      | PHONE
            subscription_item_id | ITEM
            role_set_key_or_id   | role_set:default
            /role_sets/{role_set_key_or_id} role_set_key_or_id | role_set:kitchen
            /users/{user_id}/organization_invitations user_id | GUEST
            statementID          | STATEMENT
            /invitations/{invitation_id}/revoke invitation_id | WANTED
            """);

    /** The query or body of each request that needs one. */
    private static final Map<String, String> BASES = read("""
            GET /sessions                                           | user_id=ADA
            POST /users                                             | {'username':'zed'}
            POST /sessions                                          | {'user_id':'ADA'}
            POST /email_addresses                                   | {'user_id':'ADA','email_address':'new@example.com'}
            POST /phone_numbers                                     | {'user_id':'ADA','phone_number':'+12025550120'}
            POST /organizations                                     | {'name':'Zeta'}
            POST /organizations/{organization_id}/memberships       | {'user_id':'JOE','role':'org:member'}
            PATCH /organizations/{organization_id}/memberships/{user_id} | {'role':'org:cook'}
            POST /organizations/{organization_id}/invitations       | {'email_address':'z@example.com','role':'org:member'}
            POST /organizations/{organization_id}/invitations/bulk  | [{'email_address':'z@example.com','role':'org:member'}]
            POST /organizations/{organization_id}/domains           | {'name':'zeta.example'}
            POST /organization_roles                                | {'name':'Zeta','key':'org:zeta'}
            POST /organization_permissions                          | {'name':'Zeta','key':'org:zeta:z'}
            POST /waitlist_entries                                  | {'email_address':'z@example.com'}
            POST /waitlist_entries/bulk                             | [{'email_address':'z@example.com'}]
            POST /invitations                                       | {'email_address':'z@example.com'}
            POST /invitations/bulk                                  | [{'email_address':'z@example.com'}]
            POST /role_sets                                         | {'name':'Zeta','roles':['org:admin','org:cook'],'default_role_key':'org:cook','creator_role_key':'org:admin'}
            POST /role_sets/{role_set_key_or_id}/replace            | {'dest_role_set_key':'role_set:kitchen','reassignment_mappings':{'org:member':'org:cook'}}
            POST /role_sets/{role_set_key_or_id}/roles              | {'role_keys':['org:cook','org:waiter']}
            POST /role_sets/{role_set_key_or_id}/roles/replace      | {'role_key':'org:member','to_role_key':'org:admin'}
            PUT /users/{user_id}/email_address                      | {'email_address':'z@example.com'}
            PUT /users/{user_id}/phone_number                       | {'phone_number':'+12025550122'}
            POST /billing/prices                                    | {'plan_id':'PLAN','amount':1500}
            POST /users/{user_id}/billing/credits                   | {'amount':500,'action':'increase','idempotency_key':'z'}
            POST /organizations/{organization_id}/billing/credits   | {'amount':500,'action':'increase','idempotency_key':'z'}
            """);

    /** The value to try for each query parameter. */
    private static final Map<String, String> QUERY = read("""
            limit                  | 1
            offset                 | 1
            order_by               | created_at
            paginated              | true
            GET /billing/plans paginated              | false
            GET /billing/subscription_items paginated | false
            GET /billing/prices paginated             | false
            GET /billing/statements paginated         | false
            GET /billing/statements/{statementID}/payment_attempts paginated | false
            starting_after         | BOB
            client_id              | CLIENT
            GET /sessions user_id  | BOB                      | client_id=CLIENT
            user_id                | ADA
            GET /organizations user_id | BOB
            organization_id        | BIRCH
            email_address          | ada@example.com
            GET /organizations/{organization_id}/invitations email_address | guest@example.com
            phone_number           | +12025550101
            username               | ada
            external_id            | crm-a
            web3_wallet            | 0xadaadaadaadaadaadaadaadaadaadaadaadaada1
            role                   | org:admin
            email_address_query    | ADA@
            phone_number_query     | 50101
            username_query         | AD
            name_query             | lovelace
            banned                 | true
            created_at_before      | BETWEEN
            created_at_after       | BETWEEN
            last_active_at_before  | BETWEEN
            last_active_at_after   | BETWEEN
            last_active_at_since   | BETWEEN
            last_sign_in_at_before | BETWEEN
            last_sign_in_at_after  | BETWEEN
            provider               | oauth_google             | provider_user_id=GOOGLE
            provider_user_id       | GOOGLE                   | provider=oauth_google
            query                  | ada
            GET /organizations query            | birc
            GET /organization_roles query       | cook
            GET /organization_permissions query | billing
            GET /organization_invitations query | guest
            GET /organization_domains query     | wood
            GET /invitations query              | invited
            GET /waitlist_entries query         | invited
            status                 | revoked
            GET /billing/subscription_items status | free_trial
            GET /waitlist_entries status        | invited
            GET /role_sets query                | kitchen
            GET /invitations status             | accepted
            payer_type             | org
            plan_id                | PLAN
            include_free           | true
            end_now                | true
            include_members_count  | true
            include_missing_member_with_elevated_permissions | true
            verified               | true
            enrollment_mode        | automatic_suggestion,enterprise_sso
            domains                | wood.example
            """);

    /** The value to try for each property of a body. */
    private static final Map<String, String> BODY = read("""
            user_id                | 'BOB'
            POST /organizations/{organization_id}/memberships user_id | 'EVE'
            email_address          | 'other@example.com'
            POST /users email_address | ['other@example.com']
            phone_number           | '+12025550121'
            POST /users phone_number | ['+12025550121']
            web3_wallet            | ['0xb0bb0bb0bb0bb0bb0bb0bb0bb0bb0bb0bb0bb0b1']
            email_address_identification_status | ['reserved'] | {'email_address':['z@example.com']}
            phone_number_identification_status  | ['reserved'] | {'phone_number':['+12025550121']}
            verified               | true
            POST /organizations/{organization_id}/domains verified | false
            PATCH /organizations/{organization_id}/domains/{domain_id} verified | false
            POST /email_addresses primary  | true | {'user_id':'ADA','email_address':'new@example.com','verified':true}
            PATCH /email_addresses/{email_address_id} primary | true | {'verified':true}
            POST /phone_numbers primary    | true | {'user_id':'ADA','phone_number':'+12025550120','verified':true}
            PATCH /phone_numbers/{phone_number_id} primary | true | {'verified':true}
            POST /phone_numbers reserved_for_second_factor | true | {'user_id':'ADA','phone_number':'+12025550120','verified':true}
            PATCH /phone_numbers/{phone_number_id} reserved_for_second_factor | true | {'verified':true}
            POST /email_addresses notify_primary_email_address_changed | true | {'user_id':'ADA','email_address':'new@example.com','verified':true,'primary':true}
            PATCH /email_addresses/{email_address_id} notify_primary_email_address_changed | true | {'verified':true,'primary':true}
            PATCH /users/{user_id} notify_primary_email_address_changed | true | {'primary_email_address_id':'ADDRESS2'}
            primary_email_address_id | 'ADDRESS2'
            primary_phone_number_id  | 'PHONE2'
            primary_web3_wallet_id   | 'WALLET2'
            external_id            | 'crm-z'
            first_name             | 'Zed'
            last_name              | 'Zeta'
            locale                 | 'de-DE'
            username               | 'zeta'
            profile_image_id       | 'img_1'
            password               | 'long enough'
            password_digest        | 'd41d8cd98f00b204e9800998ecf8427e' | {'password_hasher':'md5'}
            POST /users password_digest | 'd41d8cd98f00b204e9800998ecf8427e' | {'username':'zed','password_hasher':'md5'}
            password_hasher        | 'md5' | {'password_digest':'d41d8cd98f00b204e9800998ecf8427e'}
            POST /users password_hasher | 'md5' | {'username':'zed','password_digest':'d41d8cd98f00b204e9800998ecf8427e'}
            skip_password_checks   | true | {'password':'short'}
            POST /users skip_password_checks | true | {'username':'zed','password':'short'}
            sign_out_of_other_sessions | true | {'password':'long enough'}
            skip_user_requirement  | true | {}
            totp_secret            | 'JBSWY3DPEHPK3PXP'
            backup_codes           | ['1234-5678']
            public_metadata        | {'z':1}
            private_metadata       | {'z':1}
            unsafe_metadata        | {'z':1}
            delete_self_enabled    | false
            create_organization_enabled | false
            create_organizations_limit  | 3
            legal_accepted_at      | '2012-10-20T07:15:20.902Z'
            created_at             | '2012-10-20T07:15:20.902Z'
            bypass_client_trust    | true
            banned                 | true
            locked                 | true
            active_organization_id | 'BIRCH'
            name                   | 'Eta'
            POST /organizations/{organization_id}/domains name | 'eta.example'
            created_by             | 'BOB'
            slug                   | 'eta'
            max_allowed_memberships | 3
            admin_delete_enabled   | false
            role_set_key           | 'role_set:sales'
            role                   | 'org:admin'
            inviter_user_id        | 'ADA'
            requesting_user_id     | 'BOB' | {} | 403
            redirect_url           | 'https://example.com/joined'
            expires_in_days        | 3
            notify                 | true
            enrollment_mode        | 'automatic_invitation'
            key                    | 'org:eta'
            POST /organization_permissions key | 'org:eta:e'
            PATCH /organization_permissions/{permission_id} key | 'org:eta:e'
            description            | 'The last letter.'
            permissions            | ['SYSTEM','MANAGE']
            include_in_initial_role_set | true
            ignore_existing        | true
            POST /invitations ignore_existing      | true | {'email_address':'wanted@example.com'}
            POST /invitations/bulk ignore_existing | true | [{'email_address':'wanted@example.com'}]
            POST /invitations template_slug      | 'waitlist_invitation' | {'email_address':'z@example.com','notify':true}
            POST /invitations/bulk template_slug | 'waitlist_invitation' | [{'email_address':'z@example.com','notify':true}]
            user_ids               | ['BOB']
            POST /users/{user_id}/remove_password sign_out_of_other_sessions | true | {}
            revoke_all_sessions    | true
            identification_status  | 'reserved'
            PUT /users/{user_id}/email_address notify_primary_email_address_changed | true
            verification_id        | 'VERIFICATION' | {'code':'000000'}
            code                   | '000000' | {'verification_id':'VERIFICATION'}
            POST /phone_numbers/{phone_number_id}/attempt_verification verification_id | 'SENTCODE' | {'code':'000000'}
            POST /phone_numbers/{phone_number_id}/attempt_verification code | '000000' | {'verification_id':'SENTCODE'}
            test_mode              | true
            hibp                   | true
            support_email          | 'z@example.com'
            clerk_js_version       | '5'
            development_origin     | 'http://localhost:3000'
            cookieless_dev         | true
            url_based_session_syncing | true
            preferred_sign_in_strategy_when_password_required | 'otp'
            allowlist              | true
            blocklist              | true
            allowlist_blocklist_disabled_on_sign_in | true
            block_email_subaddresses | true
            block_disposable_email_domains | true
            plan_id                | 'OTHERPLAN'
            currency               | 'EUR'
            amount                 | 700
            annual_monthly_amount  | 600
            supported_billing_periods | 'annual'
            action                 | 'decrease' | {'amount':500,'idempotency_key':'z'} | 422
            idempotency_key        | 'y' | {'amount':500,'action':'increase'}
            note                   | 'sorry'
            PATCH /role_sets/{role_set_key_or_id} key | 'role_set:zeta'
            POST /role_sets key    | 'role_set:eta'
            default_role_key       | 'org:admin'
            POST /role_sets/{role_set_key_or_id}/roles default_role_key | 'org:cook'
            creator_role_key       | 'org:cook'
            type                   | 'initial'
            roles                  | ['org:admin','org:cook','org:member']
            role_keys              | ['org:waiter']
            role_key               | 'org:admin' | {'to_role_key':'org:member'}
            to_role_key            | 'org:admin' | {'role_key':'org:member'}
            dest_role_set_key      | 'role_set:kitchen' | {'reassignment_mappings':{'org:member':'org:cook'}}
            reassignment_mappings  | {'org:cook':'org:admin'} | {'dest_role_set_key':'role_set:kitchen'}
            """);

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private ParameterProbes() {}

    private static Map<String, String> read(String table) {
        Map<String, String> rows = new HashMap<>();
        table.lines().forEach(line -> {
            String[] cells = line.split("\\s*\\|\\s*", 2);
            rows.put(cells[0], cells[1].strip());
        });
        return rows;
    }

    /** The path of an operation, with its variables replaced by the names of entities. */
    static String path(String path) {
        return VARIABLE.matcher(path)
                .replaceAll(found -> VARIABLES.getOrDefault(
                        path + " " + found.group(1), VARIABLES.getOrDefault(found.group(1), found.group())));
    }

    static Optional<Probe> ofQuery(String operation, String parameter) {
        return probe(QUERY, operation, parameter, "");
    }

    static Optional<Probe> ofBody(String operation, String property) {
        return probe(BODY, operation, property, "{}");
    }

    private static Optional<Probe> probe(Map<String, String> table, String operation, String name, String nothing) {
        String row = table.getOrDefault(operation + " " + name, table.get(name));
        if (row == null) {
            return Optional.empty();
        }
        String[] cells = row.split("\\s*\\|\\s*", 3);
        return Optional.of(new Probe(
                cells.length > 1 ? cells[1] : BASES.getOrDefault(operation, nothing),
                cells[0],
                cells.length > 2 ? Integer.parseInt(cells[2]) : 200));
    }
}
