package dev.charter.spring;

import dev.charter.client.HomeInUse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Says in sentences why a product cannot start, in place of a stack trace.
final class StartFailures {
    private StartFailures() {}

    /// A setting is wrong.
    static final class OfSettings extends AbstractFailureAnalyzer<SettingsMistaken> {
        @Override
        protected @Nullable FailureAnalysis analyze(Throwable root, SettingsMistaken mistaken) {
            return new FailureAnalysis("The license's settings are mistaken:\n" + mistaken.getMessage(), "Correct what is named above. All settings: docs/embed-the-license-page.md", mistaken);
        }
    }

    /// Another program has the home folder.
    static final class OfHome extends AbstractFailureAnalyzer<HomeInUse> {
        @Override
        protected @Nullable FailureAnalysis analyze(Throwable root, HomeInUse inUse) {
            return new FailureAnalysis(String.valueOf(inUse.getMessage()), "Stop the other program, or give this one a folder of its own: " + ReadSettings.PREFIX + ".home", inUse);
        }
    }
}
