package io.github.bellhop.sync.write;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Tests the rate-limited warning about messages from another Clerk instance. */
@Isolated("Reads the log, to which other tests write.")
class ForeignNoticeTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(ForeignNotice.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final ManualClock clock = new ManualClock();
    private final ForeignNotice notice = new ForeignNotice(clock);

    @BeforeEach
    void listen() {
        appender.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(appender);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(appender);
        logger.setLevel(null);
    }

    private void count(MessageState state, String reason) {
        notice.count(state, reason);
    }

    private List<String> logged() {
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void warnsAtFirstAndThenAtMostEveryTenMinutes() {
        count(MessageState.ASIDE, "foreign-instance");
        count(MessageState.ASIDE, "foreign-instance");
        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        count(MessageState.ASIDE, "foreign-instance");
        assertThat(logged()).hasSize(1);
        clock.advance(Duration.ofMillis(1));
        count(MessageState.ASIDE, "foreign-instance");
        assertThat(logged()).hasSize(2).last().asString().contains("4 so far", "bellhop.instance-id");
        assertThat(logged()).noneMatch(line -> line.contains("user_1"));
    }

    @Test
    void ignoresOtherMessages() {
        count(MessageState.ASIDE, "untyped");
        count(MessageState.MIRRORED, null);
        assertThat(logged()).isEmpty();
    }
}
