package dev.charter.authority.access;

import dev.charter.authority.settings.Settings;
import dev.charter.server.web.Problems;
import dev.charter.server.web.Rejected;
import jakarta.servlet.Filter;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.AbstractSecurityWebApplicationInitializer;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Everything under `/admin` needs a token; what exactly it needs, each resource method declares. There are no sessions and no cookies, so no page of
/// another site can act in somebody's name, and no user or password exists from the start.
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class Security {

    @Bean
    FailedAttempts failedAttempts(Settings settings) {
        return new FailedAttempts(settings.failedKeys(), settings.failedTokens(), System::nanoTime);
    }

    @Bean
    Visits visits() {
        return new Visits(System::nanoTime);
    }

    @Bean
    SecurityFilterChain everything(HttpSecurity http, Tokens tokens, FailedAttempts failedAttempts, Problems problems) {
        return http
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable) // nothing is sent by a browser on its own
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers -> headers
                        .contentSecurityPolicy(policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
                .addFilterBefore(new Bearer(tokens, failedAttempts), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests
                        .requestMatchers("/admin/**").authenticated()
                        .anyRequest().permitAll()) // up to RequireScope, which denies what is not declared
                .exceptionHandling(exceptions -> exceptions
                        .authenticationEntryPoint((request, response, _) -> problems.answer(request, response, RequireScope.unauthenticated()))
                        .accessDeniedHandler((request, response, _) -> problems.answer(request, response,
                                Rejected.because(AccessProblem.SCOPE_MISSING, "The API token does not allow this."))))
                .build();
    }

    /// Before the resources only: the documents of hosts come by a servlet of their own and carry no token.
    @Bean
    FilterRegistrationBean<Filter> beforeResources(@Qualifier(AbstractSecurityWebApplicationInitializer.DEFAULT_FILTER_NAME) Filter security, DispatcherServletRegistrationBean resources) {
        return new FilterRegistrationBean<>(security, resources);
    }

    /// For addresses that Spring Security's firewall refuses.
    @Bean
    RequestRejectedHandler requestRejectedHandler(Problems problems) {
        return (request, response, _) -> problems.answer(request, response, Rejected.malformed("The address or a header holds something that is not allowed there."));
    }

    @Bean
    WebMvcConfigurer scopes() {
        var requireScope = new RequireScope();
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(requireScope);
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(requireScope);
            }
        };
    }
}
