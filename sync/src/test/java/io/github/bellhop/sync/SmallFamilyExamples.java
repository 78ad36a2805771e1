package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import java.util.Map;

/** Checks the rows of the official examples of the smaller families. */
final class SmallFamilyExamples {
    private static final String ID = "_2g7np7Hrk0SN6kj5EDMLDaKNL0S";
    private static final String AT = "2024-05-28T08:00:00.000Z";

    private SmallFamilyExamples() {}

    static void check(SyncBench bench, String type) {
        switch (type.substring(0, type.indexOf('.'))) {
            case "organizationInvitation" -> checkInvitation(bench, type);
            case "organizationDomain" -> checkDomain(bench, type);
            case "role" -> checkRole(bench, type);
            case "permission" -> checkPermission(bench, type);
            case "waitlistEntry" -> checkWaitlistEntry(bench, type);
            case "email" -> checkEmail(bench);
            case "sms" -> checkSms(bench);
            case "subscription" -> checkSubscription(bench, type);
            case "subscriptionItem" -> checkItem(bench, type);
            case "paymentAttempt" -> checkPaymentAttempt(bench, type);
            default -> throw new AssertionError("no check for " + type);
        }
    }

    private static Map<String, Object> only(SyncBench bench, String table) {
        return Rows.one(bench.database(), "select * from " + table);
    }

    private static void checkInvitation(SyncBench bench, String type) {
        boolean accepted = type.endsWith(".accepted");
        Map<String, Object> row = only(bench, "clerk_organization_invitations");
        assertThat(row)
                .containsEntry("id", "orginv" + ID)
                .containsEntry("organization_id", "org" + ID)
                .containsEntry("email_address", "jane.doe@acme.com")
                .containsEntry("role", "org:member")
                .containsEntry("status", accepted ? "accepted" : type.endsWith(".revoked") ? "revoked" : "pending")
                .containsEntry("user_id", accepted ? "user_2h8op3Isl1QR7tKu5FGNfaLKEoU" : null)
                .containsEntry("private_metadata", null)
                .containsEntry("deleted_at", null);
        assertThat(row.values()).noneMatch(value -> String.valueOf(value).contains("token="));
    }

    private static void checkDomain(SyncBench bench, String type) {
        if (type.endsWith(".deleted")) {
            assertThat(Rows.count(bench.database(), "clerk_organization_domains"))
                    .isZero();
            assertThat(only(bench, "bellhop_tombstones")).containsEntry("entity", "organization_domain");
            return;
        }
        assertThat(only(bench, "clerk_organization_domains"))
                .containsEntry("organization_id", "org" + ID)
                .containsEntry("name", "acme.com")
                .containsEntry("created_at", AT);
    }

    private static void checkRole(SyncBench bench, String type) {
        if (type.endsWith(".deleted")) {
            OfficialExamplesTest.assertTombstone(bench, "role", "role" + ID, "clerk_roles");
            return;
        }
        assertThat(only(bench, "clerk_roles")).containsEntry("id", "role" + ID);
        long permissions = Rows.count(bench.database(), "clerk_permissions");
        assertThat(permissions).isPositive();
        assertThat(Rows.count(bench.database(), "clerk_role_permissions")).isEqualTo(permissions);
    }

    private static void checkPermission(SyncBench bench, String type) {
        if (type.endsWith(".deleted")) {
            OfficialExamplesTest.assertTombstone(bench, "permission", "perm" + ID, "clerk_permissions");
            return;
        }
        assertThat(only(bench, "clerk_permissions"))
                .containsEntry("id", "perm" + ID)
                .containsEntry("type", "custom")
                .hasEntrySatisfying("key", key -> assertThat((String) key).startsWith("org:"));
    }

