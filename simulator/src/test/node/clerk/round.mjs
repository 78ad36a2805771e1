// Calls the API with Clerk's own Node client. Only CLERK_API_URL points it to the simulator.
import assert from "node:assert/strict";
import { createClerkClient } from "@clerk/backend";

const settings = { apiUrl: process.env.CLERK_API_URL, telemetry: { disabled: true } };
const clerk = createClerkClient({ ...settings, secretKey: process.env.CLERK_SECRET_KEY });

const refused = async (call, status, code, parameter) => {
  const error = await call.then(
    () => assert.fail(`expected ${code}`),
    (thrown) => thrown,
  );
  assert.equal(error.status, status, String(error));
  assert.equal(error.errors[0].code, code);
  assert.equal(error.errors[0].meta?.paramName, parameter);
  assert.match(error.clerkTraceId, /^[0-9a-f]{32}$/);
  return error;
};

const steps = {
  async users() {
    const ada = await clerk.users.createUser({
      emailAddress: ["ada@example.com", "lovelace@example.com"],
      firstName: "Ada",
      lastName: "Lovelace",
      externalId: "crm-1",
      password: "correct horse",
      publicMetadata: { planName: "pro", seats: { used: 1, free: 2 } },
    });
    assert.match(ada.id, /^user_[0-9A-Za-z]{27}$/);
    assert.equal(ada.primaryEmailAddress.emailAddress, "ada@example.com");
    assert.equal(ada.emailAddresses.length, 2);
    assert.equal(ada.passwordEnabled, true);
    assert.deepEqual((await clerk.users.getUser(ada.id)).publicMetadata, ada.publicMetadata);

    const updated = await clerk.users.updateUser(ada.id, {
      firstName: "Augusta",
      primaryEmailAddressID: ada.emailAddresses[1].id,
    });
    assert.equal(updated.fullName, "Augusta Lovelace");
    assert.equal(updated.primaryEmailAddress.emailAddress, "lovelace@example.com");
    assert.ok(updated.updatedAt > ada.updatedAt);

    const merged = await clerk.users.updateUserMetadata(ada.id, {
      publicMetadata: { seats: { used: 3, free: null } },
      privateMetadata: { note: "vip" },
    });
    assert.deepEqual(merged.publicMetadata, { planName: "pro", seats: { used: 3 } });
    const replaced = await clerk.users.replaceUserMetadata(ada.id, { publicMetadata: { only: true } });
    assert.deepEqual(replaced.publicMetadata, { only: true });
    assert.deepEqual(replaced.privateMetadata, { note: "vip" });

    assert.equal((await clerk.users.banUser(ada.id)).banned, true);
    assert.equal((await clerk.users.unbanUser(ada.id)).banned, false);
    assert.equal((await clerk.users.lockUser(ada.id)).locked, true);
    assert.equal((await clerk.users.unlockUser(ada.id)).locked, false);
  },

  async userIdentifications() {
    const { data } = await clerk.users.getUserList({ externalId: ["crm-1"] });
    const email = await clerk.emailAddresses.createEmailAddress({
      userId: data[0].id,
      emailAddress: "augusta@example.com",
      verified: true,
    });
    assert.equal(email.verification.status, "verified");
    await clerk.emailAddresses.updateEmailAddress(email.id, { primary: true });
    assert.equal((await clerk.users.getUser(data[0].id)).primaryEmailAddressId, email.id);
    assert.equal((await clerk.emailAddresses.getEmailAddress(email.id)).emailAddress, "augusta@example.com");
    assert.equal((await clerk.emailAddresses.deleteEmailAddress(email.id)).deleted, true);
    const phone = await clerk.phoneNumbers.createPhoneNumber({ userId: data[0].id, phoneNumber: "+12025550123" });
    assert.equal((await clerk.phoneNumbers.updatePhoneNumber(phone.id, { verified: true })).verification.status, "verified");
    assert.equal((await clerk.users.getUserList({ phoneNumber: ["+12025550123"] })).totalCount, 1);
  },

  async pages() {
    for (let i = 0; i < 25; i++) {
      await clerk.users.createUser({ emailAddress: [`reader${i}@example.com`], username: `reader${i}` });
    }
    const seen = [];
    for (let offset = 0; ; offset += 10) {
      const { data, totalCount } = await clerk.users.getUserList({ limit: 10, offset, orderBy: "+created_at" });
      assert.equal(totalCount, 27);
      seen.push(...data.map((user) => user.id));
      if (data.length < 10) break;
    }
    assert.equal(new Set(seen).size, 27);
    const named = await clerk.users.getUserList({ query: "reader2", orderBy: "-username" });
    assert.deepEqual(
      named.data.map((user) => user.username),
      ["reader24", "reader23", "reader22", "reader21", "reader20", "reader2"],
    );
    assert.equal(await clerk.users.getCount({ emailAddress: ["READER7@example.com"] }), 1);
  },

  async organizations() {
    const { data } = await clerk.users.getUserList({ username: ["reader1", "reader2"], orderBy: "username" });
    const [first, second] = data;
    const organization = await clerk.organizations.createOrganization({
      name: "Birch & Sons",
      createdBy: first.id,
      publicMetadata: { tier: 1 },
    });
    assert.equal(organization.slug, "birch-sons");
    const bySlug = await clerk.organizations.getOrganization({ slug: "birch-sons", includeMembersCount: true });
    assert.equal(bySlug.id, organization.id);
    assert.equal(bySlug.membersCount, 1);

    const membership = await clerk.organizations.createOrganizationMembership({
      organizationId: organization.id,
      userId: second.id,
      role: "org:member",
    });
    assert.equal(membership.publicUserData.identifier, "reader2@example.com");
    const promoted = await clerk.organizations.updateOrganizationMembership({
      organizationId: organization.id,
      userId: second.id,
      role: "org:admin",
    });
    assert.ok(promoted.permissions.includes("org:sys_memberships:manage"));
    await clerk.organizations.updateOrganizationMembershipMetadata({
      organizationId: organization.id,
      userId: second.id,
      publicMetadata: { desk: 4 },
    });
    const members = await clerk.organizations.getOrganizationMembershipList({
      organizationId: organization.id,
      userId: [second.id],
    });
    assert.equal(members.totalCount, 1);
    assert.deepEqual(members.data[0].publicMetadata, { desk: 4 });
    assert.equal((await clerk.organizations.getInstanceOrganizationMembershipList({})).totalCount, 2);
    assert.equal((await clerk.users.getOrganizationMembershipList({ userId: second.id })).data[0].organization.name, "Birch & Sons");

    const updated = await clerk.organizations.updateOrganization(organization.id, { name: "Birch", maxAllowedMemberships: 9 });
    assert.equal(updated.maxAllowedMemberships, 9);
    const merged = await clerk.organizations.updateOrganizationMetadata(organization.id, { publicMetadata: { region: "eu" } });
    assert.deepEqual(merged.publicMetadata, { tier: 1, region: "eu" });
    await clerk.organizations.deleteOrganizationMembership({ organizationId: organization.id, userId: second.id });
    const list = await clerk.organizations.getOrganizationList({ includeMembersCount: true, userId: [first.id] });
    assert.equal(list.totalCount, 1);
    assert.equal(list.data[0].membersCount, 1);
  },

  async invitationsAndDomains() {
    const { id } = await clerk.organizations.getOrganization({ slug: "birch-sons" });
    const invitation = await clerk.organizations.createOrganizationInvitation({
      organizationId: id,
      emailAddress: "guest@example.com",
      role: "org:member",
    });
    assert.equal(invitation.status, "pending");
    const more = await clerk.organizations.createOrganizationInvitationBulk(id, [
      { emailAddress: "one@example.com", role: "org:member" },
      { emailAddress: "two@example.com", role: "org:member" },
    ]);
    assert.equal(more.data.length, 2);
    const revoked = await clerk.organizations.revokeOrganizationInvitation({ organizationId: id, invitationId: invitation.id });
    assert.equal(revoked.status, "revoked");
    const pending = await clerk.organizations.getOrganizationInvitationList({ organizationId: id, status: ["pending"] });
    assert.equal(pending.totalCount, 2);
    assert.equal(
      (await clerk.organizations.getOrganizationInvitation({ organizationId: id, invitationId: invitation.id })).status,
      "revoked",
    );

    const domain = await clerk.organizations.createOrganizationDomain({
      organizationId: id,
      name: "birch.example.com",
      enrollmentMode: "manual_invitation",
      verified: false,
    });
    await clerk.organizations.updateOrganizationDomain({ organizationId: id, domainId: domain.id, verified: true });
    assert.equal((await clerk.organizations.getOrganizationDomainList({ organizationId: id })).totalCount, 1);
    await clerk.organizations.deleteOrganizationDomain({ organizationId: id, domainId: domain.id });
  },

  async rolesAndPermissions() {
    const permission = await clerk.organizationPermissions.createOrganizationPermission({ name: "Read menus", key: "org:menus:read" });
    const role = await clerk.organizationRoles.createOrganizationRole({
      name: "Cook",
      key: "org:cook",
      permissions: [permission.id],
    });
    assert.equal(role.permissions[0].key, "org:menus:read");
    await clerk.organizationRoles.updateOrganizationRole({ organizationRoleId: role.id, name: "Chef" });
    await clerk.organizationRoles.removePermissionFromOrganizationRole({ organizationRoleId: role.id, permissionId: permission.id });
    const roles = await clerk.organizationRoles.getOrganizationRoleList({ orderBy: "name" });
    assert.deepEqual(roles.data.map((each) => each.name), ["Admin", "Chef", "Member"]);
    await clerk.organizationRoles.deleteOrganizationRole(role.id);
    await clerk.organizationPermissions.deleteOrganizationPermission(permission.id);
    assert.equal((await clerk.organizationPermissions.getOrganizationPermissionList({ query: "menus" })).totalCount, 0);
  },

  async sessions() {
    const { data } = await clerk.users.getUserList({ username: ["reader3"] });
    const session = await clerk.sessions.createSession({ userId: data[0].id });
    assert.equal(session.status, "active");
    assert.ok((await clerk.users.getUser(data[0].id)).lastSignInAt > 0);
    assert.equal((await clerk.sessions.revokeSession(session.id)).status, "revoked");
    const sessions = await clerk.sessions.getSessionList({ userId: data[0].id });
    assert.equal(sessions.totalCount, 1);
    assert.equal((await clerk.sessions.getSession(session.id)).latestActivity.isMobile, false);
  },

  async waitlist() {
    const [first, second, third] = await clerk.waitlistEntries.createBulk([
      { emailAddress: "wait1@example.com" },
      { emailAddress: "wait2@example.com" },
      { emailAddress: "wait3@example.com" },
    ]);
    assert.equal((await clerk.waitlistEntries.invite(first.id)).status, "invited");
    assert.equal((await clerk.waitlistEntries.reject(second.id)).status, "rejected");
    assert.equal((await clerk.waitlistEntries.list({ status: "invited" })).totalCount, 1);
    assert.equal((await clerk.waitlistEntries.delete(third.id)).deleted, true);
    assert.equal((await clerk.invitations.getInvitationList()).totalCount, 1);
  },

  async billing() {
    const { data } = await clerk.users.getUserList({ username: ["subscriber"] });
    const subscription = await clerk.billing.getUserBillingSubscription(data[0].id);
    assert.equal(subscription.subscriptionItems[0].plan.slug, "pro");
    assert.equal(subscription.subscriptionItems[0].plan.fee.amount, 2000);
    const canceled = await clerk.billing.cancelSubscriptionItem(subscription.subscriptionItems[0].id);
    assert.equal(canceled.status, "canceled");
    assert.equal((await clerk.billing.getPlanList({ payerType: "org" })).data.length, 2);
  },

  async errors() {
    const { data } = await clerk.users.getUserList({ username: ["reader4"] });
    await refused(clerk.users.createUser({ emailAddress: ["reader4@example.com"] }), 422, "form_identifier_exists", "email_address");
    await refused(clerk.users.createUser({ emailAddress: ["nonsense"] }), 422, "form_param_format_invalid", "email_address");
    await refused(clerk.users.createUser({ shoeSize: 44, username: "x" }), 422, "form_param_unknown", "shoe_size");
    await refused(clerk.organizations.createOrganization({ maxAllowedMemberships: 3 }), 422, "form_param_missing", "name");
    await refused(clerk.users.getUser("user_nobody"), 404, "resource_not_found");
    await refused(clerk.users.getUserList({ limit: 501 }), 422, "form_param_value_too_large", "limit");
    assert.equal((await clerk.users.deleteUser(data[0].id)).deleted, true);
    await refused(clerk.users.getUser(data[0].id), 404, "resource_not_found");
    const stranger = createClerkClient({ ...settings, secretKey: "sk_test_wrong" });
    await refused(stranger.users.getUserList(), 401, "clerk_key_invalid");
  },
};

for (const [name, step] of Object.entries(steps)) {
  await step();
  console.log(`ok ${name}`);
}
