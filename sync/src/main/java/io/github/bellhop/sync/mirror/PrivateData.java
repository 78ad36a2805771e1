package io.github.bellhop.sync.mirror;

import static io.github.bellhop.sync.mirror.PrivateData.Treatment.KEEP;
import static io.github.bellhop.sync.mirror.PrivateData.Treatment.MASK;
import static io.github.bellhop.sync.mirror.PrivateData.Treatment.MASK_CODES;
import static io.github.bellhop.sync.mirror.PrivateData.Treatment.OMIT;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is private in a payload: which keys, where they stand, and what each {@link PayloadView} does with them.
 *
 * @hidden
 */
public enum PrivateData {
    /** Codes, and what proves that somebody owns a wallet. */
    CODES(Place.ANYWHERE, OMIT, OMIT, MASK, "backup_codes", "nonce", "otp_code"),
    /** The text that the owner of a wallet signs. */
    SIGNED_TEXT(Place.VERIFICATION, OMIT, OMIT, MASK, "message"),
    /** The link that lets an invited person in. */
    LINKS(Place.OUTSIDE_METADATA, OMIT, OMIT, MASK, "url"),
    /** What only the app's server may see. */
    PRIVATE_METADATA(Place.ANYWHERE, OMIT, OMIT, MASK, "private_metadata"),
    /** What an e-mail or a text message says. These keys mean other things elsewhere. */
    WORDS(Place.MESSAGE, OMIT, OMIT, MASK, "body", "body_plain", "message", "data"),
    /** Clerk writes one-time codes into subjects. */
    SUBJECTS(Place.MESSAGE, OMIT, MASK_CODES, MASK, "subject"),
    /** Addresses and whatever else tells who a person is, or acts for one. */
    PERSONAL(
            Place.ANYWHERE,
            KEEP,
            KEEP,
            MASK,
            "unsafe_metadata",
            "email_address",
            "phone_number",
            "to_email_address",
            "to_phone_number",
            "identifier",
            "client_ip",
            "user_agent",
            "token",
            "ticket");

    /** The condition of {@link #isMessage} in SQL, with the dialect's placeholder for a comparison of bytes. */
    public static final String MESSAGE_TYPES =
            "(lower(substr(type, 1, 5) ${bytewise}) = 'email' or lower(substr(type, 1, 3) ${bytewise}) = 'sms')";

    private static final Pattern MESSAGE_TYPE = Pattern.compile("(?i)(email|sms)");

    /** What replaces a value that is masked. */
    static final String MASKED = "***";

    private static final Pattern CODE = Pattern.compile("\\d{4,}");
    private static final Map<String, List<PrivateData>> BY_KEY = byKey();

    private final Place place;
    private final Treatment stored;
    private final Treatment developers;
    private final Treatment screen;

    /** Separated by spaces. */
    private final String keys;

    PrivateData(Place place, Treatment stored, Treatment developers, Treatment screen, String... keys) {
        this.place = place;
        this.stored = stored;
        this.developers = developers;
        this.screen = screen;
        this.keys = String.join(" ", keys);
    }

    /** What becomes of a private property. */
    enum Treatment {
        /** It stays as it is. */
        KEEP,
        /** Neither its name nor its value is shown. */
        OMIT,
        /** A mask replaces the value; null and empty objects and arrays stay. */
        MASK,
        /** A mask replaces the codes in a text. */
        MASK_CODES
    }

    /** Where a key is private. */
    enum Place {
        /** In every object. */
        ANYWHERE,
        /** In objects under {@code verification}. */
        VERIFICATION,
        /** In all objects but an app's own metadata. */
        OUTSIDE_METADATA,
        /** In {@code data} itself of an e-mail or text message. */
        MESSAGE;

        private boolean covers(String object, boolean message) {
            return switch (this) {
                case ANYWHERE -> true;
                case VERIFICATION -> object.equals("verification");
                case OUTSIDE_METADATA -> !object.endsWith("metadata");
                case MESSAGE -> message;
            };
        }
    }

    /** The keys that are private. */
    List<String> keys() {
        return List.of(keys.split(" ", -1));
    }

    /** Where the keys are private. */
    Place place() {
        return place;
    }

    /** What a view does with it. */
    Treatment in(PayloadView view) {
        return switch (view) {
            case WHOLE -> KEEP;
            case STORED -> stored;
            case STORED_WITH_METADATA -> this == PRIVATE_METADATA ? KEEP : stored;
            case DEVELOPERS -> developers;
            case SCREEN -> screen;
        };
    }

    /**
     * What a view does with a property.
     *
     * @param object  the name of the property that the object is the value of, or of an array that it is in; empty for
     *     the payload or entity itself
     * @param message whether the object is {@code data} of an e-mail or text message
     */
    static Treatment of(PayloadView view, String object, String key, boolean message) {
        if (view == PayloadView.WHOLE) {
            return KEEP;
        }
        for (PrivateData declared : BY_KEY.getOrDefault(key, List.of())) {
            if (declared.place.covers(object, message)) {
                return declared.in(view);
            }
        }
        return KEEP;
    }

    /**
     * Whether events of a type carry e-mails or text messages to people, with their words and codes: all
     * whose type begins with {@code email} or {@code sms}, in letters of either case. Clerk's own types are exact, but
     * what is private must stay so when the spelling is not as expected.
     *
     * @param type null when untyped
     */
    public static boolean isMessage(@Nullable String type) {
        return type != null && MESSAGE_TYPE.matcher(type).lookingAt();
    }

    /** A text without one-time codes: digits in a row become a mask. */
    static String withoutCodes(String text) {
        return CODE.matcher(text).replaceAll(MASKED);
    }

    private static Map<String, List<PrivateData>> byKey() {
        Map<String, List<PrivateData>> declared = new HashMap<>();
        for (PrivateData data : values()) {
            data.keys()
                    .forEach(key -> declared.computeIfAbsent(key, any -> new ArrayList<>())
                            .add(data));
        }
        return Map.copyOf(declared);
    }
}
