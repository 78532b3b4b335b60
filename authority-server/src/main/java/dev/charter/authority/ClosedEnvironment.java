package dev.charter.authority;

import dev.charter.authority.settings.Settings;
import java.util.HashMap;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/// An environment for Spring in which neither environment variables nor system properties count: whoever runs an authority sets it up by its own
/// settings, and a stray `SERVER_PORT` or `LOGGING_CONFIG` changes nothing.
final class ClosedEnvironment extends StandardEnvironment {

    ClosedEnvironment(Settings settings) {
        var fixed = new HashMap<String, Object>();
        fixed.put("spring.config.location", "classpath:/application.properties"); // the file in the jar, and none of the working folder
        if (settings.log() == Settings.Log.JSON) {
            fixed.put("logging.structured.format.console", "ecs");
        }
        getPropertySources().addFirst(new MapPropertySource("authority", fixed));
    }

    @Override
    protected void customizePropertySources(MutablePropertySources sources) {
        // None of those that would be here otherwise.
    }
}
