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

/** Messages of another Clerk instance are told of, quietly. */
@Isolated("Reads the log, in which others write.")
class ForeignNoticeTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(ForeignNotice.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ManualClock clock = new ManualClock();
    private final ForeignNotice notice = new ForeignNotice(clock);

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    private void note(MessageState state, String reason) {
        notice.note(state, reason);
    }

    private List<String> told() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void tellsOfTheFirstAndThenAtMostEveryTenMinutes() {
        note(MessageState.ASIDE, "foreign-instance");
        note(MessageState.ASIDE, "foreign-instance");
        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        note(MessageState.ASIDE, "foreign-instance");
        assertThat(told()).hasSize(1);
        clock.advance(Duration.ofMillis(1));
        note(MessageState.ASIDE, "foreign-instance");
        assertThat(told()).hasSize(2).last().asString().contains("4 so far", "bellhop.instance-id");
        assertThat(told()).noneMatch(line -> line.contains("user_1"));
    }

    @Test
    void saysNothingOfOtherMessages() {
        note(MessageState.ASIDE, "untyped");
        note(MessageState.MIRRORED, null);
        assertThat(told()).isEmpty();
    }
}
