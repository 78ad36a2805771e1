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
    private static final int CAME = 20;

    /** Gives messages, then says no while the first is still under way. */
    private record Refusing(Forwarder forwarder, ListenReport report, URI target, CountDownLatch underWay)
            implements Source {
        @Override
        public void run() throws InterruptedException {
            report.connected();
            for (int i = 0; i < CAME; i++) {
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
    void saysWhatBecameOfAllThatCameThoughTheSourceRefuses() {
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
            Source source = new Refusing(forwarder, report, target, new CountDownLatch(1));
            ListenRun run = new ListenRun(source, forwarder, report, Duration.ofSeconds(10));
            assertThatThrownBy(run::run).isInstanceOf(UnusableSettingException.class);
            answers.set(app.deliveries().size());
        }
        String said = out.toString();
        assertThat(answers.get()).isPositive();
        assertThat(said).contains(answers + " messages forwarded: " + answers + " delivered, 0 failed");
        if (answers.get() < CAME) {
            assertThat(said).contains(CAME - answers.get() + " arrived but not forwarded before the end");
        }
    }
}
