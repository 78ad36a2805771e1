// Makes every call of Clerk's own Node client that an app needs to stay in sync with Clerk, one after another.
// Prints a line for each: "ok", "failed", or "not simulated" for a planned call that gets 501. Then prints "unlisted" for
// each call of the client that is not on any of the lists below.
import assert from "node:assert/strict";
import { createClerkClient } from "@clerk/backend";

const clerk = createClerkClient({
  apiUrl: process.env.CLERK_API_URL,
  secretKey: process.env.CLERK_SECRET_KEY,
  telemetry: { disabled: true },
});

let number = 0;
const address = () => `person${++number}@example.com`;
const user = (more = {}) => clerk.users.createUser({ emailAddress: [address()], ...more });
const organization = async (more = {}) => clerk.organizations.createOrganization({ name: `Org ${++number}`, createdBy: (await user()).id, ...more });
const member = async () => {
  const place = { organizationId: (await organization()).id, userId: (await user()).id };
  await clerk.organizations.createOrganizationMembership({ ...place, role: "org:member" });
  return place;
};
const invited = async () => {
  const { id } = await organization();
  const invitation = await clerk.organizations.createOrganizationInvitation({ organizationId: id, emailAddress: address(), role: "org:member" });
  return { organizationId: id, invitationId: invitation.id };
};
const domain = async () => {
  const { id } = await organization();
  const made = await clerk.organizations.createOrganizationDomain({
    organizationId: id,
    name: `d${++number}.example.org`,
    enrollmentMode: "manual_invitation",
    verified: false,
  });
  return { organizationId: id, domainId: made.id };
};
const email = async () => clerk.emailAddresses.createEmailAddress({ userId: (await user()).id, emailAddress: address(), verified: true });
const phone = async () =>
  clerk.phoneNumbers.createPhoneNumber({ userId: (await user()).id, phoneNumber: `+1202555${String(1000 + ++number)}`, verified: true });
const session = async () => clerk.sessions.createSession({ userId: (await user()).id });
const permission = () => clerk.organizationPermissions.createOrganizationPermission({ name: "Read", key: `org:p${++number}:read`, description: "Reads" });
const role = () => clerk.organizationRoles.createOrganizationRole({ name: "Cook", key: `org:cook${++number}`, description: "Cooks", permissions: [] });
const waiting = () => clerk.waitlistEntries.create({ emailAddress: address() });
const subscription = async () => {
  const { data } = await clerk.users.getUserList({ username: ["subscriber"] });
  return clerk.billing.getUserBillingSubscription(data[0].id);
};
const roleSet = async () => {
  const { key } = await role();
  return clerk.roleSets.createRoleSet({ name: `Set ${++number}`, defaultRoleKey: key, creatorRoleKey: key, roles: [key] });
};
const image = () => new Blob([new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])], { type: "image/png" });

