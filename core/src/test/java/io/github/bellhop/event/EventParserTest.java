package io.github.bellhop.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.bellhop.event.data.EmailAddress;
import io.github.bellhop.event.data.OrganizationInvitation;
import io.github.bellhop.event.data.OrganizationMembership;
import io.github.bellhop.event.data.SmsMessage;
import io.github.bellhop.event.data.Subscription;
import io.github.bellhop.event.data.User;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {
    @ParameterizedTest
    @EnumSource
    void returnsRecordOfEachType(EventType type) {
        byte[] payload = SamplePayloads.bytes(SamplePayloads.of(type));

        ClerkEvent event = EventParser.parse("msg_1", payload);

        assertThat(event).isExactlyInstanceOf(type.eventClass());
        assertThat(event.data()).isExactlyInstanceOf(type.dataClass());
        assertThat(event.data().id()).isEqualTo("data.id");
        assertThat(event.payload()).isEqualTo(payload);
        assertThat(event.meta())
                .isEqualTo(new EventMeta(
                        "msg_1",
                        type.wireName(),
                        Instant.parse("2024-05-28T08:00:00.123Z"),
                        "ins_1",
                        "203.0.113.7",
                        "secret of agent"));
    }

    @ParameterizedTest
    @EnumSource
    void toStringShowsNeitherPayloadNorPersonalData(EventType type) {
        ClerkEvent event = EventParser.parse("msg_1", SamplePayloads.bytes(SamplePayloads.of(type)));

        assertThat(event.toString())
                .contains("type=" + type.wireName(), "messageId=msg_1", "id=data.id")
                .doesNotContain("secret", "203.0.113.7", "number");
    }

    @Test
    void toStringHidesInvalidIdsAndTypes() {
        ClerkEvent event = parse("{\"type\":\"user\\u000acreated\",\"data\":{\"id\":\"<b>a b</b>\"}}");
        ClerkEvent user = parse("{\"type\":\"user.created\",\"data\":{\"id\":\"John\\u000aDoe\"}}");

        assertThat(event.toString())
                .isEqualTo(
                        "UnknownEvent[meta=EventMeta[type=(unprintable), messageId=msg_1], raw=RawPayload[55 bytes]]");
        assertThat(user.toString()).contains("User[id=(unprintable)]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":\"subscriptionItem.expired\",\"data\":{\"id\":\"x\"}}",
                "{\"type\":\"User.created\"}",
                "{\"type\":null}",
                "{\"type\":7}",
                "{\"type\":{\"type\":\"user.created\"}}",
                "{\"type\":\"\"}",
                "{\"data\":{\"type\":\"user.created\"}}"
            })
    void keepsPayloadOfUnknownType(String payload) {
        ClerkEvent event = parse(payload);

        assertThat(event).isInstanceOf(UnknownEvent.class);
        assertThat(event.data()).isNull();
        assertThat(event.payload()).asString().isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",\"data\":null", ",\"data\":\"user_1\"", ",\"data\":[{\"id\":\"user_1\"}]", ",\"data\":1"})
    void returnsEmptyDataIfKnownTypeHasNone(String rest) {
        UserEvent.Created event = (UserEvent.Created) parse("{\"type\":\"user.created\"" + rest + "}");

        assertThat(event.data().id()).isNull();
        assertThat(event.data().emailAddresses()).isEmpty();
        assertThat(event.data().publicMetadata()).isEmpty();
    }

    @Test
    void copiesPayloadOnInputAndOutput() {
        byte[] payload = "{\"type\":\"user.created\"}".getBytes(StandardCharsets.UTF_8);
        ClerkEvent event = EventParser.parse("msg_1", payload);

        payload[0] = 'x';
        event.payload()[0] = 'y';

        assertThat(event.payload()).asString().isEqualTo("{\"type\":\"user.created\"}");
        assertThat(event).isEqualTo(parse("{\"type\":\"user.created\"}"));
    }

    @Test
    void usesLastValueOfRepeatedKey() {
        User user = user("\"id\":\"user_1\",\"id\":\"user_2\",\"first_name\":\"A\",\"first_name\":7,"
                + "\"public_metadata\":{\"k\":1,\"k\":2}},\"data\":{\"id\":\"user_3\",\"last_name\":\"L\",\"last_name\":\"M\","
                + "\"public_metadata\":{\"k\":1,\"k\":2}");

        assertThat(user.id()).isEqualTo("user_3");
        assertThat(user.firstName()).isNull();
        assertThat(user.lastName()).isEqualTo("M");
        assertThat(user.publicMetadata()).isEqualTo(Map.of("k", 2L));
    }

    @Test
    void keepsEmptyStringsExceptForIds() {
        User user = user("\"first_name\":\"\",\"primary_email_address_id\":\"\"");

        assertThat(user.firstName()).isEmpty();
        assertThat(user.primaryEmailAddressId()).isNull();
    }

    @Test
    void recognizesSecondsAndRejectsInvalidTimes() {
        User user = user("\"created_at\":1716883200,\"updated_at\":1716883200000,\"last_sign_in_at\":-5,"
                + "\"last_active_at\":99999999999999999999,\"legal_accepted_at\":\"1716883200000\","
                + "\"mfa_enabled_at\":{\"seconds\":1},\"mfa_disabled_at\":999999999999999999");

        assertThat(user.createdAt()).isEqualTo(user.updatedAt()).isEqualTo("2024-05-28T08:00:00Z");
        assertThat(user.lastSignInAt()).isNull();
        assertThat(user.lastActiveAt()).isNull();
        assertThat(user.legalAcceptedAt()).isNull();
        assertThat(user.mfaEnabledAt()).isNull();
        assertThat(user.mfaDisabledAt()).isNull();
    }

    @Test
    void skipsListElementsThatDoNotFit() {
        User user = user(
                "\"email_addresses\":[null,{\"id\":\"idn_1\"},7,[],\"x\",{}],\"phone_numbers\":{\"id\":\"idn_2\"}");

        assertThat(user.emailAddresses()).extracting(EmailAddress::id).containsExactly("idn_1", null);
        assertThat(user.phoneNumbers()).isEmpty();
    }

    @Test
    void findsPrimaryAddressIfListed() {
        String addresses = "\"email_addresses\":[{\"id\":\"idn_2\",\"email_address\":\"b@example.com\"},"
                + "{\"email_address\":\"c@example.com\"},{\"id\":\"idn_1\",\"email_address\":\"a@example.com\"}]";

        assertThat(user("\"primary_email_address_id\":\"idn_1\"," + addresses).primaryEmailAddress())
                .hasValueSatisfying(
                        primary -> assertThat(primary.emailAddress()).isEqualTo("a@example.com"));
        assertThat(user("\"primary_email_address_id\":\"idn_9\"," + addresses).primaryEmailAddress())
                .isEmpty();
        assertThat(user(addresses).primaryEmailAddress()).isEmpty();
    }

    @Test
    void keepsEveryDigitOfMetadata() {
        Map<String, Object> metadata = user("\"public_metadata\":{\"whole\":9223372036854775807,"
                        + "\"larger\":9223372036854775808,\"longest\":-9223372036854775808,"
                        + "\"exact\":0.1000000000000000055511151231257827,\"cents\":10.00,\"huge\":1e400,"
                        + "\"beyond\":1e99999999999,\"after\":[true,null,\"x\\u0000\"]}")
                .publicMetadata();

        assertThat(metadata)
                .containsEntry("whole", Long.MAX_VALUE)
                .containsEntry("longest", Long.MIN_VALUE)
                .containsEntry("larger", new BigInteger("9223372036854775808"))
                .containsEntry("exact", new BigDecimal("0.1000000000000000055511151231257827"))
                .containsEntry("cents", new BigDecimal("10.00"))
                .containsEntry("huge", new BigDecimal("1e400"))
                .containsEntry("beyond", null)
                .containsEntry("after", java.util.Arrays.asList(true, null, "x\0"));
    }

    @Test
    void returnsUnmodifiableMetadata() {
        Map<String, Object> metadata =
                user("\"public_metadata\":{\"inner\":{\"a\":1},\"list\":[1]}").publicMetadata();

        assertThatThrownBy(() -> metadata.put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((Map<?, ?>) metadata.get("inner")).clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) metadata.get("list")).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void readsMetadataUpToMaximumDepth() {
        int depth = PayloadJson.MAX_DEPTH - 3;
        String deep = "[".repeat(depth) + "]".repeat(depth);

        assertThat(user("\"public_metadata\":{\"deep\":" + deep + "}").publicMetadata())
                .containsKey("deep");
        assertThat(catchThrowableOfType(
                                UnreadablePayloadException.class,
                                () -> user("\"public_metadata\":{\"deep\":[" + deep + "]}"))
                        .code())
                .isEqualTo("nested-too-deep");
    }

    @Test
    void readsWholeNumbersBeyond32Bits() {
        User user = user(
                "\"lockout_expires_in_seconds\":4294967296,\"verification_attempts_remaining\":-9223372036854775808,"
                        + "\"create_organizations_limit\":9223372036854775808,\"email_addresses\":"
                        + "[{\"id\":\"idn_1\",\"verification\":{\"attempts\":9223372036854775807}}]");
        assertThat(user.lockoutExpiresInSeconds()).isEqualTo(4_294_967_296L);
        assertThat(user.verificationAttemptsRemaining()).isEqualTo(Long.MIN_VALUE);
        assertThat(user.createOrganizationsLimit()).as("beyond 64 bits").isNull();
        assertThat(user.emailAddresses().get(0).verification().attempts()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void readsHugeNumbersQuickly() {
        String digits = "9".repeat(1_000_000);
        String number = "\"public_metadata\":{\"n\":" + digits + ",\"f\":0." + digits + "},\"created_at\":" + digits;
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();

        User user = user(number);

        assertThat(user.createdAt()).isNull();
        assertThat(((BigInteger) user.publicMetadata().get("n")).mod(BigInteger.TEN))
                .isEqualTo(9);
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start))
                .as("processor time")
                .isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void readsBothSpellingsOfAKey() {
        SmsMessage schema = ((SmsEvent.Created)
                        parse("{\"type\":\"sms.created\",\"data\":{\"created_at_ms\":1716883200000}}"))
                .data();
        SmsMessage example =
                ((SmsEvent.Created) parse("{\"type\":\"sms.created\",\"data\":{\"created_at\":1716883200000}}")).data();
        OrganizationInvitation flat = ((OrganizationInvitationEvent.Created)
                        parse(
                                "{\"type\":"
                                        + "\"organizationInvitation.created\",\"data\":{\"public_organization_data\":{\"id\":\"org_1\"}}}"))
                .data();
        OrganizationInvitation nested = ((OrganizationInvitationEvent.Created)
                        parse("{\"type\":\"organizationInvitation.created\","
                                + "\"data\":{\"data\":{\"public_organization_data\":{\"id\":\"org_1\"}}}}"))
                .data();

        OrganizationInvitation twice = ((OrganizationInvitationEvent.Created)
                        parse("{\"type\":\"organizationInvitation.created\","
                                + "\"data\":{\"data\":{\"public_organization_data\":{\"id\":\"org_1\"}},\"data\":{}}}"))
                .data();

        assertThat(schema.createdAt()).isEqualTo(example.createdAt()).isEqualTo("2024-05-28T08:00:00Z");
        assertThat(flat).isEqualTo(nested);
        assertThat(flat.publicOrganizationData().id()).isEqualTo("org_1");
        assertThat(twice.publicOrganizationData()).isNull();
    }

    @Test
    void treatsEmptyPayerAndCreatorFieldsAsAbsent() {
        Subscription subscription = ((SubscriptionEvent.Created) parse("{\"type\":\"subscription.created\",\"data\":"
                        + "{\"payer\":{\"user_id\":\"user_1\",\"organization_id\":\"\",\"organization_name\":\"\","
                        + "\"first_name\":\"\",\"email\":\"a@example.com\"}}}"))
                .data();
        var organization = ((OrganizationEvent.Created)
                        parse("{\"type\":\"organization.created\",\"data\":{\"created_by\":\"\",\"slug\":\"\"}}"))
                .data();

        assertThat(subscription.payer().userId()).isEqualTo("user_1");
        assertThat(subscription.payer().email()).isEqualTo("a@example.com");
        assertThat(subscription.payer().organizationId()).isNull();
        assertThat(subscription.payer().organizationName()).isNull();
        assertThat(subscription.payer().firstName()).isNull();
        assertThat(organization.createdBy()).isNull();
        assertThat(organization.slug()).isEmpty();
    }

    @Test
    void returnsWholeObjectOfDeletedMembership() {
        OrganizationMembership membership = ((OrganizationMembershipEvent.Deleted)
                        parse("{\"type\":\"organizationMembership.deleted\",\"data\":"
                                + "{\"id\":\"orgmem_1\",\"organization\":{\"id\":\"org_1\"},"
                                + "\"public_user_data\":{\"user_id\":\"user_1\"}}}"))
                .data();

        assertThat(membership.organizationId()).isEqualTo("org_1");
        assertThat(membership.userId()).isEqualTo("user_1");
    }

    private static User user(String members) {
        return ((UserEvent.Updated) parse("{\"type\":\"user.updated\",\"data\":{" + members + "}}")).data();
    }

    private static ClerkEvent parse(String payload) {
        return EventParser.parse("msg_1", payload.getBytes(StandardCharsets.UTF_8));
    }
}
