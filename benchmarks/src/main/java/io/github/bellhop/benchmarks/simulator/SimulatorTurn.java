package io.github.bellhop.benchmarks.simulator;

import io.github.bellhop.simulator.ClerkSimulator;
import io.github.bellhop.simulator.SimulatorSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures the build of the simulator that comes first on the class path, and prints one line of {@link Figures}. */
final class SimulatorTurn {
    static final int USERS = 10_000;
    static final int GETS = 1_000;

    private static final int PAGE = 500;
    private static final long SEED = 7;
    private static final Pattern USER = Pattern.compile("\"id\":\"(user_\\w+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ClerkSimulator simulator;

    private SimulatorTurn(ClerkSimulator simulator) {
        this.simulator = simulator;
    }

    public static void main(String[] arguments) throws Exception {
        try (ClerkSimulator simulator = ClerkSimulator.start(SimulatorSettings.of(InstantSource.system(), SEED), 0)) {
            System.out.println(new SimulatorTurn(simulator).measure().line());
        }
    }

    private Figures measure() throws IOException, InterruptedException {
        long empty = heap();
        simulator.clerk().seed(USERS, 0, false);
        long heap = heap() - empty;
        // Once before, as a warm-up.
        List<String> ids = list();
        get(ids);
        long begun = System.nanoTime();
        list();
        long listed = System.nanoTime();
        get(ids);
        return new Figures(heap, listed - begun, System.nanoTime() - listed);
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Lists all users, and returns their ids. */
    private List<String> list() throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (int offset = 0; offset < USERS; offset += PAGE) {
            Matcher user = USER.matcher(answer("?limit=" + PAGE + "&offset=" + offset));
            while (user.find()) {
                ids.add(user.group(1));
            }
        }
        if (ids.size() != USERS) {
            throw new IllegalStateException("Listed " + ids.size() + " users instead of " + USERS + ".");
        }
        return ids;
    }

    private void get(List<String> ids) throws IOException, InterruptedException {
        for (int i = 0; i < GETS; i++) {
            answer("/" + ids.get(i * (USERS / GETS)));
        }
    }

    private String answer(String target) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.url() + "/v1/users" + target))
                .header("Authorization", "Bearer " + simulator.secretKey())
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return response.body();
    }
}
