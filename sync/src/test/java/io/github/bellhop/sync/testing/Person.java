package io.github.bellhop.sync.testing;

import io.github.bellhop.simulator.fixture.Fixtures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A person whose personal data contains a marker, in events of all families. */
public final class Person {
    private static final List<String> TYPES = List.of(
            "user.created",
            "user.updated",
            "session.created",
            "session.ended",
            "organizationMembership.created",
            "organizationMembership.updated",
            "organizationInvitation.accepted",
            "email.created",
            "sms.created",
            "subscription.created",
            "subscriptionItem.active",
            "paymentAttempt.created");

    private final String mark;
    private final String id;
    private final Fixtures fixtures;

    public Person(String mark, String id, ManualClock clock, long seed) {
        this.mark = mark;
        this.id = id;
        fixtures = Fixtures.of(clock, new Random(seed));
    }

    /** Returns events that contain this user's id. Each event is about a different entity. */
    public List<byte[]> events() {
        List<byte[]> events = new ArrayList<>();
        for (String type : TYPES) {
            events.add(marked(fixtures.event(type).payload(), true));
        }
        return events;
    }

    /** Returns events that contain this person's address but not the id. */
    public List<byte[]> eventsByAddress() {
        List<byte[]> events = new ArrayList<>();
        for (String type :
                List.of("organizationInvitation.created", "waitlistEntry.created", "waitlistEntry.updated")) {
            events.add(marked(fixtures.event(type).payload(), false));
        }
        events.add(marked(
                fixtures.event("organizationDomain.created")
                        .set("data.affiliation_email_address", address())
                        .payload(),
                false));
        return events;
    }

    /** Returns an invitation that this person sent to another person. */
    public byte[] invitationSent(String invitationId) {
        return Json.of(
                "{'type':'organizationInvitation.created','timestamp':1700000000000,'data':{'id':'%s',"
                        + "'email_address':'other@example.com','status':'pending','inviter_id':'%s',"
                        + "'public_inviter_data':{'user_id':'%s','identifier':'%s','first_name':'%s'},"
                        + "'updated_at':1700000000000}}",
                invitationId, id, id, address(), mark);
    }

    public String address() {
        return mark.toLowerCase() + mark + "@example.com";
    }

    private byte[] marked(byte[] payload, boolean withId) {
        String text = new String(payload, StandardCharsets.UTF_8);
        int begin = text.indexOf("\"organization\":{");
        int end = begin < 0 ? text.length() : endOfObject(text, text.indexOf('{', begin));
        // Data of an organization is not personal.
        String marked = begin < 0
                ? marked(text)
                : marked(text.substring(0, begin)) + text.substring(begin, end) + marked(text.substring(end));
        return (withId ? marked.replaceAll("\"user_[A-Za-z0-9]{20,}\"", "\"" + id + "\"") : marked)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static int endOfObject(String text, int begin) {
        int depth = 0;
        for (int i = begin; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("not balanced");
    }

    private String marked(String text) {
        return text.replaceAll("[A-Za-z0-9_.+-]+@[A-Za-z0-9.-]+", address())
                .replaceAll(
                        "\"(public|private|unsafe)_metadata\":\\{\\}", "\"$1_metadata\":{\"note\":\"" + mark + "\"}")
                .replaceAll(
                        "\"(first_name|last_name|username|image_url|profile_image_url|client_ip|user_agent|city|country|"
                                + "ip_address|browser_name|subject|body|body_plain|otp_code|to_phone_number|phone_number|"
                                + "web3_wallet|given_name|family_name|picture|avatar_url|label|provider_user_id)\":"
                                + "\"([^\"]*)\"",
                        "\"$1\":\"$2" + mark + "\"");
    }
}