const calls = {
  "users.createUser": async () => assert.match((await user()).id, /^user_/),
  "users.getUser": async () => assert.equal((await clerk.users.getUser((await user({ firstName: "Ada" })).id)).firstName, "Ada"),
  "users.getUserList": async () => {
    const { id } = await user();
    assert.equal((await clerk.users.getUserList({ userId: [id] })).data[0].id, id);
  },
  "users.getCount": async () => assert.ok((await clerk.users.getCount()) > 0),
  "users.updateUser": async () => assert.equal((await clerk.users.updateUser((await user()).id, { lastName: "Byron" })).lastName, "Byron"),
  "users.updateUserMetadata": async () => {
    const { id } = await user({ publicMetadata: { a: 1 } });
    assert.deepEqual((await clerk.users.updateUserMetadata(id, { publicMetadata: { b: 2 } })).publicMetadata, { a: 1, b: 2 });
  },
  "users.replaceUserMetadata": async () => {
    const { id } = await user({ publicMetadata: { a: 1 } });
    assert.deepEqual((await clerk.users.replaceUserMetadata(id, { publicMetadata: { b: 2 } })).publicMetadata, { b: 2 });
  },
  "users.deleteUser": async () => assert.equal((await clerk.users.deleteUser((await user()).id)).deleted, true),
  "users.banUser": async () => assert.equal((await clerk.users.banUser((await user()).id)).banned, true),
  "users.unbanUser": async () => assert.equal((await clerk.users.unbanUser((await user()).id)).banned, false),
  "users.lockUser": async () => assert.equal((await clerk.users.lockUser((await user()).id)).locked, true),
  "users.unlockUser": async () => assert.equal((await clerk.users.unlockUser((await user()).id)).locked, false),
  "users.getOrganizationMembershipList": async () => {
    const { userId, organizationId } = await member();
    const { data } = await clerk.users.getOrganizationMembershipList({ userId });
    assert.equal(data[0].organization.id, organizationId);
  },
  "users.deleteUserExternalAccount": async () => {
    const { data } = await clerk.users.getUserList({ username: ["linked"] });
    const account = data[0].externalAccounts[0].id;
    assert.equal((await clerk.users.deleteUserExternalAccount({ userId: data[0].id, externalAccountId: account })).deleted, true);
  },

  "emailAddresses.createEmailAddress": async () => assert.equal((await email()).verification.status, "verified"),
  "emailAddresses.getEmailAddress": async () => {
    const { id, emailAddress } = await email();
    assert.equal((await clerk.emailAddresses.getEmailAddress(id)).emailAddress, emailAddress);
  },
  "emailAddresses.updateEmailAddress": async () => {
    const { id } = await email();
    assert.equal((await clerk.emailAddresses.updateEmailAddress(id, { primary: true })).id, id);
  },
  "emailAddresses.deleteEmailAddress": async () => assert.equal((await clerk.emailAddresses.deleteEmailAddress((await email()).id)).deleted, true),

  "phoneNumbers.createPhoneNumber": async () => assert.equal((await phone()).verification.status, "verified"),
  "phoneNumbers.getPhoneNumber": async () => {
    const { id, phoneNumber } = await phone();
    assert.equal((await clerk.phoneNumbers.getPhoneNumber(id)).phoneNumber, phoneNumber);
  },
  "phoneNumbers.updatePhoneNumber": async () => {
    const { id } = await phone();
    assert.equal((await clerk.phoneNumbers.updatePhoneNumber(id, { primary: true })).id, id);
  },
  "phoneNumbers.deletePhoneNumber": async () => assert.equal((await clerk.phoneNumbers.deletePhoneNumber((await phone()).id)).deleted, true),

  "organizations.createOrganization": async () => assert.match((await organization()).id, /^org_/),
  "organizations.getOrganization": async () => {
    const { id, slug } = await organization();
    assert.equal((await clerk.organizations.getOrganization({ slug, includeMembersCount: true })).id, id);
  },
  "organizations.getOrganizationList": async () => {
    const { id } = await organization();
    assert.equal((await clerk.organizations.getOrganizationList({ organizationId: [id] })).totalCount, 1);
  },
  "organizations.updateOrganization": async () => {
    const { id } = await organization();
    assert.equal((await clerk.organizations.updateOrganization(id, { name: "Birch" })).name, "Birch");
  },
  "organizations.updateOrganizationMetadata": async () => {
    const { id } = await organization({ publicMetadata: { a: 1 } });
    assert.deepEqual((await clerk.organizations.updateOrganizationMetadata(id, { publicMetadata: { b: 2 } })).publicMetadata, { a: 1, b: 2 });
  },
  "organizations.replaceOrganizationMetadata": async () => {
    const { id } = await organization({ publicMetadata: { a: 1 } });
    assert.deepEqual((await clerk.organizations.replaceOrganizationMetadata(id, { publicMetadata: { b: 2 } })).publicMetadata, { b: 2 });
  },
  "organizations.deleteOrganization": async () => assert.equal((await clerk.organizations.deleteOrganization((await organization()).id)).deleted, true),
  "organizations.createOrganizationMembership": async () => assert.ok((await member()).userId),
  "organizations.getOrganizationMembershipList": async () => {
    const { organizationId, userId } = await member();
    assert.equal((await clerk.organizations.getOrganizationMembershipList({ organizationId, userId: [userId] })).totalCount, 1);
  },
  "organizations.getInstanceOrganizationMembershipList": async () =>
    assert.ok((await clerk.organizations.getInstanceOrganizationMembershipList({ orderBy: "-created_at" })).totalCount > 0),
  "organizations.updateOrganizationMembership": async () =>
    assert.equal((await clerk.organizations.updateOrganizationMembership({ ...(await member()), role: "org:admin" })).role, "org:admin"),
  "organizations.updateOrganizationMembershipMetadata": async () => {
    const changed = await clerk.organizations.updateOrganizationMembershipMetadata({ ...(await member()), publicMetadata: { desk: 4 } });
    assert.deepEqual(changed.publicMetadata, { desk: 4 });
  },
  "organizations.deleteOrganizationMembership": async () => {
    const place = await member();
    assert.equal((await clerk.organizations.deleteOrganizationMembership(place)).publicUserData.userId, place.userId);
  },
  "organizations.createOrganizationInvitation": async () => assert.match((await invited()).invitationId, /^orginv_/),
  "organizations.createOrganizationInvitationBulk": async () => {
    const { id } = await organization();
    const made = await clerk.organizations.createOrganizationInvitationBulk(id, [
      { emailAddress: address(), role: "org:member" },
      { emailAddress: address(), role: "org:admin" },
    ]);
    assert.equal(made.data.length, 2);
  },
  "organizations.getOrganizationInvitation": async () => assert.equal((await clerk.organizations.getOrganizationInvitation(await invited())).status, "pending"),
  "organizations.getOrganizationInvitationList": async () => {
    const { organizationId } = await invited();
    assert.equal((await clerk.organizations.getOrganizationInvitationList({ organizationId, status: ["pending"] })).totalCount, 1);
  },
  "organizations.revokeOrganizationInvitation": async () =>
    assert.equal((await clerk.organizations.revokeOrganizationInvitation(await invited())).status, "revoked"),
  "organizations.createOrganizationDomain": async () => assert.match((await domain()).domainId, /^orgdmn_/),
  "organizations.getOrganizationDomainList": async () => {
    const { organizationId } = await domain();
    assert.equal((await clerk.organizations.getOrganizationDomainList({ organizationId })).totalCount, 1);
  },
  "organizations.updateOrganizationDomain": async () => {
    const changed = await clerk.organizations.updateOrganizationDomain({ ...(await domain()), verified: true });
    assert.equal(changed.verification.status, "verified");
  },
  "organizations.deleteOrganizationDomain": async () => assert.equal((await clerk.organizations.deleteOrganizationDomain(await domain())).deleted, true),

  "organizationRoles.createOrganizationRole": async () => assert.match((await role()).id, /^role_/),
  "organizationRoles.getOrganizationRole": async () => {
    const { id } = await role();
    assert.equal((await clerk.organizationRoles.getOrganizationRole(id)).id, id);
  },
  "organizationRoles.getOrganizationRoleList": async () => assert.ok((await clerk.organizationRoles.getOrganizationRoleList()).totalCount >= 2),
  "organizationRoles.updateOrganizationRole": async () => {
    const changed = await clerk.organizationRoles.updateOrganizationRole({ organizationRoleId: (await role()).id, name: "Chef" });
    assert.equal(changed.name, "Chef");
  },
  "organizationRoles.deleteOrganizationRole": async () => assert.equal((await clerk.organizationRoles.deleteOrganizationRole((await role()).id)).deleted, true),
  "organizationRoles.assignPermissionToOrganizationRole": async () => {
    const place = { organizationRoleId: (await role()).id, permissionId: (await permission()).id };
    assert.equal((await clerk.organizationRoles.assignPermissionToOrganizationRole(place)).permissions.length, 1);
  },
  "organizationRoles.removePermissionFromOrganizationRole": async () => {
    const place = { organizationRoleId: (await role()).id, permissionId: (await permission()).id };
    await clerk.organizationRoles.assignPermissionToOrganizationRole(place);
    assert.equal((await clerk.organizationRoles.removePermissionFromOrganizationRole(place)).permissions.length, 0);
  },
  "organizationPermissions.createOrganizationPermission": async () => assert.match((await permission()).id, /^perm_/),
  "organizationPermissions.getOrganizationPermission": async () => {
    const { id } = await permission();
    assert.equal((await clerk.organizationPermissions.getOrganizationPermission(id)).id, id);
  },
  "organizationPermissions.getOrganizationPermissionList": async () =>
    assert.ok((await clerk.organizationPermissions.getOrganizationPermissionList()).totalCount > 0),
  "organizationPermissions.updateOrganizationPermission": async () => {
    const changed = await clerk.organizationPermissions.updateOrganizationPermission({ permissionId: (await permission()).id, name: "See" });
    assert.equal(changed.name, "See");
  },
  "organizationPermissions.deleteOrganizationPermission": async () =>
    assert.equal((await clerk.organizationPermissions.deleteOrganizationPermission((await permission()).id)).deleted, true),

  "sessions.createSession": async () => assert.equal((await session()).status, "active"),
  "sessions.getSession": async () => {
    const { id } = await session();
    assert.equal((await clerk.sessions.getSession(id)).id, id);
  },
  "sessions.getSessionList": async () => {
    const { userId } = await session();
    assert.equal((await clerk.sessions.getSessionList({ userId, status: "active" })).totalCount, 1);
  },
  "sessions.revokeSession": async () => assert.equal((await clerk.sessions.revokeSession((await session()).id)).status, "revoked"),

  "waitlistEntries.create": async () => assert.equal((await waiting()).status, "pending"),
  "waitlistEntries.createBulk": async () => assert.equal((await clerk.waitlistEntries.createBulk([{ emailAddress: address() }])).length, 1),
  "waitlistEntries.list": async () => {
    await waiting();
    assert.ok((await clerk.waitlistEntries.list({ status: "pending" })).totalCount > 0);
  },
  "waitlistEntries.invite": async () => assert.equal((await clerk.waitlistEntries.invite((await waiting()).id)).status, "invited"),
  "waitlistEntries.reject": async () => assert.equal((await clerk.waitlistEntries.reject((await waiting()).id)).status, "rejected"),
  "waitlistEntries.delete": async () => assert.equal((await clerk.waitlistEntries.delete((await waiting()).id)).deleted, true),
  "invitations.getInvitationList": async () => assert.ok((await clerk.invitations.getInvitationList()).totalCount > 0),

  "users.replaceUserEmailAddress": async () => clerk.users.replaceUserEmailAddress((await user()).id, { emailAddress: address() }),
  "users.replaceUserPhoneNumber": async () => clerk.users.replaceUserPhoneNumber((await user()).id, { phoneNumber: `+1202555${1000 + ++number}` }),
  "users.updateUserProfileImage": async () => clerk.users.updateUserProfileImage((await user()).id, { file: image() }),
  "users.deleteUserProfileImage": async () => {
    const { id } = await user();
    await clerk.users.updateUserProfileImage(id, { file: image() });
    return clerk.users.deleteUserProfileImage(id);
  },
  "users.getOrganizationInvitationList": async () => clerk.users.getOrganizationInvitationList({ userId: (await user()).id }),
  "users.disableUserMFA": async () => clerk.users.disableUserMFA((await user()).id),
  "organizations.updateOrganizationLogo": async () => clerk.organizations.updateOrganizationLogo((await organization()).id, { file: image() }),
  "organizations.deleteOrganizationLogo": async () => {
    const { id } = await organization();
    await clerk.organizations.updateOrganizationLogo(id, { file: image() });
    return clerk.organizations.deleteOrganizationLogo(id);
  },
  "invitations.createInvitation": async () => clerk.invitations.createInvitation({ emailAddress: address() }),
  "invitations.createInvitationBulk": async () => clerk.invitations.createInvitationBulk([{ emailAddress: address() }]),
  "invitations.revokeInvitation": async () => {
    const { id } = await clerk.invitations.createInvitation({ emailAddress: address() });
    return clerk.invitations.revokeInvitation(id);
  },
  "instance.get": () => clerk.instance.get(),
  "instance.updateRestrictions": () => clerk.instance.updateRestrictions({ allowlist: false }),
  "roleSets.createRoleSet": () => roleSet(),
  "roleSets.getRoleSet": async () => clerk.roleSets.getRoleSet((await roleSet()).id),
  "roleSets.getRoleSetList": () => clerk.roleSets.getRoleSetList(),
  "roleSets.updateRoleSet": async () => clerk.roleSets.updateRoleSet({ roleSetKeyOrId: (await roleSet()).id, name: "New" }),

  "billing.getPlanList": async () => assert.ok((await clerk.billing.getPlanList()).totalCount > 0),
  "billing.getUserBillingSubscription": async () => assert.equal((await subscription()).subscriptionItems[0].plan.slug, "pro"),
  "billing.getOrganizationBillingSubscription": async () => {
    const { data } = await clerk.organizations.getOrganizationList({ query: "Payer" });
    assert.ok((await clerk.billing.getOrganizationBillingSubscription(data[0].id)).subscriptionItems.length > 0);
  },
  "billing.cancelSubscriptionItem": async () => {
    const { subscriptionItems } = await subscription();
    assert.equal((await clerk.billing.cancelSubscriptionItem(subscriptionItems[0].id)).status, "canceled");
  },
};

