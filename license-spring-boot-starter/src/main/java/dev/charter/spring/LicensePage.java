package dev.charter.spring;

import dev.charter.client.LicenseClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The License page's part of Spring MVC: endpoints with a guard before them, JSON and problems of their own, and the built page itself.
@Configuration(proxyBeanMethods = false)
class LicensePage {
    private static final String SPRING_SECURITY = "springSecurityFilterChain";
    private static final String SCRIPTS = "classpath:/META-INF/charter/license-page/";

    @Bean
    WebMvcConfigurer licenseMvc(PageGuard guard, LicenseSettings settings, FeatureGate gate) {
        var json = PageJson.mapper();
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(guard);
                interceptors.addInterceptor(gate);
            }

            @Override
            public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
                converters.addCustomConverter(new PageJson(json));
            }

            @Override
            public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
                resolvers.add(0, new LicenseProblems(json, settings.page().path()));
            }

            @Override
            public void addResourceHandlers(ResourceHandlerRegistry resources) {
                if (settings.page().enabled()) {
                    // By content, as the files of a reproducible jar all have one date.
                    resources.addResourceHandler("/charter/**").addResourceLocations(SCRIPTS).setCacheControl(CacheControl.noCache()).setUseLastModified(false)
                            .setEtagGenerator(LicensePage::tag);
                }
            }
        };
    }

    @Bean
    PageGuard licensePageGuard(ObjectProvider<LicensePageAccess> ofProduct, ListableBeanFactory beans, LicenseSettings settings) {
        return new PageGuard(ofProduct.getIfAvailable(() -> new UsualAccess(beans.containsBean(SPRING_SECURITY))), settings.page().hosts());
    }

    private static String tag(Resource resource) {
        try (var stream = resource.getInputStream()) {
            var digest = MessageDigest.getInstance("SHA-256").digest(stream.readAllBytes());
            return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, 22) + "\"";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = ReadSettings.PREFIX + ".page.enabled", matchIfMissing = true)
    @Import(LicensePageResource.class)
    static class Endpoints {
        @Bean
        DescribeLicense describeLicense(LicenseClient client, LicenseSettings settings, LicenseWords words) {
            return new DescribeLicense(client, settings, words);
        }

        @Bean
        ChangeLicense changeLicense(LicenseClient client, LicenseSettings settings, DescribeLicense describe) {
            return new ChangeLicense(client, describe, new CompareLicenses(settings));
        }

        @Bean
        BuyLicense buyLicense(LicenseClient client, LicenseSettings settings) {
            return new BuyLicense(client, settings);
        }

        @Bean
        TakeSeat takeSeat(LicenseClient client, LicenseSettings settings, DescribeLicense describe) {
            return new TakeSeat(client, settings, describe);
        }
    }
}
