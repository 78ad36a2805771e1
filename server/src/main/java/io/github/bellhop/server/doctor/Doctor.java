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

/** Runs all checks side by side and tells what they found in a fixed order. */
public final class Doctor {
    private static final int PATIENCE_SECONDS = 45;
    private static final String SETTINGS = "settings";

    private Doctor() {}

    /**
     * What a check found.
     *
     * @param check   the check's name
     * @param finding one of its findings
     */
    public record Result(String check, Finding finding) {}

    private record NamedCheck(String name, Check check) {}

    /** Examines. Changes nothing anywhere; takes 45 seconds at most. */
    public static List<Result> examine(Examination wanted) throws InterruptedException {
        ServerSettings settings;
        try {
            settings = SettingsLoader.load(wanted.environment(), Map.of(), Map.of());
        } catch (UnusableSettingException wrong) {
            return List.of(new Result(
                    SETTINGS,
                    Finding.fail(
                            String.valueOf(wrong.getMessage()),
                            "The program would not start, and nothing else can be looked at without its settings.",
                            "Correct it, then run bellhop doctor again.")));
        }
        return run(checks(new Situation(wanted, settings)));
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
            List<Callable<List<Finding>>> looks = new ArrayList<>();
            checks.forEach(named -> looks.add(named.check()::look));
            List<Future<List<Finding>>> looked = threads.invokeAll(looks, PATIENCE_SECONDS, TimeUnit.SECONDS);
            List<Result> results = new ArrayList<>();
            for (int i = 0; i < checks.size(); i++) {
                String name = checks.get(i).name();
                findings(looked.get(i)).forEach(finding -> results.add(new Result(name, finding)));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Finding> findings(Future<List<Finding>> look) throws InterruptedException {
        try {
            return look.get();
        } catch (ExecutionException fault) {
            Throwable cause = fault.getCause();
            // Its message may quote what was found.
            String name = cause == null ? "unknown" : cause.getClass().getSimpleName();
            return List.of(Finding.fail(
                    "The check itself broke (" + name + ").",
                    "That should not happen.",
                    "Run it again, and report it if it stays."));
        } catch (CancellationException late) {
            return List.of(Finding.fail(
                    "The check did not end within " + PATIENCE_SECONDS + " seconds.",
                    "Something that it asks does not answer.",
                    "See what the other checks say, and run it again."));
        }
    }
}
