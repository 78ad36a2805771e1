package io.github.bellhop.sync.handle;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.SyncEngine;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.testing.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.PreparedStatement;
import java.util.concurrent.CountDownLatch;

/** An app whose handler writes a row, reports that, and then blocks until the process is killed before the commit. */
final class CrashingApp {
    private CrashingApp() {}

    public static void main(String[] arguments) throws InterruptedException {
        String user = arguments.length > 1 ? arguments[1] : null;
        OpenDatabase open = Databases.open(new DatabaseSettings(arguments[0], user, user));
        Handlers handlers = Handlers.builder()
                .on(UserEvent.class, "users", (event, run) -> {
                    try (PreparedStatement statement =
                            run.connection().prepareStatement("insert into app_log values (?)")) {
                        statement.setString(1, run.messageId());
                        statement.executeUpdate();
                    }
                    System.out.println("WRITTEN " + run.messageId());
                    new CountDownLatch(1).await();
                    return HandlerOutcome.done();
                })
                .build();
        // The clock shows the same time as in the test that received the messages.
        SyncSettings settings = SyncSettings.builder().clock(new ManualClock()).build();
        SyncEngine engine = new SyncEngine(open.database(), settings, handlers, new SimpleMeterRegistry());
        engine.start();
        new CountDownLatch(1).await();
    }
}
