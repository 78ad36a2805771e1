package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.server.answer.DeliveryHint;
import io.github.bellhop.server.listen.Arrival;
import io.github.bellhop.server.listen.Forwarder;
import io.github.bellhop.server.listen.ListenReport;
import io.github.bellhop.server.listen.ListenRun;
import io.github.bellhop.server.listen.Source;
import io.github.bellhop.server.settings.UnusableSettingException;
import io.github.bellhop.simulator.delivery.HttpWire;
import io.github.bellhop.simulator.delivery.SignedRequest;
import io.github.bellhop.simulator.delivery.TargetRule;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ListenRunTest {
    private static final int ARRIVALS = 20;

    /** A source that delivers messages, and then fails while the first is still in flight. */
    private record FailingSource(Forwarder forwarder, ListenReport report, URI target, CountDownLatch underWay)
            implements Source {
        @Override
        public void run() throws InterruptedException {
            report.connected();
            for (int i = 0; i < ARRIVALS; i++) {
                SignedRequest request = SignedRequest.received(target, Map.of(), new byte[0]);
                Arrival arrival = new Arrival(
                        "msg_" + i, "user.updated", "user_1", "user_1", null, () -> request(request), a -> {});
                forwarder.submit(arrival);
            }
            underWay.await();
            throw new UnusableSettingException("refused");
        }

        private SignedRequest request(SignedRequest request) {
            underWay.countDown();
            return request;
        }

        @Override
        public void stop() {}

        @Override
        public void close() {}
    }

    @Test
    void reportsAllMessagesEvenIfTheSourceFails() {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        AtomicInteger answers = new AtomicInteger();
        try (Receiver app = new Receiver(200, "")) {
            URI target = URI.create(app.url());
            ListenReport report = new ListenReport(
                    writer,
                    new PrintWriter(new StringWriter()),
                    InstantSource.system(),
                    new DeliveryHint(target),
                    false,
                    "it");
            Forwarder forwarder = new Forwarder(new HttpWire(TargetRule.loopback(List.of())), report);
            Source source = new FailingSource(forwarder, report, target, new CountDownLatch(1));
            ListenRun run = new ListenRun(source, forwarder, report, Duration.ofSeconds(10));
            assertThatThrownBy(run::run).isInstanceOf(UnusableSettingException.class);
            answers.set(app.deliveries().size());
        }
        String output = out.toString();
        assertThat(answers.get()).isPositive();
        assertThat(output).containsPattern(answers + " messages? forwarded: " + answers + " delivered, 0 failed");
        if (answers.get() < ARRIVALS) {
            assertThat(output).contains(ARRIVALS - answers.get() + " arrived but not forwarded before the end");
        }
    }
}
