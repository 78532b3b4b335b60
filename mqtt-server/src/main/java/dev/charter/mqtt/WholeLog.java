package dev.charter.mqtt;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.charter.mqtt.logs.LogLines;
import dev.charter.server.log.Log;
import dev.charter.server.log.LogForm;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/// The log as every server has it, and its latest lines in memory, for the console.
final class WholeLog {
    private WholeLog() {}

    /// Two libraries bring a configuration for the whole log along; the one named here is ours, and empty.
    static void ignoreWhatLibrariesBring() {
        System.setProperty("logback.configurationFile", "charter-logback.xml");
    }

    static LogLines begin(LogForm form, Environment environment) {
        var lines = new LogLines();
        Log.begin(form, environment, List.of(lines));
        // What these miss at every start is not needed: OSHI's settings, whose defaults hold, with its lists of hypervisors and of Linux's families, of which the client has the first itself;
        // and a home folder, in place of which the broker is told each folder by itself.
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger("oshi.util.FileUtil").setLevel(Level.ERROR);
        context.getLogger("com.hivemq.configuration.info.SystemInformationImpl").setLevel(Level.ERROR);
        return lines;
    }
}
