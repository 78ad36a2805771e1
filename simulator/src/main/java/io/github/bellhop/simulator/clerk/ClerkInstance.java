package io.github.bellhop.simulator.clerk;

import io.github.bellhop.simulator.fixture.Fixtures;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pretend Clerk instance: what is in it can be listed and changed, and every change emits the event that Clerk has for
 * it. Times come from the given clock and chance from the given random source: the same calls give the same bytes. Safe
 * for concurrent use; changes happen one after the other.
 */
public final class ClerkInstance {
    private static final int MEMBERS_AT_MOST = 5;

    private final Kernel kernel;
    private final Users users;
    private final ExternalAccounts externalAccounts;
    private final Identifications emailAddresses;
    private final Identifications phoneNumbers;
    private final Identifications web3Wallets;
    private final Organizations organizations;
    private final Memberships memberships;
    private final Invitations invitations;
    private final Domains domains;
    private final Roles roles;
    private final Permissions permissions;
    private final Sessions sessions;
    private final Waitlist waitlist;
    private final Messages messages;
    private final Billing billing;

    /** An instance with nothing in it but the roles, permissions and plans of every instance. */
    public ClerkInstance(ClerkSettings settings) {
        kernel = new Kernel(settings);
        sessions = new Sessions(kernel);
        memberships = new Memberships(kernel);
        billing = new Billing(kernel);
        users = new Users(kernel, sessions, memberships, billing);
        externalAccounts = new ExternalAccounts(users);
        emailAddresses = new Identifications(users, Identification.EMAIL_ADDRESS);
        phoneNumbers = new Identifications(users, Identification.PHONE_NUMBER);
        web3Wallets = new Identifications(users, Identification.WEB3_WALLET);
        invitations = new Invitations(kernel, memberships);
        domains = new Domains(kernel);
        organizations = new Organizations(kernel, memberships, id -> {
            invitations.removeAll(id);
            domains.removeAll(id);
            billing.removeAll(id);
        });
        roles = new Roles(kernel);
        permissions = new Permissions(kernel, roles);
        waitlist = new Waitlist(kernel);
        messages = new Messages(kernel);
        permissions.addSystemPermissions();
        roles.addSystemRoles();
        billing.addPlans();
    }

    /**
     * Adds invented people and companies. Every company is created by one of the people and has up to five of them as
     * members.
     *
     * @param emitEvents whether events tell of it, or it has all happened before
     */
    public void seed(int people, int companies, boolean emitEvents) {
        kernel.locked(() -> emitEvents ? seed(people, companies) : kernel.quietly(() -> seed(people, companies)));
    }

    private int seed(int people, int companies) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            ids.add(users.createInvented().path("id").stringValue());
        }
        for (int i = 0; i < companies; i++) {
            String creator = ids.isEmpty() ? null : ids.get(i * MEMBERS_AT_MOST % ids.size());
            ObjectNode company = organizations.createInvented(creator);
            int members = Math.min(MEMBERS_AT_MOST, ids.size());
            for (int member = 1; member < members; member++) {
                memberships.create(
                        company.path("id").stringValue(),
                        ids.get((i * MEMBERS_AT_MOST + member) % ids.size()),
                        Roles.MEMBER);
            }
        }
        return people + companies;
    }

    /** Its id, {@code ins_…}. */
    public String id() {
        return Fixtures.INSTANCE_ID;
    }

    /** Its users. */
    public Users users() {
        return users;
    }

    /** Their e-mail addresses. */
    public Identifications emailAddresses() {
        return emailAddresses;
    }

    /** Their accounts at other services. */
    public ExternalAccounts externalAccounts() {
        return externalAccounts;
    }

    /** Their phone numbers. */
    public Identifications phoneNumbers() {
        return phoneNumbers;
    }

    /** Their wallets. */
    public Identifications web3Wallets() {
        return web3Wallets;
    }

    /** Their sessions. */
    public Sessions sessions() {
        return sessions;
    }

    /** Its organizations. */
    public Organizations organizations() {
        return organizations;
    }

    /** Who belongs to them. */
    public Memberships memberships() {
        return memberships;
    }

    /** Who is invited into them. */
    public Invitations invitations() {
        return invitations;
    }

    /** Their domains. */
    public Domains domains() {
        return domains;
    }

    /** The roles in them. */
    public Roles roles() {
        return roles;
    }

    /** What the roles can allow. */
    public Permissions permissions() {
        return permissions;
    }

    /** Who waits to be let in. */
    public Waitlist waitlist() {
        return waitlist;
    }

    /** The e-mails and short messages that were sent. */
    public Messages messages() {
        return messages;
    }

    /** Who pays for what, and the attempts to collect it. */
    public Billing billing() {
        return billing;
    }
}
