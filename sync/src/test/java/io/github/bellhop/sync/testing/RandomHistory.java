package io.github.bellhop.sync.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A history that could have happened: a few users, organizations, memberships and sessions, created, changed, deleted
 * and made again, some at the same millisecond, with copies of one entity nested in another.
 */
public final class RandomHistory {
    private final Random random;
    private final List<byte[]> events = new ArrayList<>();
    private long now = 1_700_000_000_000L;

    private RandomHistory(long seed) {
        random = new Random(seed);
    }

    /** Payloads in the order in which they happened. */
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
        return switch (random.nextInt(12)) {
            case 0 -> deleted("user", user);
            case 1 -> deleted("organization", organization);
            case 2, 3, 4 -> event(random.nextBoolean() ? "user.created" : "user.updated", user(user, now));
            case 5, 6 ->
                event(
                        random.nextBoolean() ? "organization.created" : "organization.updated",
                        organization(organization, now));
            case 7 -> event("organizationMembership.deleted", membership(user, organization, now - 1000));
            case 8, 9 ->
                event(
                        random.nextBoolean() ? "organizationMembership.created" : "organizationMembership.updated",
                        membership(user, organization, now));
            default -> session(user);
        };
    }

    private byte[] event(String type, String data) {
        return Json.of("{'type':'%s','timestamp':%d,'data':%s}", type, now + random.nextInt(3), data);
    }

    private byte[] deleted(String family, String id) {
        return event(family + ".deleted", "{'id':'%s','deleted':true}".formatted(id));
    }

    private String user(String id, long updatedAt) {
        StringBuilder emails = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            if (random.nextBoolean()) {
                emails.append(emails.isEmpty() ? "" : ",")
                        .append("{'id':'idn_%s_%d','email_address':'%d@example.com'}".formatted(id, i, now));
            }
        }
        return "{'id':'%s','first_name':'%d','primary_email_address_id':'idn_%s_0','email_addresses':[%s],'updated_at':%d}"
                .formatted(id, random.nextInt(1000), id, emails, updatedAt);
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
