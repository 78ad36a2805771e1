package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.server.terminal.Paragraph;
import io.github.bellhop.server.terminal.SafeText;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** In every output format, untrusted text must neither control the terminal nor change its text direction. */
class SafeTextTest {
    private static final String UNSAFE = "A\u009b31m\u202eB\u2066C\u2028D\u0085E\u007fF\u200eG\ufeffH\udb40\udc41I";
    private static final String HARMFUL = "(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\r\\n]].*";

    @Test
    void escapesInJsonAndReplacesInText() {
        String json = new JsonMapper().writeValueAsString(Map.of("name", UNSAFE, "plain", "\uD55C\uAE00 \ud83d\ude80"));
        String safe = SafeText.json(json);
        assertThat(safe)
                .doesNotMatch(HARMFUL)
                .contains("\\u009b31m\\u202e", "\uD55C\uAE00 \ud83d\ude80", "\\udb40\\udc41");
        assertThat(new JsonMapper().readTree(safe)).isEqualTo(new JsonMapper().readTree(json));
        assertThat(SafeText.marked(UNSAFE)).isEqualTo("A?31m?B?C?D?E?F?G?H?I");
        assertThat(Paragraph.plain("a\u2028b\u2029c\u202ed")).isEqualTo("a b c d");
    }

    @Test
    void printsStoredTextSafelyInEveryCommand() throws Exception {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        try (SyncBench bench = new SyncBench(TestDatabase.open(settings), same -> same, Handlers.none())) {
            bench.receive(Json.of("{'type':'user.created','data':{'id':'user_s1','object':'user','first_name':'"
                    + UNSAFE + "','public_metadata':{'" + UNSAFE + "':1}}}"));
            bench.receive(Json.of("{'type':'" + UNSAFE + "','data':{'id':'user_s2','object':'user'}}"));
            Map<String, String> variables = Map.of("BELLHOP_DATABASE_URL", settings.url());
            String messageId = new JsonMapper()
                    .readTree(Run.of(Path.of("."), variables, "messages", "--type", "user.created", "--json")
                            .out())
                    .path("message_id")
                    .asString();
            for (List<String> command : List.of(
                    List.of("show", "clerk_users"),
                    List.of("show", "user_s1"),
                    List.of("messages"),
                    List.of("messages", messageId, "--private"))) {
                for (String form : List.of("", "--json")) {
                    String[] arguments = form.isEmpty()
                            ? command.toArray(String[]::new)
                            : Stream.concat(command.stream(), Stream.of(form)).toArray(String[]::new);
                    Run run = Run.of(Path.of("."), variables, arguments);
                    assertThat(run.exitCode()).as(command + form + run.err()).isZero();
                    assertThat(run.out()).as(command + form).isNotBlank().doesNotMatch(HARMFUL);
                }
            }
        }
    }
}
