package io.github.bellhop.server.doctor;

import io.github.bellhop.receiver.AllowlistMode;
import io.github.bellhop.receiver.AllowlistRefresher;
import io.github.bellhop.server.settings.ServerSettings;
import io.github.bellhop.server.settings.ShownUrl;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;

/** Checks the age of the list of Svix's addresses on this machine. */
record AllowlistCheck(Situation situation) implements Check {
    private static final Duration OLD = Duration.ofDays(2);
    private static final Duration NEVER = Duration.ofDays(365 * 10);

    @Override
    public List<Finding> run() {
        ServerSettings settings = situation.settings();
        if (settings.ipAllowlist() == AllowlistMode.OFF) {
            return List.of(Finding.skip("The allowlist is off.", null));
        }
        Duration age = age(settings.allowlist());
        String url = ShownUrl.of(settings.allowlist().url());
        if (age.compareTo(OLD) <= 0) {
            return List.of(Finding.ok("The list of Svix's addresses was confirmed " + Ages.of(age) + " ago."));
        }
        boolean never = age.compareTo(NEVER) > 0;
        return List.of(Finding.warn(
                never
                        ? "The list of Svix's addresses has never been updated here; the built-in list is used."
                        : "The list of Svix's addresses is " + Ages.of(age) + " old.",
                "bellhop serve fetches " + url + " every "
                        + Ages.of(settings.allowlist().refreshInterval())
                        + ". It has not run here recently, or it cannot reach that address.",
                "Start it, and allow it to reach that address. Until then, it does not recognize Svix's new"
                        + " addresses."));
    }

    private Duration age(ServerSettings.Allowlist list) {
        var file = situation.folder().resolve(list.file());
        try (var refresher =
                new AllowlistRefresher(list.url(), file, situation.examination().clock(), new SimpleMeterRegistry())) {
            return refresher.age();
        }
    }
}
