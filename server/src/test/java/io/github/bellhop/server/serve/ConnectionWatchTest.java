package io.github.bellhop.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests which connections are closed, and when. */
class ConnectionWatchTest {
    private static final int LIMIT = 20;

    private long now;
    private final List<String> closed = new ArrayList<>();
    private final ConnectionWatch watch =
            new ConnectionWatch(LIMIT, address -> address.getHostAddress().equals("10.0.0.1"), () -> now);

    private void open(String name, String address) {
        try {
            watch.opened(name, InetAddress.getByName(address), () -> closed.add(name));
        } catch (UnknownHostException notLiteral) {
            throw new IllegalArgumentException(notLiteral);
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void closesOverdueHeadersEvenIfBytesKeepArriving() {
        open("slow", "192.0.2.1");
        for (int i = 0; i < 4; i++) {
            pass(ConnectionWatch.HEADERS.dividedBy(4).minusMillis(1));
            watch.awaitsHeaders("slow");
            watch.closeOverdue();
            assertThat(closed).isEmpty();
        }
        pass(Duration.ofMillis(4));
        watch.closeOverdue();
        watch.closeOverdue();
        assertThat(closed).containsExactly("slow");
    }

    @Test
    void keepsConnectionsWithARequestOrBetweenRequests() {
        open("busy", "192.0.2.1");
        open("idle", "192.0.2.1");
        watch.hasRequest("busy");
        watch.awaitsRequest("idle");
        pass(ConnectionWatch.HEADERS.multipliedBy(10));
        watch.closeOverdue();
        assertThat(closed).isEmpty();
    }

    @Test
    void sparesConnectionsThatAThreadIsProcessing() {
        open("slow here", "192.0.2.1");
        watch.worksOn("slow here");
        pass(ConnectionWatch.HEADERS.multipliedBy(2));
        watch.closeOverdue();
        assertThat(closed).isEmpty();
        watch.awaitsHeaders("slow here");
        watch.closeOverdue();
        assertThat(closed).containsExactly("slow here");
    }

    @Test
    void restartsTheHeaderTimeForEachRequest() {
        open("kept", "192.0.2.1");
        watch.awaitsRequest("kept");
        pass(ConnectionWatch.HEADERS.multipliedBy(3));
        watch.awaitsHeaders("kept");
        watch.closeOverdue();
        assertThat(closed).isEmpty();
        pass(ConnectionWatch.HEADERS);
        watch.closeOverdue();
        assertThat(closed).containsExactly("kept");
    }

    @Test
    void closesConnectionsOfTheAddressWithTheMost() {
        open("sender", "192.0.2.1");
        for (int i = 0; i < LIMIT - 1; i++) {
            open("stranger" + i, "192.0.2.66");
        }
        watch.makeRoom();
        assertThat(closed).isEmpty();
        open("another sender", "192.0.2.2");
        watch.makeRoom();
        assertThat(closed).hasSize(1).allMatch(name -> name.startsWith("stranger"));
        watch.makeRoom();
        assertThat(closed).hasSize(1);
    }

    @Test
    void abortsRequestsOnlyIfOneAddressHoldsOverHalfOfTheLimit() {
        for (int i = 0; i < LIMIT / 2; i++) {
            open("a" + i, "192.0.2.1");
            watch.hasRequest("a" + i);
        }
        for (int i = 0; i <= LIMIT / 2; i++) {
            open("b" + i, "192.0.2." + (100 + i));
            watch.hasRequest("b" + i);
        }
        watch.makeRoom();
        assertThat(closed).isEmpty();
        open("a more", "192.0.2.1");
        watch.hasRequest("a more");
        watch.makeRoom();
        assertThat(closed).hasSize(1).allMatch(name -> name.startsWith("a"));
    }

    @Test
    void countsAnIpv6NetworkAsOneAddress() {
        for (int i = 0; i < LIMIT; i++) {
            open("stranger" + i, "2001:db8:0:1::" + i);
        }
        for (int i = 0; i < 2; i++) {
            open("sender" + i, "2001:db8:0:2::1");
        }
        watch.makeRoom();
        assertThat(closed).isNotEmpty().allMatch(name -> name.startsWith("stranger"));
    }

    @Test
    void sparesTrustedProxies() {
        for (int i = 0; i < LIMIT; i++) {
            open("proxy" + i, "10.0.0.1");
        }
        open("stranger", "192.0.2.66");
        watch.makeRoom();
        assertThat(closed).containsExactly("stranger");
    }
}
