package dev.charter.authority;

import java.util.Map;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/// An environment for Spring in which neither environment variables nor system properties count: whoever runs an authority sets it up by its own
/// settings, and a stray `SERVER_PORT` or `LOGGING_CONFIG` changes nothing. Nor does a file in the working folder.
final class ClosedEnvironment extends StandardEnvironment {

    ClosedEnvironment() {
        getPropertySources().addFirst(new MapPropertySource("fixed", Map.of(
                "spring.config.location", "classpath:/application.properties")));
    }

    @Override
    protected void customizePropertySources(MutablePropertySources sources) {
        // None of those that would be here otherwise.
    }
}
