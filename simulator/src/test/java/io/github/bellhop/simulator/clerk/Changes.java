package io.github.bellhop.simulator.clerk;

import static io.github.bellhop.simulator.clerk.Simulated.id;
import static io.github.bellhop.simulator.clerk.Simulated.params;

import io.github.bellhop.event.EventType;
import io.github.bellhop.simulator.http.ApiJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * For each event type, a change that emits it and a description of that change. The page docs/simulator-events.md is
 * generated from them.
 */
final class Changes {
    private final Map<EventType, Change> all = new LinkedHashMap<>();

    /** A description of a change, and the code that makes it. */
    record Change(String description, Consumer<Simulated> action) {}

    private Changes() {
        addUsersAndSessions();
        addOrganizations();
        addRoles();
        addMessages();
        addSubscriptions();
        addItems();
    }

    static Map<EventType, Change> all() {
        return Collections.unmodifiableMap(new Changes().all);
    }

    private void add(String type, String description, Consumer<Simulated> action) {
        all.put(Objects.requireNonNull(EventType.of(type)), new Change(description, action));
    }

    private void addUsersAndSessions() {
        add("user.created", "A user is created.", Simulated::user);
        add(
                "user.updated",
                "Anything about a user changes, such as a name, metadata, an e-mail address, a phone number, a wallet,"
                        + " a passkey, a linked account, a ban, a lock or deprovisioning. The times of sign-in and"
                        + " activity do not count.",
                s -> s.instance.users().update(s.user(), params("{'first_name':'Ada'}")));
        add("user.deleted", "A user is deleted.", s -> s.instance.users().delete(s.user()));
        add(
                "session.created",
                "A user signs in, or completes the task of a pending session.",
                s -> s.instance.sessions().signIn(s.user()));
        add("session.ended", "A user signs out.", s -> s.instance.sessions().end(session(s)));
        add(
                "session.pending",
                "A user signs in but still has a task to complete.",
                s -> s.instance.sessions().signInPending(s.user()));
        add(
                "session.removed",
                "A session is removed from its client.",
                s -> s.instance.sessions().remove(session(s)));
        add(
                "session.revoked",
                "A session is revoked. All sessions of a user are revoked when the user is banned or deprovisioned, or"
                        + " when a new password is set with `sign_out_of_other_sessions`.",
                s -> s.instance
                        .users()
                        .ban(s.instance
                                .sessions()
                                .get(session(s))
                                .path("user_id")
                                .stringValue()));
    }

    private static String session(Simulated s) {
        return id(s.instance.sessions().signIn(s.user()));
    }

    private void addOrganizations() {
        add("organization.created", "An organization is created.", s -> s.organization(s.user()));
        add(
                "organization.updated",
                "An organization's own values change. A change in its counts emits no event.",
                s -> s.instance.organizations().update(s.organization(s.user()), params("{'name':'Birch'}")));
        add(
                "organization.deleted",
                "An organization is deleted.",
                s -> s.instance.organizations().delete(s.organization(s.user())));
        add(
                "organizationMembership.created",
                "A user creates an organization, is added to one, or accepts an invitation.",
                s -> s.organization(s.user()));
        add("organizationMembership.updated", "A member's role or metadata changes.", s -> {
            String user = s.user();
            String organization = s.organization(s.user());
            s.instance.memberships().create(organization, user, Roles.MEMBER);
            s.instance.memberships().changeRole(organization, user, Roles.ADMIN);
        });
        add(
                "organizationMembership.deleted",
                "A member is removed. The event contains the whole membership, with the time of its last update.",
                s -> {
                    String user = s.user();
                    String organization = s.organization(s.user());
                    s.instance.memberships().create(organization, user, Roles.MEMBER);
                    s.instance.memberships().delete(organization, user);
                });
        add("organizationInvitation.created", "A person is invited to an organization.", Changes::invitation);
        add(
                "organizationInvitation.accepted",
                "An invitation is accepted. The membership has its own event.",
                s -> s.instance.invitations().accept(id(invitation(s)), s.user()));
        add("organizationInvitation.revoked", "An invitation is revoked.", s -> {
            ObjectNode invitation = invitation(s);
            s.instance.invitations().revoke(invitation.path("organization_id").stringValue(), id(invitation));
        });
        add("organizationDomain.created", "A domain is added to an organization.", Changes::domain);
        add("organizationDomain.updated", "A domain is verified, or its enrollment mode changes.", s -> {
            ObjectNode domain = domain(s);
            s.instance
                    .domains()
                    .update(domain.path("organization_id").stringValue(), id(domain), params("{'verified':true}"));
        });
        add("organizationDomain.deleted", "A domain is removed.", s -> {
            ObjectNode domain = domain(s);
            s.instance.domains().delete(domain.path("organization_id").stringValue(), id(domain));
        });
    }

    private static ObjectNode invitation(Simulated s) {
        String inviter = s.user();
        return s.instance
                .invitations()
                .create(
                        s.organization(inviter),
                        params("{'email_address':'guest@example.com','role':'org:member'}")
                                .put("inviter_user_id", inviter));
    }

