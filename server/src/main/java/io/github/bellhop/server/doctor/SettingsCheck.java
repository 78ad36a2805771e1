package io.github.bellhop.server.doctor;

import io.github.bellhop.server.settings.CheckedSettings;
import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.settings.UnusableSettingException;
import java.util.List;

/** Checks that the program would start with its settings. */
record SettingsCheck(Situation situation) implements Check {

    @Override
    public List<Finding> run() {
        try {
            CheckedSettings.of(situation.settings());
            return List.of(Finding.ok("The program would start with its settings."));
        } catch (UnusableSettingException wrong) {
            String problem = String.valueOf(wrong.getMessage());
            return problem.startsWith(EnvironmentVariables.SIGNING_SECRET)
                    ? List.of(Finding.skip("The program does not start without a valid signing secret.", null))
                    : List.of(Finding.fail(problem, "bellhop serve exits with code 2.", "See docs/configuration.md."));
        }
    }
}
