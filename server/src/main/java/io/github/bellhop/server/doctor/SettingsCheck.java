package io.github.bellhop.server.doctor;

import io.github.bellhop.server.settings.CheckedSettings;
import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.settings.UnusableSettingException;
import java.util.List;

/** Whether the program would start with its settings. */
record SettingsCheck(Situation situation) implements Check {

    @Override
    public List<Finding> look() {
        try {
            CheckedSettings.of(situation.settings());
            return List.of(Finding.ok("The program would start with its settings."));
        } catch (UnusableSettingException wrong) {
            String told = String.valueOf(wrong.getMessage());
            return told.startsWith(EnvironmentVariables.SIGNING_SECRET)
                    ? List.of(Finding.skip("Without a usable signing secret the program does not start.", null))
                    : List.of(Finding.fail(told, "bellhop serve ends with exit code 2.", "See docs/configuration.md."));
        }
    }
}
