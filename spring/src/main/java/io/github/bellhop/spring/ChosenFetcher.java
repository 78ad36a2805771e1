package io.github.bellhop.spring;

import static io.github.bellhop.InvalidSettingException.require;

import io.github.bellhop.sync.backend.BackendApi;
import io.github.bellhop.sync.backend.BackendApiSettings;
import io.github.bellhop.sync.fetch.FetchSettings;
import io.github.bellhop.sync.fetch.Fetcher;
import io.github.bellhop.sync.read.ClerkOrganizations;
import io.github.bellhop.sync.read.ClerkUsers;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Selects the fetcher for missing entities: the app's own, otherwise one with the configured secret key.
 *
 * @param fetcher null without a key; nothing is then fetched
 */
record ChosenFetcher(@Nullable Fetcher fetcher) {
    private static final String VARIABLE = "CLERK_SECRET_KEY";

    static ChosenFetcher of(
            BellhopProperties properties,
            Environment environment,
            Database database,
            SyncSettings settings,
            BellhopMeters meters) {
        String key = EngineSettings.secret(properties.secretKey(), VARIABLE, environment);
        if (key == null) {
            return new ChosenFetcher(null);
        }
        BackendApi clerk = new BackendApi(api(key, properties.backendApi()));
        return new ChosenFetcher(new Fetcher(database, settings, clerk, bounds(properties.fetch()), meters.registry()));
    }

    private static BackendApiSettings api(String key, BellhopProperties.BackendApi choice) {
        require(
                BackendApiSettings.isSecretKey(key),
                "bellhop.secret-key (or " + VARIABLE + ")",
                "a Secret Key from the Clerk Dashboard (API keys), which starts with sk_");
        require(
                BackendApiSettings.isUrl(choice.url()),
                "bellhop.backend-api.url",
                "an https URL without a path, such as " + BackendApiSettings.CLERK
                        + " (http is allowed only to this machine)");
        require(choice.connectTimeout().toMillis() > 0, "bellhop.backend-api.connect-timeout", "a time above zero");
        require(choice.readTimeout().toMillis() > 0, "bellhop.backend-api.read-timeout", "a time above zero");
        return BackendApiSettings.of(key)
                .withUrl(choice.url())
                .withTimeouts(choice.connectTimeout(), choice.readTimeout());
    }

    private static FetchSettings bounds(BellhopProperties.Fetch choice) {
        require(FetchSettings.isCount(choice.perSecond()), "bellhop.fetch.per-second", "a number from 1 to 1000000");
        require(FetchSettings.isCount(choice.burst()), "bellhop.fetch.burst", "a number from 1 to 1000000");
        require(
                !choice.rememberMissing().isNegative(),
                "bellhop.fetch.remember-missing",
                "a duration of 0 or more, such as 1m");
        return FetchSettings.DEFAULT
                .withRate(choice.perSecond(), choice.burst())
                .withMemory(choice.rememberMissing(), FetchSettings.DEFAULT.rememberAtMost());
    }

    ClerkUsers users(FinderDatabase database, SyncSettings settings) {
        ClerkUsers users = ClerkUsers.of(database.database(), settings.mirror());
        return fetcher == null ? users : users.fetching(database.guarded(fetcher));
    }

    ClerkOrganizations organizations(FinderDatabase database, SyncSettings settings) {
        ClerkOrganizations organizations = ClerkOrganizations.of(database.database(), settings.mirror());
        return fetcher == null ? organizations : organizations.fetching(database.guarded(fetcher));
    }
}