    private static ObjectNode domain(Simulated s) {
        return s.instance
                .domains()
                .create(s.organization(s.user()), params("{'name':'birch.example.com','verified':false}"));
    }

    private void addRoles() {
        add("role.created", "A role is created.", Changes::role);
        add(
                "role.updated",
                "A role's values or permissions change.",
                s -> s.instance.roles().update(role(s), params("{'name':'Chef'}")));
        add("role.deleted", "A role is deleted.", s -> s.instance.roles().delete(role(s)));
        add("permission.created", "A permission is created.", Changes::permission);
        add(
                "permission.updated",
                "A permission's values change.",
                s -> s.instance.permissions().update(permission(s), params("{'name':'See menus'}")));
        add(
                "permission.deleted",
                "A permission is deleted.",
                s -> s.instance.permissions().delete(permission(s)));
    }

    private static String role(Simulated s) {
        ObjectNode role = params("{'name':'Cook','key':'org:cook'}");
        role.putArray("permissions").add(permission(s));
        return id(s.instance.roles().create(role));
    }

    private static String permission(Simulated s) {
        return id(s.instance.permissions().create(params("{'name':'Read menus','key':'org:menus:read'}")));
    }

    private void addMessages() {
        add("waitlistEntry.created", "An e-mail address is added to the waitlist.", Changes::waitlistEntry);
        add(
                "waitlistEntry.updated",
                "A waitlist entry is invited or rejected.",
                s -> s.instance.waitlist().invite(waitlistEntry(s)));
        add(
                "email.created",
                "An e-mail is sent to a user.",
                s -> s.instance.messages().email(s.user()));
        add("sms.created", "A text message is sent to a user.", s -> {
            String user = s.user();
            s.instance
                    .phoneNumbers()
                    .create(ApiJson.object().put("user_id", user).put("phone_number", "+12025550123"));
            s.instance.messages().sms(user);
        });
    }

    private static String waitlistEntry(Simulated s) {
        return id(s.instance.waitlist().create(params("{'email_address':'wait@example.com'}")));
    }

    private void addSubscriptions() {
        add("subscription.created", "A user or an organization subscribes for the first time.", Changes::item);
        add(
                "subscription.updated",
                "An item is added, canceled, ended or changed, and the subscription's own status stays the same or"
                        + " ends.",
                s -> s.instance.billing().move(item(s), ItemStatus.CANCELED));
        add("subscription.active", "A subscription begins, or is paid after being past due.", s -> {
            String item = item(s);
            s.instance.billing().move(item, ItemStatus.PAST_DUE);
            s.events.clear();
            s.instance.billing().move(item, ItemStatus.ACTIVE);
        });
        add(
                "subscription.pastDue",
                "An item becomes past due.",
                s -> s.instance.billing().move(item(s), ItemStatus.PAST_DUE));
        add("paymentAttempt.created", "A payment attempt starts.", Changes::attempt);
        add(
                "paymentAttempt.updated",
                "A payment attempt succeeds or fails.",
                s -> s.instance.billing().settle(attempt(s), true));
    }

    private static String item(Simulated s) {
        return id(s.instance.billing().subscribe(s.user(), "pro").at("/subscription_items/0"));
    }

    private static String attempt(Simulated s) {
        String user = s.user();
        s.instance.billing().subscribe(user, "pro");
        return id(s.instance.billing().charge(user));
    }

    private void addItems() {
        add(
                "subscriptionItem.created",
                "An item is added to a subscription. Clerk's newest specification no longer lists this event.",
                Changes::item);
        add(
                "subscriptionItem.updated",
                "The number of seats changes.",
                s -> s.instance.billing().changeSeats(item(s), 9));
        add("subscriptionItem.active", "An item takes effect.", Changes::item);
        add("subscriptionItem.upcoming", "An item is added that starts when the current item ends.", s -> {
            String user = s.user();
            s.instance.billing().subscribe(user, "pro");
            s.instance.billing().add(user, "free_user", ItemStatus.UPCOMING);
        });
        add(
                "subscriptionItem.freeTrialEnding",
                "An item's free trial is about to end.",
                s -> s.instance.billing().warnOfTrialEnd(item(s)));
        addItem("incomplete", "An item's first payment is outstanding.", ItemStatus.INCOMPLETE);
        addItem("abandoned", "An item's first payment was never made.", ItemStatus.ABANDONED);
        addItem("pastDue", "An item's payment failed.", ItemStatus.PAST_DUE);
        addItem("canceled", "An item is canceled. It stays in effect until its period ends.", ItemStatus.CANCELED);
        addItem("ended", "An item ends. An old plan's item ends before the new plan's item begins.", ItemStatus.ENDED);
    }

    private void addItem(String action, String description, ItemStatus status) {
        add("subscriptionItem." + action, description, s -> s.instance.billing().move(item(s), status));
    }
}
