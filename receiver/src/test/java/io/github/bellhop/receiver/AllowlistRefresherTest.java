package io.github.bellhop.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.bellhop.address.AddressList;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that no faulty response from the list's URL replaces a good list. */
class AllowlistRefresherTest {
    private static final String GOOD = "{\"us\":[\"192.0.2.1\",\"192.0.2.2\"],\"eu\":[\"2001:db8::/56\"]}";
    private static final Instant START = Instant.parse("2026-05-01T00:00:00Z");
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private interface Page {
        void answer(HttpExchange exchange) throws IOException;
    }

    @TempDir
    private Path folder;

    private final List<AllowlistRefresher> opened = new ArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private volatile Instant now = START;
    private volatile Page page = exchange -> {};
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/ips.json", exchange -> {
            asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("If-None-Match")));
            try (exchange) {
                page.answer(exchange);
            }
        });
        server.createContext("/moved.json", exchange -> {
            try (exchange) {
                send(exchange, 200, GOOD);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        opened.forEach(AllowlistRefresher::close);
        server.stop(0);
        threads.shutdownNow();
    }

    private Path file() {
        return folder.resolve("kept").resolve("allowlist.json");
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ips.json");
    }

    private AllowlistRefresher open() {
        registry = new SimpleMeterRegistry();
        AllowlistRefresher refresher = new AllowlistRefresher(
                new AllowlistSource(url(), TIMEOUT), new AllowlistFile(file()), () -> now, registry);
        opened.add(refresher);
        return refresher;
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static boolean allows(AddressList list, String address) throws IOException {
        return list.contains(InetAddress.getByName(address));
    }

    private double ageGauge() {
        return registry.get("bellhop.allowlist.age").gauge().value();
    }

    private AllowlistRefresher openWithGoodList() {
        page = exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"one\"");
            send(exchange, 200, GOOD);
        };
        AllowlistRefresher refresher = open();
        refresher.refresh();
        assertThat(refresher.get().size()).isEqualTo(3);
        return refresher;
    }

    @Test
    void startsWithBuiltInList() {
        AllowlistRefresher refresher = open();
        assertThat(refresher.get()).isSameAs(AddressList.SVIX);
        assertThat(refresher.age()).isEqualTo(Duration.between(Instant.EPOCH, START));
        assertThat(asked).isEmpty();
    }

    @Test
    void usesGoodListAndStoresIt() throws IOException {
        AllowlistRefresher refresher = openWithGoodList();
        assertThat(allows(refresher.get(), "192.0.2.2")).isTrue();
        assertThat(allows(refresher.get(), "192.0.2.3")).isFalse();
        assertThat(file()).hasContent(GOOD);
        assertThat(Files.getLastModifiedTime(file()).toInstant()).isEqualTo(START);
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void readsStoredListAtNextStart() {
        openWithGoodList();
        now = START.plusSeconds(100);
        AllowlistRefresher next = open();
        assertThat(next.get().size()).isEqualTo(3);
        assertThat(next.age()).isEqualTo(Duration.ofSeconds(100));
        assertThat(ageGauge()).isEqualTo(100);
    }

    @Test
    void sendsETagOfLastList() throws IOException {
        AllowlistRefresher refresher = openWithGoodList();
        AddressList before = refresher.get();
        page = exchange -> exchange.sendResponseHeaders(304, -1);
        now = START.plusSeconds(60);
        assertThat(ageGauge()).isEqualTo(60);
        refresher.refresh();
        assertThat(asked).containsExactly("null", "\"one\"");
        assertThat(refresher.get()).isSameAs(before);
        assertThat(ageGauge()).isZero();
        assertThat(Files.getLastModifiedTime(file()).toInstant()).isEqualTo(now);
    }

    @Test
    void replacesListWithNewOne() throws IOException {
        AllowlistRefresher refresher = openWithGoodList();
        page = exchange -> send(exchange, 200, "{\"us\":[\"192.0.2.9\"]}");
        refresher.refresh();
        assertThat(refresher.get().size()).isEqualTo(1);
        assertThat(file()).hasContent("{\"us\":[\"192.0.2.9\"]}");
        refresher.refresh();
        assertThat(asked).containsExactly("null", "\"one\"", "null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "{",
                "[]",
                "{}",
                "{\"us\":[]}",
                "{\"us\":[\"192.0.2.1\",]}",
                "{\"us\":\"192.0.2.1\"}",
                "{\"us\":[\"192.0.2.1\",null]}",
                "{\"us\":[\"192.0.2.1\",\"example.com\"]}",
                "{\"us\":[\"192.0.2.1\",\"0.0.0.0/0\"]}",
                "{\"us\":[\"192.0.2.1\",\"::/0\"]}",
                "{\"us\":[\"192.0.2.1\"]} {}",
                "<html>captive portal</html>"
            })
    void keepsGoodListIfNextOneIsBad(String bad) throws IOException {
        AllowlistRefresher refresher = openWithGoodList();
        page = exchange -> send(exchange, 200, bad);
        assertNotReplaced(refresher);
        assertThat(asked).containsExactly("null", "\"one\"");
        refresher.refresh();
        assertThat(asked).as("a bad response's ETag is not stored").last().isEqualTo("\"one\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 400, 404, 500, 503})
    void keepsGoodListIfStatusIsNot200(int status) throws IOException {
        AllowlistRefresher refresher = openWithGoodList();
        page = exchange -> send(exchange, status, status == 204 ? "" : "{\"us\":[\"192.0.2.9\"]}");
        assertNotReplaced(refresher);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void doesNotFollowRedirects(int status) throws IOException {
        AllowlistRefresher refresher = openWithGoodList();
        page = exchange -> {
            exchange.getResponseHeaders().set("Location", "/moved.json");
            exchange.sendResponseHeaders(status, -1);
        };
        assertNotReplaced(refresher);
    }

    @Test
    void rejectsHugeResponseEvenIfItsBeginningIsValid() throws IOException {
        AllowlistRefresher refresher = openWithGoodList();
        page = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            body.write("{\"us\":[\"192.0.2.9\"]}".getBytes(UTF_8));
            body.write(" ".repeat(300 * 1024).getBytes(UTF_8));
        };
        assertNotReplaced(refresher);
    }

    @Test
    void ignoresStatus304BeforeFirstList() {
        page = exchange -> exchange.sendResponseHeaders(304, -1);
        AllowlistRefresher refresher = open();
        refresher.refresh();
        assertThat(refresher.age()).isEqualTo(Duration.between(Instant.EPOCH, START));
    }

    @Test
    void timesOutIfHeadersDoNotArrive() throws IOException {
        AllowlistRefresher refresher = openWithGoodList();
        page = exchange -> awaitEnd();
        assertNotReplacedInTime(refresher);
    }

    @Test
    void timesOutIfBodyStops() throws IOException {
        AllowlistRefresher refresher = openWithGoodList();
        page = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitEnd();
        };
        assertNotReplacedInTime(refresher);
    }

    @Test
    void timesOutIfBodyArrivesTooSlowly() throws IOException {
        AllowlistRefresher refresher = openWithGoodList();
        page = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (!over.await(20, TimeUnit.MILLISECONDS)) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        };
        assertNotReplacedInTime(refresher);
    }

    @Test
    void keepsGoodListIfServerIsDown() throws IOException {
        AllowlistRefresher refresher = openWithGoodList();
        server.stop(0);
        assertNotReplaced(refresher);
    }

    @Test
    void startsWithBuiltInListIfStoredListIsDamaged() throws IOException {
        openWithGoodList();
        Files.writeString(file(), GOOD.substring(0, 20));
        assertThat(open().get()).isSameAs(AddressList.SVIX);
    }

    @Test
    void usesListThatItCannotStoreAndRetriesStoring() throws IOException {
        Files.createDirectories(file().resolve("a-folder-in-the-way"));
        AllowlistRefresher refresher = openWithGoodList();
        assertThat(refresher.age()).isZero();
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files).as("no half-written file is left").containsExactly(file());
        }
        Files.delete(file().resolve("a-folder-in-the-way"));
        Files.delete(file());
        refresher.refresh();
        assertThat(asked).containsExactly("null", "null");
        assertThat(file()).hasContent(GOOD);
    }

    @Test
    void storesListAgainAfterFileIsRemoved() throws IOException {
        AllowlistRefresher refresher = openWithGoodList();
        Files.delete(file());
        Page good = page;
        page = exchange -> exchange.sendResponseHeaders(304, -1);
        refresher.refresh();
        page = good;
        refresher.refresh();
        assertThat(file()).hasContent(GOOD);
    }

    @Test
    void refreshesImmediatelyAndThenAtInterval() throws Exception {
        AtomicInteger answers = new AtomicInteger();
        page = exchange -> {
            if (answers.incrementAndGet() == 1) {
                throw new IllegalStateException("the first answer fails");
            }
            send(exchange, 200, GOOD);
        };
        AllowlistRefresher refresher = open();
        refresher.start(Duration.ofMillis(50));
        Eventually.holds(() -> assertThat(refresher.get().size()).isEqualTo(3));
        int before = answers.get();
        Eventually.holds(() -> assertThat(answers.get()).isGreaterThan(before));
    }

    /** Without free memory, even logging the fault can fail. */
    @Test
    void refreshesAgainAfterFaultThatCannotBeLogged() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        page = exchange -> send(exchange, 200, GOOD);
        AllowlistRefresher refresher = new AllowlistRefresher(
                new AllowlistSource(url(), TIMEOUT),
                new AllowlistFile(file()),
                () -> {
                    if (Thread.currentThread().getName().equals("bellhop-allowlist") && looks.incrementAndGet() == 1) {
                        throw new UnspeakableException();
                    }
                    return now;
                },
                registry);
        opened.add(refresher);
        refresher.start(Duration.ofMillis(50));
        Eventually.holds(() -> assertThat(refresher.age()).isZero());
    }

    private static final class UnspeakableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new OutOfMemoryError("on purpose");
        }
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertNotReplacedInTime(AllowlistRefresher refresher) throws IOException {
        long start = System.nanoTime();
        assertNotReplaced(refresher);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.multipliedBy(6));
    }

    private void assertNotReplaced(AllowlistRefresher refresher) throws IOException {
        AddressList before = refresher.get();
        FileTime keptAt = Files.getLastModifiedTime(file());
        now = START.plusSeconds(3600);
        refresher.refresh();
        assertThat(refresher.get()).isSameAs(before);
        assertThat(file()).hasContent(GOOD);
        assertThat(Files.getLastModifiedTime(file())).isEqualTo(keptAt);
        assertThat(refresher.age()).isEqualTo(Duration.ofHours(1));
    }
}
