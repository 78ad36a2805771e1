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

    private Doctor() {}

    /** Examines. Changes nothing anywhere; takes 45 seconds at most. */
    public static List<Finding> examine(Examination wanted) throws InterruptedException {
        ServerSettings settings;
        try {
            settings = SettingsLoader.load(wanted.environment(), Map.of(), Map.of());
        } catch (UnusableSettingException wrong) {
            return List.of(Finding.fail(
                    SettingsCheck.NAME,
                    String.valueOf(wrong.getMessage()),
                    "The program would not start, and nothing else can be looked at without its settings.",
                    "Correct it, then run bellhop doctor again."));
        }
        return run(checks(new Situation(wanted, settings)));
    }

    private static List<Check> checks(Situation situation) {
        return List.of(
                new SettingsCheck(situation),
                new SecretCheck(situation),
                new RepositoryCheck(situation),
                new DatabaseCheck(situation),
                new ClockCheck(situation),
                new ReceiverCheck(situation),
                new CertificateCheck(situation),
                new SourceCheck(situation),
                new AllowlistCheck(situation),
                new MessagesCheck(situation),
                new BackendCheck(situation),
                new EntityCheck(situation));
    }

    private static List<Finding> run(List<Check> checks) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(checks.size(), task -> {
            Thread thread = new Thread(task, "bellhop-doctor");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Callable<List<Finding>>> looks = new ArrayList<>();
            checks.forEach(check -> looks.add(check::look));
            List<Future<List<Finding>>> looked = threads.invokeAll(looks, PATIENCE_SECONDS, TimeUnit.SECONDS);
            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < checks.size(); i++) {
                findings.addAll(result(checks.get(i), looked.get(i)));
            }
            return findings;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Finding> result(Check check, Future<List<Finding>> look) throws InterruptedException {
        try {
            return look.get();
        } catch (ExecutionException fault) {
            Throwable cause = fault.getCause();
            // Its message may quote what was found.
            String name = cause == null ? "unknown" : cause.getClass().getSimpleName();
            return List.of(Finding.fail(
                    check.name(),
                    "The check itself broke (" + name + ").",
                    "That should not happen.",
                    "Run it again, and report it if it stays."));
        } catch (CancellationException late) {
            return List.of(Finding.fail(
                    check.name(),
                    "The check did not end within " + PATIENCE_SECONDS + " seconds.",
                    "Something that it asks does not answer.",
                    "See what the other checks say, and run it again."));
        }
    }
}
