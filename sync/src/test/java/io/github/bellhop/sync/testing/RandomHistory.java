package io.github.bellhop.sync.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A random but plausible history of a few entities of every family. Entities are created, updated, deleted and created
 * again, some in the same millisecond, and some events contain nested copies of other entities. A full object always
 * has the same keys, because the meaning of an absent key depends on earlier events. No entity moves to another parent.
 * Some event types are unknown.
 */
public final class RandomHistory {
    private final Random random;
    private final List<byte[]> events = new ArrayList<>();
    private long now = 1_700_000_000_000L;

    private RandomHistory(long seed) {
        random = new Random(new SplittableRandom(seed).nextLong());
    }

    /** Returns the payloads in the order of the events. */
    public static List<byte[]> of(long seed, int length) {
        RandomHistory history = new RandomHistory(seed);
        for (int i = 0; i < length; i++) {
            history.now += history.random.nextInt(4) == 0 ? 0 : history.random.nextInt(50);
            history.events.add(history.event());
        }
        return history.events;
    }

    private byte[] event() {
        String user = "user_" + random.nextInt(3);
        String organization = "org_" + random.nextInt(2);
        return switch (random.nextInt(24)) {
            case 0 -> deleted("user", user);
            case 1 -> deleted("organization", organization);
            case 2, 3, 4 -> event(createdOrUpdated("user"), user(user, now));
            case 5, 6 -> event(anyVerb("organization"), organization(organization, now));
            case 7 -> event("organizationMembership.deleted", membership(user, organization, now - 1000));
            case 8, 9 -> event(createdOrUpdated("organizationMembership"), membership(user, organization, now));
            case 10, 11, 12 -> session(user);
            case 13 -> invitation(organization);
            case 14 -> domain(organization);
            case 15, 16 -> role();
            case 17 -> permission();
            case 18 -> waitlistEntry();
            case 19 -> communication(user);
            case 20, 21 -> event(createdOrUpdated("subscription"), subscription(user));
            case 22 ->
                event(
                        oneOf("subscriptionItem.active", "subscriptionItem.canceled", "subscriptionItem.ended"),
                        item("csub_" + random.nextInt(2), ",'subscription_id':'csub_0','payer':" + payer(user)));
            default -> event(createdOrUpdated("paymentAttempt"), paymentAttempt(user));
        };
    }

    private String createdOrUpdated(String family) {
        return family + oneOf(".created", ".updated");
    }

    /** Returns a type with a verb that may be unknown. */
    private String anyVerb(String family) {
        return family + oneOf(".created", ".updated", ".archived");
    }

