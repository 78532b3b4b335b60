package dev.charter.spring;

import dev.charter.client.LicenseClient;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ResourceLoader;

/// Makes a Spring Boot product a licensed one, from the settings `charter.license.*`: the [LicenseClient], its [LicenseWords], the License page's endpoints,
/// [RequiresFeature], health, metrics and events. A product that does without auto-configuration imports this class.
@AutoConfiguration
@Import({CharterLicenseAutoConfiguration.OnTheWeb.class, CharterLicenseAutoConfiguration.Measured.class, CharterLicenseAutoConfiguration.Healthy.class})
public class CharterLicenseAutoConfiguration {
    @Bean
    LicenseSettings licenseSettings(ConfigurableEnvironment environment, ResourceLoader resources) {
        return ReadSettings.from(environment, resources);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    LicenseClient licenseClient(LicenseSettings settings, ObjectProvider<LicenseClientCustomizer> customizers) {
        return OpenClient.with(settings, customizers.orderedStream());
    }

    @Bean
    LicenseWords licenseWords(LicenseClient client, LicenseSettings settings) {
        return new LicenseWords(client, settings);
    }

    @Bean
    LicenseStart licenseStart(LicenseClient client, LicenseSettings settings, LicenseWords words, ApplicationEventPublisher events) {
        return new LicenseStart(client, settings, words, events);
    }

    @Bean
    FeatureGate featureGate(LicenseClient client, LicenseWords words) {
        return new FeatureGate(client, words);
    }

    @Bean
    static FeatureProxies featureProxies(ObjectProvider<FeatureGate> gate) {
        return new FeatureProxies(gate);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @Import(LicensePage.class)
    static class OnTheWeb {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Measured {
        /// Binds by itself, so that a product that has a registry and nothing else of Boot's metrics is measured too.
        @Bean
        SmartInitializingSingleton licenseMetrics(LicenseClient client, LicenseSettings settings, ObjectProvider<MeterRegistry> registries) {
            var metrics = new LicenseMetrics(client, settings);
            return () -> {
                var one = registries.getIfUnique();
                if (one != null) {
                    metrics.bindTo(one);
                } else {
                    registries.orderedStream().forEach(metrics::bindTo);
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class Healthy {
        @Bean
        HealthIndicator licenseHealthIndicator(LicenseClient client, LicenseWords words) {
            return new LicenseHealth(client, words);
        }
    }
}
