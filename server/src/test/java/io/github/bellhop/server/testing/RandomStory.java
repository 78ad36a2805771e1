package io.github.bellhop.server.testing;

import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import io.github.bellhop.simulator.clerk.PageRequest;
import io.github.bellhop.simulator.fixture.LinkedAccount;
import io.github.bellhop.simulator.http.ApiJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Makes random changes in Clerk: users sign up, change their data, join organizations, sign in and are deleted. */
public final class RandomStory {
    private final ClerkInstance clerk;
    private final Random random;
    private final List<Runnable> acts = new ArrayList<>();

    public RandomStory(ClerkInstance clerk, Random random) {
        this.clerk = clerk;
        this.random = random;
        act(6, () -> clerk.users().createInvented());
        act(8, () -> withUser(id -> clerk.users().update(id, json("first_name", "Ann " + random.nextInt(100)))));
        act(3, () -> withUser(id -> clerk.users().mergeMetadata(id, metadata())));
        act(2, () -> withUser(id -> clerk.users().ban(id)));
        act(2, () -> withUser(id -> clerk.users().unban(id)));
        act(2, () -> withUser(id -> clerk.externalAccounts().link(id, LinkedAccount.GOOGLE)));
        act(3, this::addAddress);
        act(3, () -> withUser(id -> clerk.users().delete(id)));
        act(8, () -> withUser(id -> clerk.sessions().signIn(id)));
        act(5, this::endSession);
        act(3, () -> withUser(id -> clerk.organizations().createInvented(id)));
        act(
                3,
                () -> withOrganization(id ->
                        clerk.organizations().update(id, json("name", "Acme " + random.nextInt()))));
        act(1, () -> withOrganization(id -> clerk.organizations().delete(id)));
        act(8, this::join);
        act(4, () -> withMember((organization, user) -> clerk.memberships().delete(organization, user)));
        act(3, () -> withMember((organization, user) -> clerk.memberships().changeRole(organization, user, role())));
        act(3, this::invite);
        act(
                2,
                () -> withOrganization(id -> clerk.domains()
                        .create(id, json("name", "d" + random.nextInt(Integer.MAX_VALUE) + ".example"))));
        act(1, () -> clerk.waitlist().create(json("email_address", "w" + random.nextInt() + "@example.com")));
        act(1, () -> withUser(id -> clerk.messages().email(id)));
        act(2, this::addRole);
    }

    private void act(int weight, Runnable act) {
        for (int i = 0; i < weight; i++) {
            acts.add(act);
        }
    }

    /** Makes this many random changes, then creates one entity of each kind that is not deleted again. */
    public void run(int length) {
        for (int i = 0; i < length; i++) {
            try {
                acts.get(random.nextInt(acts.size())).run();
            } catch (ClerkRefusedException refused) {
                // Clerk rejects some changes, such as the sign-in of a banned user.
            }
        }
        String user = id(clerk.users().createInvented());
        clerk.externalAccounts().link(user, LinkedAccount.GOOGLE);
        clerk.sessions().signIn(user);
        String organization = id(clerk.organizations().createInvented(user));
        clerk.invitations().create(organization, json("email_address", "last@example.com", "role", "org:member"));
        clerk.domains().create(organization, json("name", "last.example"));
        clerk.waitlist().create(json("email_address", "last@example.com"));
        addRole();
    }

    private void addRole() {
        String role = id(clerk.roles().create(json("name", "R", "key", "org:r" + random.nextInt(Integer.MAX_VALUE))));
        any(
                clerk.permissions()
                        .list(PageRequest.newest(5, 0), permission -> true)
                        .rows(),
                permission -> clerk.roles().assign(role, permission));
    }

    private void addAddress() {
        withUser(id -> clerk.emailAddresses()
                .create(json(
                        "user_id", id, "email_address", "m" + random.nextInt(Integer.MAX_VALUE) + "@example.com")));
    }

    private void endSession() {
        withUser(user -> {
            List<ObjectNode> sessions = clerk.sessions()
                    .list(PageRequest.newest(5, 0), user, null, session -> true)
                    .rows();
            if (!sessions.isEmpty()) {
                String id = id(sessions.get(random.nextInt(sessions.size())));
                if (random.nextBoolean()) {
                    clerk.sessions().end(id);
                } else {
                    clerk.sessions().revoke(id);
                }
            }
        });
    }

    private void join() {
        withUser(user -> withOrganization(organization -> {
            if (!clerk.memberships().exists(organization, user)) {
                clerk.memberships().create(organization, user, role());
            }
        }));
    }

    private void invite() {
        withOrganization(organization -> {
            ObjectNode invitation = clerk.invitations()
                    .create(
                            organization,
                            json("email_address", "i" + random.nextInt() + "@example.com", "role", "org:member"));
            if (random.nextBoolean()) {
                clerk.invitations().revoke(organization, id(invitation));
            }
        });
    }

    private void withUser(Consumer<String> act) {
        any(clerk.users().list(PageRequest.newest(20, 0), user -> true).rows(), act);
    }

    private void withOrganization(Consumer<String> act) {
        any(
                clerk.organizations()
                        .list(PageRequest.newest(10, 0), false, organization -> true)
                        .rows(),
                act);
    }

    private interface MemberAct {
        void on(String organization, String user);
    }

    private void withMember(MemberAct act) {
        withOrganization(organization -> {
            List<ObjectNode> members = clerk.memberships()
                    .listOfOrganization(organization, PageRequest.newest(10, 0), member -> true)
                    .rows();
            if (!members.isEmpty()) {
                ObjectNode member = members.get(random.nextInt(members.size()));
                act.on(
                        organization,
                        member.path("public_user_data").path("user_id").stringValue());
            }
        });
    }

    private void any(List<ObjectNode> found, Consumer<String> act) {
        if (!found.isEmpty()) {
            act.accept(id(found.get(random.nextInt(found.size()))));
        }
    }

    private String role() {
        return random.nextBoolean() ? "org:admin" : "org:member";
    }

    private ObjectNode metadata() {
        ObjectNode metadata = ApiJson.object();
        metadata.set("public_metadata", json("plan", "p" + random.nextInt(5)));
        return metadata;
    }

    private static String id(ObjectNode entity) {
        return entity.path("id").stringValue();
    }

    private static ObjectNode json(String... pairs) {
        ObjectNode json = ApiJson.object();
        for (int i = 0; i < pairs.length; i += 2) {
            json.put(pairs[i], pairs[i + 1]);
        }
        return json;
    }
}
