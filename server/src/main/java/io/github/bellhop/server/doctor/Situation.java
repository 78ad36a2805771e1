package io.github.bellhop.server.doctor;

import io.github.bellhop.server.settings.CheckedSettings;
import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.settings.ServerSettings;
import io.github.bellhop.signature.InvalidSecretException;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.sync.backend.BackendApi;
import io.github.bellhop.sync.backend.BackendApiSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What several checks need, found out once. Safe for concurrent use. */
final class Situation {
    private final Examination wanted;
    private final ServerSettings settings;
    private final Store store;
    private final ReceiverProbe probe;

    Situation(Examination wanted, ServerSettings settings) {
        this.wanted = wanted;
        this.settings = settings;
        this.store = new Store(settings);
        this.probe = new ReceiverProbe(url(), signer(), wanted);
    }

    Examination wanted() {
        return wanted;
    }

    Instant now() {
        return wanted.clock().instant();
    }

    Path folder() {
        return wanted.environment().workingDirectory();
    }

    ServerSettings settings() {
        return settings;
    }

    Store store() {
        return store;
    }

    ReceiverProbe probe() {
        return probe;
    }

    /** Where deliveries come in. */
    URI url() {
        URI given = wanted.url();
        String path = CheckedSettings.isPath(settings.path()) ? settings.path() : "/";
        return given != null ? given : URI.create("http://127.0.0.1:" + settings.port() + path);
    }

    boolean isUrlGiven() {
        return wanted.url() != null;
    }

    /** The signing secrets as they are set, else the one that bellhop dev keeps here; empty when there is none. */
    String signingSecret() {
        String set = settings.signingSecret();
        Path file = folder().resolve(ProgramEnvironment.DEV_SECRET);
        try {
            return set.isBlank() && Files.isRegularFile(file)
                    ? Files.readString(file).strip()
                    : set;
        } catch (IOException unreadable) {
            return set;
        }
    }

    /** The secret key as it is set; null when it is not. */
    @Nullable
    String secretKey() {
        String key = settings.secretKey().strip();
        return key.isEmpty() ? null : key;
    }

    /** A client of Clerk's API; null without a key and a URL that can be used. */
    @Nullable
    BackendApi backend() {
        String key = secretKey();
        URI url = settings.backendApi().url();
        return key != null && BackendApiSettings.isSecretKey(key) && BackendApiSettings.isUrl(url)
                ? new BackendApi(BackendApiSettings.of(key).withUrl(url))
                : null;
    }

    /** Signs with the first secret; null when that cannot sign. */
    private @Nullable MessageSigner signer() {
        try {
            List<SigningSecret> secrets = SigningSecret.parseList(signingSecret());
            return MessageSigner.with(secrets.get(0));
        } catch (InvalidSecretException unusable) {
            return null;
        }
    }
}
