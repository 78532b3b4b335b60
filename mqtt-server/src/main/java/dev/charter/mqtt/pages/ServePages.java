package dev.charter.mqtt.pages;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/// Serves the console's files. Those under `assets/` carry a digest of their content in their names and are kept by browsers for a year; every address that is
/// neither a file nor part of the API is a page of the console, which `index.html` shows.
@Configuration(proxyBeanMethods = false)
class ServePages implements WebMvcConfigurer {
    private static final String FILES = "classpath:/META-INF/charter/mqtt-console/";
    private static final String START = "index.html";
    private static final Duration YEAR = Duration.ofDays(365);

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**").addResourceLocations(FILES + "assets/").setCacheControl(CacheControl.maxAge(YEAR).cachePublic().immutable());
        registry.addResourceHandler("/**").addResourceLocations(FILES).setCacheControl(CacheControl.noCache()).resourceChain(false).addResolver(new OrStart());
    }

    /// The file of that name; else the page that finds its way by the address.
    private static final class OrStart extends PathResourceResolver {
        @Override
        protected @Nullable Resource getResource(String path, Resource location) throws IOException {
            var file = path.isEmpty() ? null : super.getResource(path, location);
            return file != null || !isPage(path) ? file : super.getResource(START, location);
        }

        private static boolean isPage(String path) {
            return !path.equals("api") && !path.startsWith("api/") && path.indexOf('.', path.lastIndexOf('/') + 1) < 0;
        }
    }
}
