package io.github.bellhop.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.SharedData;
import io.github.bellhop.event.data.ClerkError;
import io.github.bellhop.event.data.Credit;
import io.github.bellhop.event.data.Credits;
import io.github.bellhop.event.data.DeletedObject;
import io.github.bellhop.event.data.EmailAddress;
import io.github.bellhop.event.data.EmailMessage;
import io.github.bellhop.event.data.EnterpriseAccount;
import io.github.bellhop.event.data.EnterpriseConnection;
import io.github.bellhop.event.data.ExternalAccount;
import io.github.bellhop.event.data.IdentificationLink;
import io.github.bellhop.event.data.Invitation;
import io.github.bellhop.event.data.Money;
import io.github.bellhop.event.data.Organization;
import io.github.bellhop.event.data.OrganizationDomain;
import io.github.bellhop.event.data.OrganizationInvitation;
import io.github.bellhop.event.data.OrganizationMembership;
import io.github.bellhop.event.data.Passkey;
import io.github.bellhop.event.data.Payee;
import io.github.bellhop.event.data.Payer;
import io.github.bellhop.event.data.PayerCredit;
import io.github.bellhop.event.data.PaymentAttempt;
import io.github.bellhop.event.data.PaymentFailure;
import io.github.bellhop.event.data.PaymentSource;
import io.github.bellhop.event.data.Permission;
import io.github.bellhop.event.data.PhoneNumber;
import io.github.bellhop.event.data.Plan;
import io.github.bellhop.event.data.PublicOrganizationData;
import io.github.bellhop.event.data.PublicUserData;
import io.github.bellhop.event.data.Role;
import io.github.bellhop.event.data.SamlAccount;
import io.github.bellhop.event.data.SamlConnection;
import io.github.bellhop.event.data.ScimMetadata;
import io.github.bellhop.event.data.Seats;
import io.github.bellhop.event.data.Session;
import io.github.bellhop.event.data.SessionActivity;
import io.github.bellhop.event.data.SmsMessage;
import io.github.bellhop.event.data.Subscription;
import io.github.bellhop.event.data.SubscriptionItem;
import io.github.bellhop.event.data.Totals;
import io.github.bellhop.event.data.UnitPrice;
import io.github.bellhop.event.data.UnitPriceTier;
import io.github.bellhop.event.data.UnitTotal;
import io.github.bellhop.event.data.User;
import io.github.bellhop.event.data.Verification;
import io.github.bellhop.event.data.WaitlistEntry;
import io.github.bellhop.event.data.Web3Wallet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests against Clerk's own examples and schema, if they exist next to the project. */
@SameOnEveryJdk
class OfficialExamplesTest {
    /** The record for each object in the schema, by the object's name there. */
    private static final Map<String, Class<?>> RECORDS = Map.ofEntries(
            Map.entry("EmailEventPayload", EmailMessage.class),
            Map.entry("Organization", Organization.class),
            Map.entry("DeletedObject", DeletedObject.class),
            Map.entry("OrganizationDomainVerification", Verification.class),
            Map.entry("OrganizationInvitationPublicOrganizationData", PublicOrganizationData.class),
            Map.entry("OrganizationDomain", OrganizationDomain.class),
            Map.entry("OrganizationInvitationPublicUserData", PublicUserData.class),
            Map.entry("OrganizationInvitation", OrganizationInvitation.class),
            Map.entry("OrganizationMembershipPublicUserData", PublicUserData.class),
            Map.entry("OrganizationMembership", OrganizationMembership.class),
            Map.entry("BillingPaymentFailedReason", PaymentFailure.class),
            Map.entry("BillingPayee", Payee.class),
            Map.entry("BillingPayerEventPayload", Payer.class),
            Map.entry("BillingAmount", Money.class),
            Map.entry("BillingUnitTotal", UnitTotal.class),
            Map.entry("BillingTotals", Totals.class),
            Map.entry("BillingPaymentSource", PaymentSource.class),
            Map.entry("BillingPlan", Plan.class),
            Map.entry("BillingSubscriptionCredit", Credit.class),
            Map.entry("BillingSubscriptionPayerCredit", PayerCredit.class),
            Map.entry("BillingSubscriptionCredits", Credits.class),
            Map.entry("BillingSubscriptionItem", SubscriptionItem.class),
            Map.entry("PaymentAttemptEventPayload", PaymentAttempt.class),
            Map.entry("Permission", Permission.class),
            Map.entry("Role", Role.class),
            Map.entry("SessionActivityResponse", SessionActivity.class),
            Map.entry("Session", Session.class),
            Map.entry("verification_otp", Verification.class),
            Map.entry("verification_admin", Verification.class),
            Map.entry("verification_from_oauth", Verification.class),
            Map.entry("verification_ticket", Verification.class),
            Map.entry("verification_saml", Verification.class),
            Map.entry("verification_email_link", Verification.class),
            Map.entry("verification_scim", Verification.class),
            Map.entry("verification_web3", Verification.class),
            Map.entry("verification_passkey", Verification.class),
            Map.entry("verification_oauth", Verification.class),
            Map.entry("verification_google_one_tap", Verification.class),
            Map.entry("ClerkError", ClerkError.class),
            Map.entry("IdentificationLink", IdentificationLink.class),
            Map.entry("EmailAddress", EmailAddress.class),
            Map.entry("PhoneNumber", PhoneNumber.class),
            Map.entry("Web3Wallet", Web3Wallet.class),
            Map.entry("Passkey", Passkey.class),
            Map.entry("ExternalAccountWithVerification", ExternalAccount.class),
            Map.entry("SAMLAccountConnection", SamlConnection.class),
            Map.entry("SAMLAccount", SamlAccount.class),
            Map.entry("EnterpriseAccountConnection", EnterpriseConnection.class),
            Map.entry("EnterpriseAccount", EnterpriseAccount.class),
            Map.entry("SCIMUserMetadata", ScimMetadata.class),
            Map.entry("User", User.class),
            Map.entry("SmsEventPayload", SmsMessage.class),
            Map.entry("BillingSubscriptionItemEventPlanUnitPriceTier", UnitPriceTier.class),
            Map.entry("BillingSubscriptionItemEventPlanUnitPrice", UnitPrice.class),
            Map.entry("BillingSubscriptionItemEventPlan", Plan.class),
            Map.entry("BillingSeats", Seats.class),
            Map.entry("BillingSubscriptionItemEventPayload", SubscriptionItem.class),
            Map.entry("SubscriptionEventPayload", Subscription.class),
            Map.entry("Invitation", Invitation.class),
            Map.entry("WaitlistEntry", WaitlistEntry.class));

