package io.github.bellhop.server.doctor;

import io.github.bellhop.server.settings.ServerSettings;
import io.github.bellhop.server.settings.SettingsLoader;
import io.github.bellhop.server.settings.UnusableSettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs all checks concurrently and returns their findings in a fixed order. */
public final class Doctor {
    private static final int TIMEOUT_SECONDS = 45;
    private static final String SETTINGS = "settings";

    private Doctor() {}

    /**
     * A finding, with the name of the check that reported it.
     *
     * @param check   the name of the check
     * @param finding the finding
     */
    public record Result(String check, Finding finding) {}

    private record NamedCheck(String name, Check check) {}

    /** Runs all checks. Changes nothing; takes at most 45 seconds. */
    public static List<Result> examine(Examination examination) throws InterruptedException {
        ServerSettings settings;
        try {
            settings = SettingsLoader.load(examination.environment(), Map.of(), Map.of());
        } catch (UnusableSettingException wrong) {
            return List.of(new Result(
                    SETTINGS,
                    Finding.fail(
                            String.valueOf(wrong.getMessage()),
                            "The program would not start with these settings, and the other checks need them.",
                            "Correct the setting, then run bellhop doctor again.")));
        }
        return run(checks(new Situation(examination, settings)));
    }

    private static List<NamedCheck> checks(Situation situation) {
        return List.of(
                new NamedCheck("entity", new EntityCheck(situation)),
                new NamedCheck(SETTINGS, new SettingsCheck(situation)),
                new NamedCheck("secret", new SecretCheck(situation)),
                new NamedCheck("repository", new RepositoryCheck(situation)),
                new NamedCheck("database", new DatabaseCheck(situation)),
                new NamedCheck("clock", new ClockCheck(situation)),
                new NamedCheck("receiver", new ReceiverCheck(situation)),
                new NamedCheck("certificate", new CertificateCheck(situation)),
                new NamedCheck("address", new SourceCheck(situation)),
                new NamedCheck("allowlist", new AllowlistCheck(situation)),
                new NamedCheck("messages", new MessagesCheck(situation)),
                new NamedCheck("backend-api", new BackendCheck(situation)));
    }

    private static List<Result> run(List<NamedCheck> checks) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(checks.size(), task -> {
            Thread thread = new Thread(task, "bellhop-doctor");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Callable<List<Finding>>> tasks = new ArrayList<>();
            checks.forEach(named -> tasks.add(named.check()::run));
            List<Future<List<Finding>>> done = threads.invokeAll(tasks, TIMEOUT_SECONDS, TimeUnit.SECONDS);
            List<Result> results = new ArrayList<>();
            for (int i = 0; i < checks.size(); i++) {
                String name = checks.get(i).name();
                findings(done.get(i)).forEach(finding -> results.add(new Result(name, finding)));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Finding> findings(Future<List<Finding>> done) throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException fault) {
            Throwable cause = fault.getCause();
            // The message may quote private data, so only the class is shown.
            String name = cause == null ? "unknown" : cause.getClass().getSimpleName();
            return List.of(Finding.fail(
                    "The check itself failed (" + name + ").",
                    "This is a fault in Bellhop.",
                    "Run the doctor again, and report the fault if it happens again."));
        } catch (CancellationException late) {
            return List.of(Finding.fail(
                    "The check did not finish within " + TIMEOUT_SECONDS + " seconds.",
                    "A server that it queries does not answer.",
                    "See the other checks, and run the doctor again."));
        }
    }
}
