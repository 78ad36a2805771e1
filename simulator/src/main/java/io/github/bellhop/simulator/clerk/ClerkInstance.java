package io.github.bellhop.simulator.clerk;

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
    private final Payments payments;

    /** An instance with nothing in it but the roles, permissions and plans of every instance. */
    public ClerkInstance(ClerkSettings settings) {
        kernel = new Kernel(settings);
        Tables tables = new Tables();
        Views views = new Views(tables);
        sessions = new Sessions(kernel, tables, views);
        memberships = new Memberships(kernel, tables, views);
        billing = new Billing(kernel, tables);
        users = new Users(kernel, tables, views, sessions, memberships, billing);
        externalAccounts = new ExternalAccounts(kernel, tables, views);
        emailAddresses = new Identifications(kernel, tables, Identification.EMAIL_ADDRESS);
        phoneNumbers = new Identifications(kernel, tables, Identification.PHONE_NUMBER);
        web3Wallets = new Identifications(kernel, tables, Identification.WEB3_WALLET);
        invitations = new Invitations(kernel, tables, views, memberships);
        domains = new Domains(kernel, tables, views);
        organizations = new Organizations(kernel, tables, views, memberships, invitations, domains, billing);
        roles = new Roles(kernel, tables, views);
        permissions = new Permissions(kernel, tables, roles);
        waitlist = new Waitlist(kernel, tables);
        messages = new Messages(kernel, tables);
        payments = new Payments(kernel, tables, billing);
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
        return kernel.instanceId();
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

    /** Who pays for what. */
    public Billing billing() {
        return billing;
    }

    /** The attempts to collect it. */
    public Payments payments() {
        return payments;
    }
}
