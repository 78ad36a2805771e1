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

/** The settings and connections that several checks share. Thread-safe. */
final class Situation {
    private final Examination examination;
    private final ServerSettings settings;
    private final Store store;
    private final ReceiverProbe probe;

    Situation(Examination examination, ServerSettings settings) {
        this.examination = examination;
        this.settings = settings;
        this.store = new Store(settings);
        this.probe = new ReceiverProbe(url(), signer(), examination);
    }

    Examination examination() {
        return examination;
    }

    Instant now() {
        return examination.clock().instant();
    }

    Path folder() {
        return examination.environment().workingDirectory();
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

    /** The URL of the receiver. */
    URI url() {
        URI given = examination.url();
        String path = CheckedSettings.isPath(settings.path()) ? settings.path() : "/";
        return given != null ? given : URI.create("http://127.0.0.1:" + settings.port() + path);
    }

    boolean isUrlGiven() {
        return examination.url() != null;
    }

    /** The configured signing secrets, or else the secret of bellhop dev in this folder; empty if there is neither. */
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

    /** The configured secret key, or null. */
    @Nullable
    String secretKey() {
        String key = settings.secretKey().strip();
        return key.isEmpty() ? null : key;
    }

    /** A client of Clerk's Backend API; null if the key or the URL is missing or invalid. */
    @Nullable
    BackendApi backend() {
        String key = secretKey();
        URI url = settings.backendApi().url();
        return key != null && BackendApiSettings.isSecretKey(key) && BackendApiSettings.isUrl(url)
                ? new BackendApi(BackendApiSettings.of(key).withUrl(url))
                : null;
    }

    /** A signer with the first secret; null if that secret cannot sign. */
    private @Nullable MessageSigner signer() {
        try {
            List<SigningSecret> secrets = SigningSecret.parseList(signingSecret());
            return MessageSigner.with(secrets.get(0));
        } catch (InvalidSecretException unusable) {
            return null;
        }
    }
}
