package io.github.bellhop.simulator.clerk;

import io.github.bellhop.simulator.fixture.Fixtures;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A simulated Clerk instance. Its content can be listed and changed, and every change emits the same event as in Clerk.
 * Times come from the given clock and random values from the given source, so the same calls produce the same bytes.
 * Safe for concurrent use; changes are serialized.
 */
public final class ClerkInstance {
    private static final int MEMBERS_AT_MOST = 5;

    private final Kernel kernel;
    private final Users users;
    private final ExternalAccounts externalAccounts;
    private final Identifications emailAddresses;
    private final Identifications phoneNumbers;
    private final Identifications web3Wallets;
    private final SecondFactors secondFactors;
    private final Passwords passwords;
    private final Images images;
    private final Verifications emailCodes;
    private final Verifications phoneCodes;
    private final Organizations organizations;
    private final Memberships memberships;
    private final Invitations invitations;
    private final ApplicationInvitations applicationInvitations;
    private final Domains domains;
    private final Roles roles;
    private final RoleSets roleSets;
    private final Permissions permissions;
    private final Sessions sessions;
    private final Waitlist waitlist;
    private final Messages messages;
    private final Billing billing;
    private final InstanceSettings settings;
    private final Prices prices;
    private final Statements statements;
    private final Credits credits;
    private final EventTrigger events;

    /** Creates an instance that contains only the roles, permissions and plans that every instance has. */
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
        applicationInvitations = new ApplicationInvitations(kernel);
        domains = new Domains(kernel);
        organizations = new Organizations(kernel, memberships, id -> {
            invitations.removeAll(id);
            domains.removeAll(id);
            billing.removeAll(id);
        });
        roles = new Roles(kernel);
        permissions = new Permissions(kernel, roles);
        roleSets = new RoleSets(kernel, organizations, memberships);
        waitlist = new Waitlist(kernel);
        this.settings = new InstanceSettings(kernel);
        prices = new Prices(kernel);
        statements = new Statements(kernel);
        credits = new Credits(kernel);
        messages = new Messages(kernel);
        secondFactors = new SecondFactors(users);
        passwords = new Passwords(users, sessions);
        images = new Images(users, organizations);
        emailCodes = new Verifications(kernel, emailAddresses, messages);
        phoneCodes = new Verifications(kernel, phoneNumbers, messages);
        events = new EventTrigger(kernel, new EventFamilies(kernel, this));
        permissions.addSystemPermissions();
        roles.addSystemRoles();
        roleSets.addDefault();
        billing.addPlans();
        prices.addDefaults();
    }

    /**
     * Adds invented people and companies. Each company is created by one of the people and has up to five of the people
     * as members.
     *
     * @param emitEvents whether to emit events; false adds everything silently
     */
    public void seed(int people, int companies, boolean emitEvents) {
        kernel.locked(() -> emitEvents ? seed(people, companies) : kernel.withoutEvents(() -> seed(people, companies)));
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

    /** The instance id, {@code ins_…}. */
    public String id() {
        return Fixtures.INSTANCE_ID;
    }

    /** The settings. */
    public InstanceSettings settings() {
        return settings;
    }

    /** The users. */
    public Users users() {
        return users;
    }

    /** The users' e-mail addresses. */
    public Identifications emailAddresses() {
        return emailAddresses;
    }

    /** The users' accounts at other services. */
    public ExternalAccounts externalAccounts() {
        return externalAccounts;
    }

    /** The users' phone numbers. */
    public Identifications phoneNumbers() {
        return phoneNumbers;
    }

    /** The users' web3 wallets. */
    public Identifications web3Wallets() {
        return web3Wallets;
    }

    /** The users' second factors. */
    public SecondFactors secondFactors() {
        return secondFactors;
    }

    /** The users' passwords. */
    public Passwords passwords() {
        return passwords;
    }

    /** The pictures of users and the logos of organizations. */
    public Images images() {
        return images;
    }

    /** The codes sent to e-mail addresses. */
    public Verifications emailCodes() {
        return emailCodes;
    }

    /** The codes sent to phone numbers. */
    public Verifications phoneCodes() {
        return phoneCodes;
    }

    /** The users' sessions. */
    public Sessions sessions() {
        return sessions;
    }

    /** The organizations. */
    public Organizations organizations() {
        return organizations;
    }

    /** The organizations' memberships. */
    public Memberships memberships() {
        return memberships;
    }

    /** The organizations' invitations. */
    public Invitations invitations() {
        return invitations;
    }

    /** The invitations to the application. */
    public ApplicationInvitations applicationInvitations() {
        return applicationInvitations;
    }

    /** The organizations' domains. */
    public Domains domains() {
        return domains;
    }

    /** The organization roles. */
    public Roles roles() {
        return roles;
    }

    /** The sets of organization roles. */
    public RoleSets roleSets() {
        return roleSets;
    }

    /** The organization permissions. */
    public Permissions permissions() {
        return permissions;
    }

    /** The waitlist. */
    public Waitlist waitlist() {
        return waitlist;
    }

    /** The e-mails and text messages that were sent. */
    public Messages messages() {
        return messages;
    }

    /** Plans, subscriptions and payment attempts. */
    public Billing billing() {
        return billing;
    }

    /** The prices of the plans. */
    public Prices prices() {
        return prices;
    }

    /** The billing statements. */
    public Statements statements() {
        return statements;
    }

    /** The credits of payers. */
    public Credits credits() {
        return credits;
    }

    /** Causes single events of any type. */
    public EventTrigger events() {
        return events;
    }
}