    @TestFactory
    Stream<DynamicTest> everyExampleIsTyped() throws IOException {
        return SharedData.tests("data/clerk-examples", OfficialExamplesTest::examples);
    }

    private static Stream<DynamicTest> examples(Path folder) throws IOException {
        List<Path> examples;
        try (Stream<Path> files = Files.list(folder)) {
            examples = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        assertThat(examples).hasSizeGreaterThanOrEqualTo(45);
        return examples.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static void check(Path file) throws Exception {
        byte[] payload = Files.readAllBytes(file);
        JsonNode json = JsonMapper.shared().readTree(payload);
        String name = file.getFileName().toString().replace(".json", "");

        ClerkEvent event = EventParser.parse("msg_1", payload);

        EventType type = EventType.of(name);
        assertThat(type).isNotNull();
        assertThat(event).isExactlyInstanceOf(type.eventClass());
        assertThat(event.data().id()).isEqualTo(json.at("/data/id").asString());
        assertThat(event.meta().instanceId()).isEqualTo(json.at("/instance_id").asString());
        assertThat(event.meta().occurredAt()).isEqualTo(Instant.parse("2024-05-28T08:00:00Z"));
        assertThat(event.payload()).isEqualTo(payload);
    }

    @TestFactory
    Stream<DynamicTest> everyKeyOfTheSchemaIsRead() throws IOException {
        return SharedData.tests("data/clerk-schema.lenient.json", OfficialExamplesTest::keys);
    }

    private static Stream<DynamicTest> keys(Path schema) throws IOException {
        byte[] file = Files.readAllBytes(schema);
        JsonNode schemas = JsonMapper.shared().readTree(file).get("$defs");
        return schemas.propertyNames().stream()
                .filter(name -> schemas.get(name).has("properties") && !name.equals("WebhookEventPayload"))
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Set<String> keys =
                            new TreeSet<>(schemas.get(name).get("properties").propertyNames());
                    keys.remove("object"); // the record's name says it
                    assertThat(RECORDS.get(name).getRecordComponents())
                            .flatExtracting(component -> List.of(RecordShape.wireNames(component)))
                            .containsAll(keys);
                }));
    }
}