// Calls about the entities in webhooks. The simulator may answer 501 to these, but no other error.
const planned = {
  "users.removePassword": async () => clerk.users.removePassword((await user({ password: "correct horse" })).id),
  "users.setPasswordCompromised": async () => clerk.users.setPasswordCompromised((await user({ password: "correct horse" })).id),
  "users.unsetPasswordCompromised": async () => clerk.users.unsetPasswordCompromised((await user({ password: "correct horse" })).id),
  "users.verifyPassword": async () => clerk.users.verifyPassword({ userId: (await user({ password: "correct horse" })).id, password: "correct horse" }),
  "instance.update": () => clerk.instance.update({ testMode: true }),
  "instance.getOrganizationSettings": () => clerk.instance.getOrganizationSettings(),
  "instance.updateOrganizationSettings": () => clerk.instance.updateOrganizationSettings({ enabled: true }),
  "webhooks.createSvixApp": () => clerk.webhooks.createSvixApp(),
  "webhooks.generateSvixAuthURL": () => clerk.webhooks.generateSvixAuthURL(),
};

// Calls about sign-in, tokens and settings of the Dashboard, which send no webhooks.
const foreign =
  /^(__experimental_accountlessApplications|actorTokens|agentTasks|(allow|block)listIdentifiers|apiKeys|betaFeatures|clients|domains|emails|enterpriseConnections|idPOAuthAccessToken|jwks|jwtTemplates|machines|m2m|oauthApplications|proxyChecks|redirectUrls|samlConnections|signInTokens|signUps|telemetry|testingTokens)\./;