    private static void checkWaitlistEntry(SyncBench bench, String type) {
        boolean updated = type.endsWith(".updated");
        assertThat(only(bench, "clerk_waitlist_entries"))
                .containsEntry("email_address", "john.doe@example.com")
                .containsEntry("status", updated ? "invited" : "pending")
                .containsEntry("invitation_id", updated ? "inv" + ID : null)
                .containsEntry("invitation_status", updated ? "pending" : null);
    }

    private static void checkEmail(SyncBench bench) {
        Map<String, Object> row = only(bench, "clerk_communications");
        assertThat(row)
                .containsEntry("id", "ema_abcd")
                .containsEntry("kind", "email")
                .containsEntry("user_id", "user_abcd")
                .containsEntry("identification_id", "idn_abcd")
                .containsEntry("to_address", "johndoe@acme.com")
                .containsEntry("subject", "*** is your verification code")
                .containsEntry("delivered_by_clerk", 1L)
                .hasEntrySatisfying("occurred_at", at -> assertThat(at).isNotNull());
        assertThat(row.values()).noneMatch(value -> String.valueOf(value).contains("123456"));
    }

    private static void checkSms(SyncBench bench) {
        Map<String, Object> row = only(bench, "clerk_communications");
        assertThat(row)
                .containsEntry("kind", "sms")
                .containsEntry("identification_id", "idn" + ID)
                .containsEntry("to_address", "+19876543210")
                .containsEntry("subject", null);
        assertThat(row.values()).noneMatch(value -> String.valueOf(value).contains("code is"));
    }

    private static void checkPayer(SyncBench bench, String user) {
        assertThat(only(bench, "clerk_billing_payers"))
                .containsEntry("id", "cpayer" + ID)
                .containsEntry("user_id", user)
                .containsEntry("organization_id", null)
                .containsEntry("organization_name", null);
    }

    private static void checkSubscription(SyncBench bench, String type) {
        assertThat(only(bench, "clerk_billing_subscriptions"))
                .containsEntry("id", "csub" + ID)
                .containsEntry("payer_id", "cpayer" + ID)
                .containsEntry("status", type.endsWith(".pastDue") ? "past_due" : "active");
        assertThat(only(bench, "clerk_billing_subscription_items"))
                .containsEntry("subscription_id", "csub" + ID)
                .containsEntry("payer_id", "cpayer" + ID)
                .containsEntry("plan_amount", 2000L)
                .containsEntry("seats_quantity", type.endsWith(".created") ? 5L : null);
        checkPayer(bench, "user_34D368EufHwugfYh4yyGNEheM0S");
    }

    private static void checkItem(SyncBench bench, String type) {
        String state = type.substring("subscriptionItem.".length());
        assertThat(only(bench, "clerk_billing_subscription_items"))
                .containsEntry("id", "csub_item" + ID)
                .containsEntry("subscription_id", "csub" + ID)
                .containsEntry("payer_id", "cpayer" + ID)
                .containsEntry("plan_interval", "month")
                .containsEntry(
                        "status",
                        switch (state) {
                            case "pastDue" -> "past_due";
                            case "freeTrialEnding", "updated" -> "active";
                            default -> state;
                        });
        checkPayer(bench, "user_34D368EufHwugfYh4yyGNEheM0S");
    }

    private static void checkPaymentAttempt(SyncBench bench, String type) {
        assertThat(only(bench, "clerk_billing_payment_attempts"))
                .containsEntry("id", "pa" + ID)
                .containsEntry("payer_id", "cpayer" + ID)
                .containsEntry("grand_total", 2200L)
                .containsEntry("tax_total", 200L)
                .containsEntry("currency", "USD")
                .containsEntry("last4", "4242")
                .containsEntry("status", type.endsWith(".created") ? "pending" : "paid");
        assertThat(only(bench, "clerk_billing_payment_attempt_items"))
                .containsEntry("payment_attempt_id", "pa" + ID)
                .containsEntry("subscription_item_id", "csub_item" + ID)
                .containsEntry("amount", 2000L);
        checkPayer(bench, "user_2g7np7Hrk0SN6kj5EDMLDaKNL0S");
    }
}
