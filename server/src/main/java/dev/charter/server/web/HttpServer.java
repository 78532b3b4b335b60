package dev.charter.server.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/// Tomcat on virtual threads and Spring MVC, put together by hand: nothing is here that is not named here.
///
/// A program that imports it has a bean [HttpSettings], and as many of [AtEntry] and [Explanation] as it likes.
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
public class HttpServer {
    private static final int LARGEST_HEADER = 16 * 1024;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);
    /// What is read and thrown away of a body that is too large, so that its sender gets to see the answer.
    private static final int SWALLOWED = 1024 * 1024;
    /// Bytes; what is smaller is not worth compressing.
    private static final int SMALLEST_COMPRESSED = 2048;
    /// Bytes, of each of the two buffers that every open connection has, whether or not it says anything. What is larger is read and written without them; at Tomcat's 8 KiB ten thousand
    /// connections would fill a heap of 160 MB before the first of them is served.
    private static final int CONNECTION_BUFFER = 512;
    private static final String TLS = "server";

    @Bean
    TomcatServletWebServerFactory tomcat(HttpSettings settings) {
        var factory = new TomcatServletWebServerFactory(settings.port());
        factory.setAddress(settings.address());
        factory.setShutdown(Shutdown.GRACEFUL);
        settings.tls().ifPresent(identity -> {
            factory.setSsl(Ssl.forBundle(TLS));
            factory.setSslBundles(new DefaultSslBundleRegistry(TLS, identity.bundle()));
        });
        factory.setDisableMBeanRegistry(true);
        // Tomcat would make folders, which a server that is killed leaves behind. It needs none: no page comes from a file, and nothing is put down between two requests.
        var anyFolder = new File(System.getProperty("java.home")); // it must name some, and this one is there and no stranger's; nothing is read or written in it
        factory.setBaseDirectory(anyFolder);
        factory.setDocumentRoot(anyFolder);
        factory.addContextCustomizers(context -> {
            context.setDocBase(null);
            ((StandardContext) context).setWorkDir(anyFolder.getPath());
            ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemValve.class.getName());
            context.setCookies(false); // where there are sessions, they are the program's own
        });
        factory.addConnectorCustomizers(connector -> {
            connector.setMaxPostSize(0); // a form is never read: everything comes as JSON
            connector.setMaxParameterCount(100);
            connector.setXpoweredBy(false);
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                http.setExecutor(new AtOnce(AtOnce.MOST));
                http.setMaxHttpRequestHeaderSize(LARGEST_HEADER);
                http.setMaxHeaderCount(ProblemValve.MOST_HEADERS);
                http.setConnectionTimeout(Math.toIntExact(LONGEST_SILENCE.toMillis()));
                http.setKeepAliveTimeout(Math.toIntExact(LONGEST_IDLE.toMillis()));
                http.setProperty("socket.appReadBufSize", String.valueOf(CONNECTION_BUFFER));
                http.setProperty("socket.appWriteBufSize", String.valueOf(CONNECTION_BUFFER));
                http.setMaxConnections(settings.mostConnections());
                http.setAcceptCount(settings.mostConnections()); // who comes while all others come waits in the kernel's queue, as far as that goes, and is not turned away
                http.setMaxSwallowSize(SWALLOWED);
                http.setContinueResponseTiming("onRead");
                http.setMaxExtensionSize(1024);
                http.setMaxTrailerSize(1024);
                if (!settings.compressed().isEmpty()) {
                    http.setCompression("on");
                    http.setCompressibleMimeType(String.join(",", settings.compressed()));
                    http.setCompressionMinSize(SMALLEST_COMPRESSED);
                }
            }
        });
        return factory;
    }

    @Bean(name = AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME)
    DefaultLifecycleProcessor lifecycleProcessor() {
        var processor = new DefaultLifecycleProcessor();
        processor.setTimeoutPerShutdownPhase(LONGEST_STOP.toMillis());
        return processor;
    }

    @Bean
    DispatcherServlet dispatcherServlet() {
        var servlet = new DispatcherServlet();
        servlet.setDispatchOptionsRequest(true); // so that OPTIONS is answered by what is declared, and else denied
        return servlet;
    }

    @Bean
    DispatcherServletRegistrationBean dispatcherServletRegistration(DispatcherServlet servlet) {
        var registration = new DispatcherServletRegistrationBean(servlet, "/");
        registration.setLoadOnStartup(1);
        registration.setAsyncSupported(true);
        return registration;
    }

    @Bean
    FilterRegistrationBean<EachRequest> eachRequest(HttpSettings settings, ObjectProvider<AtEntry> atEntry, Problems problems) {
        var registration = new FilterRegistrationBean<>(new EachRequest(settings, atEntry.orderedStream().toList(), problems));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        registration.setAsyncSupported(true);
        return registration;
    }

    @Bean
    JsonMapper jsonMapper() {
        return StrictJson.mapper();
    }

    @Bean
    Problems problems(JsonMapper json, ObjectProvider<Explanation> explanations) {
        return new Problems(json, explanations.orderedStream().toList());
    }

    @Bean
    WebMvcConfigurer readingAndAnswering(JsonMapper json, Problems problems) {
        return new WebMvcConfigurer() {
            @Override
            public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
                converters.registerDefaults().withJsonConverter(new StrictJson(json));
            }

            @Override
            public void configureHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
                resolvers.add((request, response, _, failure) -> {
                    try {
                        problems.answer(request, response, failure);
                    } catch (IOException gone) {
                        throw new UncheckedIOException(gone);
                    }
                    return new ModelAndView();
                });
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new RemoteAddressArgument());
            }
        };
    }

    private static final class RemoteAddressArgument implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == RemoteAddress.class;
        }

        @Override
        public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container, NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return RemoteAddress.of((HttpServletRequest) request.getNativeRequest());
        }
    }
}
