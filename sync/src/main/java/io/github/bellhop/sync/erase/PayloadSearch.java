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
 * Searches all stored payloads, oldest first, for mentions of erased people. The search is necessary because the
 * mirror's rows no longer lead to all of the messages. Each step reads at most a few megabytes and holds no locks. The
 * position is stored at intervals, so that the next call after a crash resumes there.
 */
final class PayloadSearch {
    private static final int STEPS_BETWEEN_SAVES = 20;
    private static final int MAX_ATTEMPTS = 5;

    private final Database database;

    PayloadSearch(Database database) {
        this.database = database;
    }

    /**
     * A part of the inbox.
     *
     * @param mentions the id of the mentioned user, by message id
     * @param end      the position of the last message in the part; null if the part is empty
     */
    private record Part(
            Map<String, String> mentions, @Nullable MessagePlace end) {}

    /** Returns the ids of all messages that mention one of these people. Changes nothing. */
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
     * @param addressesByUser each person's addresses, by user id
     * @throws StoreException if a statement failed; the same call resumes near the position where this one stopped
     */
    void clear(Map<String, Set<String>> addressesByUser) {
        PersonMentions people = new PersonMentions(addressesByUser);
        MessagePlace position = startPosition(addressesByUser.keySet());
        for (int step = 1; ; step++) {
            MessagePlace start = position;
            Part part = database.read(connection -> next(connection, people, start));
            position = part.end();
            if (position == null) {
                return;
            }
            byUser(part.mentions()).forEach(this::clear);
            if (step % STEPS_BETWEEN_SAVES == 0) {
                savePosition(addressesByUser, position);
            }
        }
    }

    private static Part next(Connection connection, PersonMentions people, @Nullable MessagePlace after)
            throws SQLException {
        List<MessagePlace> positions = PayloadSql.next(connection, after);
        Map<String, String> mentions = new LinkedHashMap<>();
        PayloadSql.read(
                connection,
                positions,
                (messageId, payload) -> people.in(payload).ifPresent(userId -> mentions.put(messageId, userId)));
        return new Part(mentions, positions.isEmpty() ? null : positions.get(positions.size() - 1));
    }

    /** Returns the position of the person whose search has progressed least; null for the beginning. */
    private @Nullable MessagePlace startPosition(Set<String> userIds) {
        MessagePlace lowest = null;
        for (String userId : userIds) {
            MessagePlace searched = database.read(connection -> ErasureSql.searchedTo(connection, userId))
                    .orElse(null);
            if (searched == null) {
                return null;
            }
            lowest = lowest == null || searched.compareTo(lowest) < 0 ? searched : lowest;
        }
        return lowest;
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

    private void savePosition(Map<String, Set<String>> addressesByUser, MessagePlace position) {
        addressesByUser.forEach((userId, addresses) -> {
            Set<String> searchedFor = new TreeSet<>(addresses);
            searchedFor.add(userId);
            int unused = database.inTransaction(MAX_ATTEMPTS, connection -> {
                ErasureSql.recordSearched(connection, userId, searchedFor, position);
                return searchedFor.size();
            });
        });
    }
}