const unneeded = new Set([
  "billing.extendSubscriptionItemFreeTrial",
  "invitations.deleteInvitation", // no such operation is published
  "roleSets.addRolesToRoleSet",
  "roleSets.replaceRoleInRoleSet",
  "roleSets.replaceRoleSet",
  "sessions.getToken",
  "sessions.refreshSession",
  "sessions.verifySession",
  "users.deleteUserBackupCodes",
  "users.deleteUserPasskey",
  "users.deleteUserTOTP",
  "users.deleteUserWeb3Wallet",
  "users.getUserOauthAccessToken",
  "users.verifyTOTP",
  "webhooks.deleteSvixApp",
]);

for (const [name, call] of [...Object.entries(calls), ...Object.entries(planned)]) {
  try {
    await call();
    console.log(`ok ${name}`);
  } catch (error) {
    console.log(
      error.status === 501 && name in planned
        ? `not simulated ${name}`
        : `failed ${name}: ${error.stack} ${JSON.stringify(error.errors ?? "")}`.replaceAll("\n", " "),
    );
  }
}
for (const [resource, api] of Object.entries(clerk).filter(([, each]) => typeof each === "object")) {
  const prototype = Object.getPrototypeOf(api);
  for (const method of prototype === Object.prototype ? [] : Object.getOwnPropertyNames(prototype)) {
    const name = `${resource}.${method}`;
    if (method !== "constructor" && typeof api[method] === "function" && !(name in calls) && !(name in planned)) {
      if (!foreign.test(name) && !unneeded.has(name)) console.log(`unlisted ${name}`);
    }
  }
}
