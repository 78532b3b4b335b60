package dev.charter.server.access;

import dev.charter.server.access.RouteTable.Access;
import dev.charter.server.web.Problems;
import dev.charter.server.web.Rejected;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/// Stands before every route: finds out who calls, lets in whom the [RouteTable] lets in, keeps the configuration locked while the license locks it, hands resource
/// methods their [Caller], and writes every change that was asked for into the audit log, also where it was refused.
final class Guard implements HandlerInterceptor, HandlerMethodArgumentResolver {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String API = "/api/";
    private static final String BEARER = "Bearer ";
    private static final String CALLER = Caller.class.getName();
    private static final String DONE_BY = Guard.class.getName() + ".by";
    private static final String DETAIL = Guard.class.getName() + ".detail";

    private final String cookie;
    private final Sessions sessions;
    private final LocalToken localToken;
    private final RouteTable routes;
    private final ConfigurationLock lock;
    private final Audit audit;
    private final Problems problems;

    /// @param cookie how the name of the session's begins
    Guard(String cookie, Sessions sessions, LocalToken localToken, RouteTable routes, ConfigurationLock lock, Audit audit, Problems problems) {
        this.cookie = cookie;
        this.sessions = sessions;
        this.localToken = localToken;
        this.routes = routes;
        this.lock = lock;
        this.audit = audit;
        this.problems = problems;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) throws IOException {
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            return true; // it was let in when it came
        }
        try {
            letIn(request, handler);
            return true;
        } catch (Rejected refused) {
            // Answered here: whoever else resolves the exceptions of a route has no say in who may call it.
            problems.answer(request, response, refused);
            if (of(request).isPresent()) {
                record(request, refused.code().status()); // Spring calls afterCompletion for what was let in only
            }
            return false;
        }
    }

    private void letIn(HttpServletRequest request, Object handler) {
        var caller = caller(request);
        caller.ifPresent(known -> request.setAttribute(CALLER, known));
        if (!(handler instanceof HandlerMethod)) {
            if (request.getRequestURI().startsWith(API) && caller.isEmpty()) {
                throw unauthenticated();
            }
            return; // a file of the console, or nothing at all
        }
        var access = routes.of(request.getMethod(), pattern(request)).orElseThrow(() -> denied(caller, request));
        access.role().ifPresent(role -> require(role, caller));
        requireUnlocked(access);
    }

    private static Rejected denied(Optional<Caller> caller, HttpServletRequest request) {
        if (caller.isEmpty()) {
            return unauthenticated();
        }
        LOG.error("{} {} is not declared, and is denied", request.getMethod(), pattern(request));
        return Rejected.because(ConsoleProblem.ROLE_MISSING, "No role allows this.");
    }

    private static void require(Role role, Optional<Caller> caller) {
        var known = caller.orElseThrow(Guard::unauthenticated);
        if (!known.role().includes(role)) {
            throw Rejected.because(ConsoleProblem.ROLE_MISSING, "This takes the role " + role.text() + "; " + known.name() + " has the role " + known.role().text() + ".");
        }
    }

    private void requireUnlocked(Access access) {
        if (access.configuration()) {
            lock.requireOpen();
        }
    }

    /// Whatever was asked to be changed is written down, in one place and for every route.
    @Override
    public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (handler instanceof HandlerMethod) {
            record(request, response.getStatus());
        }
    }

    private void record(HttpServletRequest request, int status) {
        if (READING.contains(request.getMethod()) || routes.of(request.getMethod(), pattern(request)).filter(access -> !access.audited()).isPresent()) {
            return;
        }
        var by = text(request, DONE_BY).or(() -> of(request).map(Caller::name)).orElse("");
        audit.record(by, request.getMethod() + " " + pattern(request), target(request), status, text(request, DETAIL).orElse(""), request.getRemoteAddr());
    }

    /// Tells the audit log who it was, where nobody was logged in before.
    static void doneBy(HttpServletRequest request, String name) {
        request.setAttribute(DONE_BY, name);
    }

    /// Tells the audit log more than the address does. No secret.
    static void detail(HttpServletRequest request, String detail) {
        request.setAttribute(DETAIL, detail);
    }

    private static Optional<String> text(HttpServletRequest request, String attribute) {
        return Optional.ofNullable(request.getAttribute(attribute)).map(Object::toString);
    }

    private static String target(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                ? variables.values().stream().map(String::valueOf).collect(Collectors.joining(", ")) : "";
    }

    private static String pattern(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    }

    private Optional<Caller> caller(HttpServletRequest request) {
        var header = Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION));
        if (header.isPresent()) {
            return header.filter(text -> text.startsWith(BEARER) && localToken.matches(text.substring(BEARER.length()))).map(_ -> Caller.LOCAL);
        }
        return token(request, cookie).flatMap(sessions::of);
    }

    /// What the browser holds of its session.
    static Optional<String> token(HttpServletRequest request, String cookie) {
        var name = cookieName(request, cookie);
        return Optional.ofNullable(request.getCookies()).stream().flatMap(Arrays::stream).filter(sent -> sent.getName().equals(name)).map(Cookie::getValue).findFirst();
    }

    /// Browsers tell the cookies of one host apart by name, not by port: the port that the browser asked for is part of the name, so that two servers of one kind on one machine do not end each other's sessions.
    static String cookieName(HttpServletRequest request, String cookie) {
        return cookie + "-" + request.getServerPort();
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container, NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
        return caller(request.getAttribute(CALLER, NativeWebRequest.SCOPE_REQUEST)).orElseThrow(Guard::unauthenticated);
    }

    private static Optional<Caller> caller(@Nullable Object attribute) {
        return attribute instanceof Caller known ? Optional.of(known) : Optional.empty();
    }

    /// Who sent that request; nobody where nobody is logged in.
    static Optional<Caller> of(HttpServletRequest request) {
        return caller(request.getAttribute(CALLER));
    }

    static Rejected unauthenticated() {
        return Rejected.because(ConsoleProblem.UNAUTHENTICATED, "Nobody is logged in, or the session has ended.");
    }
}
