package dev.charter.spring;

import dev.charter.client.LicenseClient;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Keeps [RequiresFeature] for controllers.
final class FeatureGate implements HandlerInterceptor {
    private final LicenseClient client;
    private final LicenseWords words;

    FeatureGate(LicenseClient client, LicenseWords words) {
        this.client = client;
        this.words = words;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            Optional.ofNullable(method.getMethodAnnotation(RequiresFeature.class))
                    .or(() -> Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), RequiresFeature.class))).ifPresent(required -> require(required.value()));
        }
        return true;
    }

    void require(String feature) {
        if (!client.allows(feature)) {
            throw new FeatureNotLicensed(feature, words.withoutFeature(feature));
        }
    }
}
