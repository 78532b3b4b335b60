package dev.charter.server.operation;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerMapping;

/// What is measured: the process, and each request by its route. Others add their own to the registry.
@Configuration(proxyBeanMethods = false)
public class Metrics {

    @Bean
    PrometheusMeterRegistry meterRegistry() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        return registry;
    }

    @Bean
    FilterRegistrationBean<EachRequestTimed> eachRequestTimed(PrometheusMeterRegistry registry) {
        var registration = new FilterRegistrationBean<>(new EachRequestTimed(registry));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setAsyncSupported(true);
        return registration;
    }

    /// By route and not by address, so that nobody can make up ever new series.
    static final class EachRequestTimed extends HttpFilter {
        private static final long serialVersionUID = 1;
        private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
        private final transient PrometheusMeterRegistry registry;

        EachRequestTimed(PrometheusMeterRegistry registry) {
            this.registry = registry;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
            long begun = System.nanoTime();
            try {
                chain.doFilter(request, response);
            } finally {
                var route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
                Timer.builder("http.server.requests").description("Answering one request")
                        .tag("method", METHODS.contains(request.getMethod()) ? request.getMethod() : "other")
                        .tag("route", route == null ? "none" : route.toString())
                        .tag("status", Integer.toString(response.getStatus()))
                        .register(registry).record(Duration.ofNanos(System.nanoTime() - begun));
            }
        }
    }
}
