package dev.charter.spring;

import java.io.Serial;
import java.lang.reflect.Method;
import java.util.Optional;
import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.AbstractAdvisingBeanPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.stereotype.Controller;

/// Keeps [RequiresFeature] for beans that are no controllers, which have [FeatureGate] before them.
final class FeatureProxies extends AbstractAdvisingBeanPostProcessor {
    @Serial
    private static final long serialVersionUID = 1;

    /// @param gate asked for at the first call, so that making proxies makes nothing else
    FeatureProxies(ObjectProvider<FeatureGate> gate) {
        advisor = new DefaultPointcutAdvisor(new Annotated(), check(gate));
        setProxyTargetClass(true);
        beforeExistingAdvisors = true; // no transaction is begun for what is refused
    }

    private static Advice check(ObjectProvider<FeatureGate> gate) {
        return (MethodInterceptor) call -> {
            var target = call.getThis() != null ? AopUtils.getTargetClass(call.getThis()) : call.getMethod().getDeclaringClass();
            required(call.getMethod(), target).ifPresent(feature -> gate.getObject().require(feature.value()));
            return call.proceed();
        };
    }

    private static Optional<RequiresFeature> required(Method method, Class<?> type) {
        var specific = AopUtils.getMostSpecificMethod(method, type);
        return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(specific, RequiresFeature.class))
                .or(() -> Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(type, RequiresFeature.class)));
    }

    private static final class Annotated extends StaticMethodMatcherPointcut {
        Annotated() {
            setClassFilter(type -> AnnotationUtils.isCandidateClass(type, RequiresFeature.class) && !AnnotatedElementUtils.hasAnnotation(type, Controller.class));
        }

        @Override
        public boolean matches(Method method, Class<?> type) {
            return method.getDeclaringClass() != Object.class && required(method, type).isPresent();
        }
    }
}
