package dev.charter.server.start;

import java.util.HashMap;
import java.util.Map;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/// An environment for Spring in which neither environment variables nor system properties count: whoever runs the server sets it up by its own
/// settings, and a stray `SERVER_PORT` or `LOGGING_CONFIG` changes nothing. Nor does a file in the working folder.
public final class ClosedEnvironment extends StandardEnvironment {

    /// @param more properties, made from the settings
    public ClosedEnvironment(Map<String, Object> more) {
        var fixed = new HashMap<>(more);
        fixed.put("spring.config.location", "classpath:/application.properties");
        getPropertySources().addFirst(new MapPropertySource("fixed", fixed));
    }

    @Override
    protected void customizePropertySources(MutablePropertySources sources) {
        // None of those that would be here otherwise.
    }
}