    private String oneOf(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private byte[] invitation(String organization) {
        String status = oneOf("pending", "accepted", "revoked");
        return event(
                "organizationInvitation." + (status.equals("pending") ? "created" : status),
                "{'id':'orginv_%s_%d','organization_id':'%s','email_address':'a@example.com','status':'%s','updated_at':%d}"
                        .formatted(organization, random.nextInt(2), organization, status, now));
    }

    private byte[] domain(String organization) {
        String id = "orgdmn_%s_%d".formatted(organization, random.nextInt(2));
        return random.nextInt(4) == 0
                ? deleted("organizationDomain", id)
                : event(
                        anyVerb("organizationDomain"),
                        "{'id':'%s','organization_id':'%s','name':'%d.example.com','updated_at':%d}"
                                .formatted(id, organization, random.nextInt(100), now));
    }

    private byte[] role() {
        String id = "role_" + random.nextInt(2);
        return random.nextInt(6) == 0
                ? deleted("role", id)
                : event(
                        anyVerb("role"),
                        "{'id':'%s','key':'org:%d','permissions':%s,'updated_at':%d}"
                                .formatted(id, random.nextInt(100), list(this::permissionObject), now));
    }

    private byte[] permission() {
        return random.nextInt(4) == 0
                ? deleted("permission", "perm_" + random.nextInt(3))
                : event(createdOrUpdated("permission"), permissionObject(random.nextInt(3)));
    }

    private String permissionObject(int number) {
        return "{'id':'perm_%d','key':'org:p:%d','updated_at':%d}"
                .formatted(number, random.nextInt(100), now - random.nextInt(30));
    }

    private byte[] waitlistEntry() {
        return event(
                anyVerb("waitlistEntry"),
                "{'id':'wle_%d','email_address':'w@example.com','status':'%s','updated_at':%d}"
                        .formatted(random.nextInt(2), oneOf("pending", "invited", "completed"), now));
    }

    private byte[] communication(String user) {
        return random.nextBoolean()
                ? event(
                        "email.created",
                        "{'id':'ema_%d','user_id':'%s','to_email_address':'a@example.com','subject':'%d','status':'queued'}"
                                .formatted(random.nextInt(3), user, random.nextInt(1000)))
                : event(
                        "sms.created",
                        "{'id':'sms_%d','user_id':'%s','to_phone_number':'+1555','status':'queued'}"
                                .formatted(random.nextInt(3), user));
    }

    private String payer(String user) {
        return "{'id':'cpayer_%s','user_id':'%s','first_name':'%d','organization_id':'','updated_at':%d}"
                .formatted(user, user, random.nextInt(100), now - random.nextInt(30));
    }

    private String subscription(String user) {
        String id = "csub_" + random.nextInt(2);
        return "{'id':'%s','status':'%s','payer':%s,'items':%s,'updated_at':%d}"
                .formatted(
                        id,
                        oneOf("active", "past_due"),
                        payer(user),
                        list(number -> item(id, ",'subscription_id':null,'payer':null")),
                        now);
    }

    private String item(String subscription, String extraFields) {
        return "{'id':'csub_item_%s_%d','status':'%s','updated_at':%d%s}"
                .formatted(
                        subscription,
                        random.nextInt(2),
                        oneOf("active", "canceled", "ended"),
                        now - random.nextInt(20),
                        extraFields);
    }

    private String paymentAttempt(String user) {
        return "{'id':'pa_%d','status':'%s','payer':%s,'subscription_items':%s,'updated_at':%d}"
                .formatted(
                        random.nextInt(2),
                        oneOf("pending", "paid", "failed"),
                        payer(user),
                        list(number ->
                                "{'id':'csub_item_%d','status':'%s'}".formatted(number, oneOf("active", "ended"))),
                        now);
    }

    /** Returns a list with a random selection of three elements. */
    private String list(IntFunction<String> element) {
        return IntStream.range(0, 3)
                .filter(number -> random.nextBoolean())
                .mapToObj(element)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private byte[] event(String type, String data) {
        return Json.of("{'type':'%s','timestamp':%d,'data':%s}", type, now + random.nextInt(3), data);
    }

    private byte[] deleted(String family, String id) {
        return event(family + oneOf(".deleted", ".purged"), "{'id':'%s','deleted':true}".formatted(id));
    }

    private String user(String id, long updatedAt) {
        String emails = list(i -> "{'id':'idn_%s_%d','email_address':'%d@example.com','updated_at':%d}"
                .formatted(id, i, random.nextInt(50), now));
        return ("{'id':'%s','first_name':'%d','primary_email_address_id':'idn_%s_0','email_addresses':%s,"
                        + "'phone_numbers':%s,'external_accounts':%s,'passkeys':%s,'updated_at':%d}")
                .formatted(
                        id,
                        random.nextInt(1000),
                        id,
                        emails,
                        list(i -> "{'id':'idn_p%d','phone_number':'+1555%d'}".formatted(i, random.nextInt(20))),
                        list(i -> "{'id':'idn_x%d','provider':'oauth_google','label':'%d'}"
                                .formatted(i, random.nextInt(20))),
                        list(i -> "{'name':'%d'}".formatted(i)),
                        updatedAt);
    }

    private String organization(String id, long updatedAt) {
        return "{'id':'%s','name':'%d','slug':null,'updated_at':%d}".formatted(id, random.nextInt(1000), updatedAt);
    }

    private String membership(String user, String organization, long updatedAt) {
        return "{'id':'orgmem_%s_%s_%d','role':'%d','organization':%s,'public_user_data':{'user_id':'%s'},'updated_at':%d}"
                .formatted(
                        user,
                        organization,
                        random.nextInt(2),
                        random.nextInt(100),
                        organization(organization, updatedAt),
                        user,
                        updatedAt);
    }

    private byte[] session(String user) {
        String status = List.of("active", "ended", "revoked", "removed").get(random.nextInt(4));
        String type = status.equals("active") ? "session.created" : "session." + status;
        return event(
                type,
                "{'id':'sess_%s_%d','user_id':'%s','status':'%s','updated_at':%d%s}"
                        .formatted(
                                user,
                                random.nextInt(2),
                                user,
                                status,
                                now,
                                random.nextBoolean() ? ",'user':" + user(user, now - random.nextInt(100)) : ""));
    }
}
