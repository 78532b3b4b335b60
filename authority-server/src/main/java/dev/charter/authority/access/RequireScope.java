package dev.charter.authority.access;

import dev.charter.server.web.Rejected;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

/// Lets a request through to what declares who may call it, and hands resource methods their [Caller]. What declares nothing is denied.
final class RequireScope implements HandlerInterceptor, HandlerMethodArgumentResolver {
    private static final Logger LOG = LoggerFactory.getLogger(RequireScope.class);
    static final String ADMIN = "/admin/";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var method = handler instanceof HandlerMethod found ? Optional.of(found) : Optional.<HandlerMethod>empty();
        var needs = method.map(found -> found.getMethodAnnotation(Needs.class));
        if (needs.isPresent()) {
            caller().require(needs.get().value());
            return true;
        }
        boolean open = method.filter(found -> found.hasMethodAnnotation(Open.class)).isPresent();
        if (open && !request.getRequestURI().startsWith(ADMIN)) {
            return true;
        }
        var caller = caller();
        LOG.error("{} declares neither the scope that it needs nor that it is open, and is denied", handler);
        throw Rejected.because(AccessProblem.SCOPE_MISSING, "The token \"" + caller.name() + "\" does not allow this; no token does.");
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container, NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return caller();
    }

    private static Caller caller() {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof Bearer.Known known) {
            return known.caller();
        }
        throw unauthenticated();
    }

    static Rejected unauthenticated() {
        return Rejected.because(AccessProblem.UNAUTHENTICATED, "Send an API token as \"Authorization: Bearer charter_...\".");
    }
}
