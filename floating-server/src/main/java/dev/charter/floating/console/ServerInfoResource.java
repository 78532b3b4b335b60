package dev.charter.floating.console;

import dev.charter.floating.installation.Installation;
import dev.charter.floating.installation.PoolWishes;
import dev.charter.floating.installation.ThisServer;
import dev.charter.floating.settings.Settings;
import dev.charter.store.IssuerTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What the vendor is told of this server.
@RestController
@RequestMapping("/api/server-info")
final class ServerInfoResource {

    /// @param hostId of this server's key for the first product; each product has one of its own
    /// @param fingerprint hashed marks of the machine
    record ServerInfoView(String hostName, String hostId, String fingerprint, String version, Instant now, List<ProductInfo> products) {}

    /// @param hostId of this server's key for that product
    /// @param text the request as it is sent to the vendor, while one waits for its answer
    record ProductInfo(String product, String hostId, Optional<String> text, Optional<String> fileName, Optional<Instant> since) {}

    private final Settings settings;
    private final Installation installation;
    private final IssuerTime time;
    private final ThisServer server;
    private final DescribeProducts products;

    ServerInfoResource(Settings settings, Installation installation, PoolWishes wishes, IssuerTime time, ThisServer server) {
        this.settings = settings;
        this.installation = installation;
        this.time = time;
        this.server = server;
        this.products = new DescribeProducts(settings, installation, wishes);
    }

    @GetMapping
    ServerInfoView show() {
        var first = installation.client(settings.products().getFirst()).orElseThrow().host();
        var fingerprint = first.fingerprint().factors().entrySet().stream().map(mark -> mark.getKey() + " " + mark.getValue()).collect(Collectors.joining(", "));
        return new ServerInfoView(server.hostName(), first.keys().id().value(), fingerprint.isEmpty() ? "none" : fingerprint, server.version(), time.instant(),
                products.all().stream().map(this::info).toList());
    }

    private ProductInfo info(ProductView product) {
        var hostId = installation.client(product.product()).orElseThrow().host().keys().id().value();
        return new ProductInfo(product.product(), hostId, product.request().map(ProductView.RequestView::text), product.request().map(ProductView.RequestView::fileName),
                product.request().map(ProductView.RequestView::since));
    }
}
