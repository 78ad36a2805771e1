package io.github.bellhop.simulator.clerk;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The domains that no organization can have, because anyone can get an e-mail address there. Clerk does not publish its
 * lists; these are the largest providers.
 */
final class MailDomains {
    private static final Set<String> COMMON = Params.names("""
            126.com 163.com aol.com fastmail.com gmail.com gmx.com gmx.de gmx.net googlemail.com hotmail.com icloud.com
            live.com mac.com mail.com mail.ru me.com msn.com outlook.com pm.me proton.me protonmail.com qq.com web.de
            yahoo.com yandex.com ymail.com zoho.com
            """);

    private static final Set<String> DISPOSABLE = Params.names("""
            10minutemail.com discard.email dispostable.com guerrillamail.com mailinator.com sharklasers.com temp-mail.org
            throwawaymail.com trashmail.com yopmail.com
            """);

    private static final Pattern DOMAIN =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}");

    private MailDomains() {}

    /** Throws unless an organization can have this domain. The name must be in lower case. */
    static void requireOwn(String name) {
        if (!DOMAIN.matcher(name).matches()) {
            throw ClerkRefusedException.invalid("name", "name must be a valid domain.");
        }
        if (COMMON.contains(name)) {
            throw ClerkError.DOMAIN_COMMON.of(
                    "name", "This is a common email provider domain. Please use a different one.");
        }
        if (DISPOSABLE.contains(name)) {
            throw ClerkError.DOMAIN_BLOCKED.of(
                    "name", "This is a blocked email provider domain. Please use a different one.");
        }
    }
}
