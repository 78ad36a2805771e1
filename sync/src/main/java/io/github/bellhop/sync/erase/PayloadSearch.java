package io.github.bellhop.sync.erase;

import io.github.bellhop.sync.inbox.MessagePlace;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all payloads that are kept, oldest first, for what they say of people who are erased: no row of the
 * mirror may tell of a message any more. Each step reads a few megabytes at most and holds no lock; the place of the
 * search is stored now and then, so that a call after a crash resumes there.
 */
final class PayloadSearch {
    private static final int STEPS_BETWEEN_NOTES = 20;
    private static final int MAX_ATTEMPTS = 5;

    private final Database database;

    PayloadSearch(Database database) {
        this.database = database;
    }

    /**
     * One part of the inbox.
     *
     * @param mentions who is mentioned, by the messages' ids
     * @param end      where the part ends; null when there was none after the last
     */
    private record Part(
            Map<String, String> mentions, @Nullable MessagePlace end) {}

    /** The messages that mention somebody, from the first to the last. Changes nothing. */
    static Set<String> all(Connection connection, PersonMentions people) throws SQLException {
        Map<String, String> found = new HashMap<>();
        Part part = next(connection, people, null);
        while (part.end() != null) {
            found.putAll(part.mentions());
            part = next(connection, people, part.end());
        }
        return found.keySet();
    }

    /**
     * Clears the payloads that mention these people.
     *
     * @param addressesByUser their addresses, by their ids
     * @throws StoreException when the database refuses; the same call goes on near where this one ended
     */
    void clear(Map<String, Set<String>> addressesByUser) {
        PersonMentions people = new PersonMentions(addressesByUser);
        MessagePlace place = begin(addressesByUser.keySet());
        for (int step = 1; ; step++) {
            MessagePlace from = place;
            Part part = database.read(connection -> next(connection, people, from));
            place = part.end();
            if (place == null) {
                return;
            }
            byUser(part.mentions()).forEach(this::clear);
            if (step % STEPS_BETWEEN_NOTES == 0) {
                note(addressesByUser, place);
            }
        }
    }

    private static Part next(Connection connection, PersonMentions people, @Nullable MessagePlace after)
            throws SQLException {
        List<MessagePlace> places = PayloadSql.next(connection, after);
        Map<String, String> mentions = new LinkedHashMap<>();
        PayloadSql.read(
                connection,
                places,
                (messageId, payload) -> people.in(payload).ifPresent(userId -> mentions.put(messageId, userId)));
        return new Part(mentions, places.isEmpty() ? null : places.get(places.size() - 1));
    }

    /** Where the person is whose search has come least far; null for the beginning. */
    private @Nullable MessagePlace begin(Set<String> userIds) {
        MessagePlace least = null;
        for (String userId : userIds) {
            MessagePlace searched = database.read(connection -> ErasureSql.searchedTo(connection, userId))
                    .orElse(null);
            if (searched == null) {
                return null;
            }
            least = least == null || searched.compareTo(least) < 0 ? searched : least;
        }
        return least;
    }

    private static Map<String, Set<String>> byUser(Map<String, String> mentions) {
        Map<String, Set<String>> byUser = new TreeMap<>();
        mentions.forEach((messageId, userId) ->
                byUser.computeIfAbsent(userId, key -> new TreeSet<>()).add(messageId));
        return byUser;
    }

    private void clear(String userId, Set<String> messageIds) {
        int unused = database.inTransaction(MAX_ATTEMPTS, connection -> {
            int cleared = PersonSql.clearMessages(connection, messageIds);
            ErasureSql.count(connection, userId, "bellhop_inbox", cleared);
            return cleared;
        });
    }

    private void note(Map<String, Set<String>> addressesByUser, MessagePlace place) {
        addressesByUser.forEach((userId, addresses) -> {
            Set<String> searchedFor = new TreeSet<>(addresses);
            searchedFor.add(userId);
            int unused = database.inTransaction(MAX_ATTEMPTS, connection -> {
                ErasureSql.noteSearched(connection, userId, searchedFor, place);
                return searchedFor.size();
            });
        });
    }
}
