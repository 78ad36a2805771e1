package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A user with all related data from Clerk. Sign-in and activity times change without an event of their own.
 *
 * @param externalId the app's own id for the user
 * @param profileImageUrl deprecated: use {@code imageUrl}
 * @param privateMetadata secret: for the backend only
 * @param organizationMemberships do not rely on it: it is in Clerk's schema, but in no payload seen so far
 * @param scim present only for users that a directory manages, and not always even then
 * @param lockoutExpiresInSeconds the number of seconds from the creation of the event to the end of the lockout
 * @param deprovisioned whether the directory has removed the user
 * @param createOrganizationsLimit null if there is no limit
 */
public record User(
        @Nullable String id,
        @Nullable String externalId,
        @Nullable String username,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String locale,
        @Nullable String primaryEmailAddressId,
        @Nullable String primaryPhoneNumberId,
        @Nullable String primaryWeb3WalletId,
        @Nullable String imageUrl,
        @Nullable String profileImageUrl,
        @Nullable Boolean hasImage,
        Map<String, @Nullable Object> publicMetadata,
        Map<String, @Nullable Object> privateMetadata,
        Map<String, @Nullable Object> unsafeMetadata,
        List<EmailAddress> emailAddresses,
        List<PhoneNumber> phoneNumbers,
        List<Web3Wallet> web3Wallets,
        List<Passkey> passkeys,
        List<ExternalAccount> externalAccounts,
        List<SamlAccount> samlAccounts,
        List<EnterpriseAccount> enterpriseAccounts,
        List<OrganizationMembership> organizationMemberships,
        @Nullable ScimMetadata scim,
        @Nullable Boolean passwordEnabled,
        @Nullable Instant passwordLastUpdatedAt,
        @Nullable Boolean requiresPasswordReset,
        @Nullable Boolean twoFactorEnabled,
        @Nullable Boolean totpEnabled,
        @Nullable Boolean backupCodeEnabled,
        @Nullable Instant mfaEnabledAt,
        @Nullable Instant mfaDisabledAt,
        @Nullable Boolean banned,
        @Nullable Boolean locked,
        @Nullable Long lockoutExpiresInSeconds,
        @Nullable Long verificationAttemptsRemaining,
        @Nullable Boolean deprovisioned,
        @Nullable Boolean bypassClientTrust,
        @Nullable Boolean deleteSelfEnabled,
        @Nullable Boolean createOrganizationEnabled,
        @Nullable Long createOrganizationsLimit,
        @Nullable Instant legalAcceptedAt,
        @Nullable Instant lastSignInAt,
        @Nullable Instant lastActiveAt,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt)
        implements Entity {
    /** Copies its lists and metadata, which must not be null. */
    public User {
        publicMetadata = FreeJson.copyOf(publicMetadata);
        privateMetadata = FreeJson.copyOf(privateMetadata);
        unsafeMetadata = FreeJson.copyOf(unsafeMetadata);
        emailAddresses = List.copyOf(emailAddresses);
        phoneNumbers = List.copyOf(phoneNumbers);
        web3Wallets = List.copyOf(web3Wallets);
        passkeys = List.copyOf(passkeys);
        externalAccounts = List.copyOf(externalAccounts);
        samlAccounts = List.copyOf(samlAccounts);
        enterpriseAccounts = List.copyOf(enterpriseAccounts);
        organizationMemberships = List.copyOf(organizationMemberships);
    }

    /**
     * Returns the e-mail address with the id {@link #primaryEmailAddressId()}; empty if there is no such id or address.
     */
    public Optional<EmailAddress> primaryEmailAddress() {
        return emailAddresses.stream()
                .filter(address -> primaryEmailAddressId != null && primaryEmailAddressId.equals(address.id()))
                .findFirst();
    }

    /** Returns the phone number with the id {@link #primaryPhoneNumberId()}; empty if there is no such id or number. */
    public Optional<PhoneNumber> primaryPhoneNumber() {
        return phoneNumbers.stream()
                .filter(number -> primaryPhoneNumberId != null && primaryPhoneNumberId.equals(number.id()))
                .findFirst();
    }

    /** Returns the wallet with the id {@link #primaryWeb3WalletId()}; empty if there is no such id or wallet. */
    public Optional<Web3Wallet> primaryWeb3Wallet() {
        return web3Wallets.stream()
                .filter(wallet -> primaryWeb3WalletId != null && primaryWeb3WalletId.equals(wallet.id()))
                .findFirst();
    }

    @Override
    public String toString() {
        return Printable.record("User", id);
    }
}
