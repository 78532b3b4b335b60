package dev.charter.floating.installation;

import dev.charter.client.Activation;
import dev.charter.client.EmergencyStart;
import dev.charter.client.HomeInUse;
import dev.charter.client.LeaseSigner;
import dev.charter.client.LicenseClient;
import dev.charter.client.LicenseClientBuilder;
import dev.charter.client.LicenseState;
import dev.charter.client.Machine;
import dev.charter.client.PoolWish;
import dev.charter.client.RequestMade;
import dev.charter.floating.lease.InstallPool;
import dev.charter.floating.lease.OwnLicense;
import dev.charter.floating.node.Nodes;
import dev.charter.floating.pool.PoolTerms;
import dev.charter.floating.settings.Settings;
import dev.charter.format.LicenseKey;
import dev.charter.format.Pool;
import dev.charter.format.SignedDocument;
import dev.charter.format.TlsPin;
import dev.charter.format.UsageLicense;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.DataFolder;
import dev.charter.server.settings.FilesOfOwner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This server as a host: for each product a license of its own, which makes it the holder of a pool. Licenses come online, where the vendor's server is named, or by letter: the server
/// writes the request as `server-info-PRODUCT.txt` into its data folder, and takes the answer as a file in `host/PRODUCT/license-inbox`.
public final class Installation implements OwnLicense, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    private final Settings settings;
    private final Path data;
    private final InstallPool installPool;
    private final PoolWishes wishes;
    private final Optional<TlsPin> tls;
    private final Optional<Nodes> nodes;
    private final Optional<Machine> machine;
    private final AtomicLong documents = new AtomicLong();
    private volatile Map<String, LicenseClient> clients = Map.of();
    private boolean closed;

    private Installation(Settings settings, Path data, InstallPool installPool, PoolWishes wishes, Optional<TlsPin> tls, Optional<Nodes> nodes, Optional<Machine> machine) {
        this.settings = settings;
        this.data = data;
        this.installPool = installPool;
        this.wishes = wishes;
        this.tls = tls;
        this.nodes = nodes;
        this.machine = machine.or(() -> nodes.flatMap(Nodes::machine));
    }

    /// @param wishes what the vendor is told of the pools; asked anew for each document
    /// @param tls of a certificate that this server made itself
    /// @param nodes where several share one database
    /// @param machine what tells this machine from others; none: the database's, where nodes share one, else as the client reads it
    /// @throws CannotStart when another server has this one's host folder open
    public static Installation open(Settings settings, DataFolder folder, InstallPool installPool, PoolWishes wishes, Optional<TlsPin> tls, Optional<Nodes> nodes,
            Optional<Machine> machine) {
        folder.folder("host");
        var installation = new Installation(settings, folder.path(), installPool, wishes, tls, nodes, machine);
        try {
            installation.openClients();
            return installation;
        } catch (HomeInUse | UncheckedIOException unusable) {
            installation.close();
            throw CannotStart.notAvailable(String.valueOf(unusable.getMessage()));
        }
    }

    private void openClients() {
        var opened = new LinkedHashMap<String, LicenseClient>();
        try {
            for (var product : settings.products()) {
                opened.put(product, builder(product).open());
            }
        } finally {
            clients = opened; // also where one could not be opened: those that were are closed with this
        }
    }

    private LicenseClientBuilder builder(String product) {
        var builder = LicenseClient.builder().product(product).trustAnchor(settings.anchor()).home(data.resolve("host").resolve(product)).floatingServer(() -> wish(product));
        settings.hostName().or(Installation::machineName).ifPresent(builder::hostName);
        settings.authority().ifPresent(builder::authority);
        machine.ifPresent(builder::machine);
        nodes.ifPresent(shared -> builder.disk(shared.disk()));
        return builder;
    }

    private PoolWish wish(String product) {
        documents.incrementAndGet();
        var ofPool = wishes.of(product);
        return new PoolWish(ofPool.seats(), tls, ofPool.surplusRuns(), ofPool.leasesRun(), ofPool.helped());
    }

    /// How many documents were made so far that tell the vendor how the pools stand, whether they left this machine or not.
    public long documents() {
        return documents.get();
    }

    static Optional<String> machineName() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException nameless) {
            return Optional.empty();
        }
    }

    /// Takes over the pools that are licensed, follows what changes, and asks for what is missing. Called when seats can be handed out.
    public void begin(Instant now) {
        follow(now);
        nodes.ifPresent(shared -> shared.begin(() -> openAgain(now)));
    }

    /// What another node has changed is read again; so it is when this node begins or ends to keep the license.
    private synchronized void openAgain(Instant now) {
        if (!closed) {
            clients.values().forEach(LicenseClient::close);
            openClients();
            follow(now);
        }
    }

    private void follow(Instant now) {
        boolean keeps = nodes.map(Nodes::keeps).orElse(true);
        clients.forEach((product, client) -> {
            client.onNotice(notice -> LOG.info("{}: {}", product, notice));
            client.onChange(_ -> takeOver(client, installPool::handle));
            takeOver(client, installPool::atStart);
            if (!vouchesForThis(client)) {
                LOG.warn("{}: the license is older than this server's certificate or its key for leases and vouches for another one. Products trust this server when the vendor has answered its next request", product);
            }
            Optional.ofNullable(settings.licenseKeys().get(product)).filter(_ -> keeps).ifPresent(key -> Thread.ofVirtual().name("license-" + product).start(() -> ask(product, client, key, now)));
        });
    }

    /// The license may be older than the certificate or the key for leases that products know this server by.
    private boolean vouchesForThis(LicenseClient client) {
        var license = client.stateWithoutTrial() instanceof LicenseState.InForce state ? state.license().pool() : Optional.<Pool>empty();
        return license.isEmpty() || (tls.isEmpty() || license.get().tls().equals(tls)) && client.leaseSigner().isPresent();
    }

    private static void takeOver(LicenseClient client, Consumer<PoolTerms> install) {
        if (client.stateWithoutTrial() instanceof LicenseState.InForce state) {
            client.usageLicense().flatMap(document -> terms(state.license(), document)).ifPresent(install);
        }
    }

    private static Optional<PoolTerms> terms(UsageLicense license, SignedDocument document) {
        // The state and the document are read one after the other: a newer document is told of by the next change.
        return UsageLicense.read(document.payload()).equals(license) ? PoolTerms.of(license, document) : Optional.empty();
    }

    private void ask(String product, LicenseClient client, LicenseKey key, Instant now) {
        boolean holds = client.holdsLicenseOf(key);
        if (holds && vouchesForThis(client)) {
            return;
        }
        if (settings.authority().isPresent()) {
            var outcome = holds ? client.reactivate() : client.activate(key);
            if (outcome instanceof Activation.Activated) {
                LOG.info("{}: the license is installed", product);
            } else {
                LOG.warn("{}: there is no {} yet: {}", product, holds ? "new license" : "license", outcome);
            }
            return;
        }
        var waiting = client.waitingRequest();
        var request = waiting.isPresent() ? waiting : made(client.makeRequest(key));
        request.ifPresent(document -> tell(product, document, now));
    }

    private static Optional<SignedDocument> made(RequestMade made) {
        return switch (made) {
            case RequestMade.Made(var request) -> Optional.of(request);
            case RequestMade.NotPossible(var message) -> {
                LOG.warn("no request was made: {}", message);
                yield Optional.empty();
            }
        };
    }

    private void tell(String product, SignedDocument request, Instant now) {
        var file = serverInfo(product);
        try {
            FilesOfOwner.makeFolder(inbox(product));
            FilesOfOwner.write(file, ServerInfo.text(request, now));
            LOG.info("{}: the request for a license is in {}; put the answer into {}", product, file, inbox(product));
        } catch (IOException fault) {
            LOG.warn("{}: the request for a license could not be written to {}", product, file, fault);
        }
    }

    /// Where the answer to a letter is put as a file, to be installed by itself.
    public Path inbox(String product) {
        return data.resolve("host").resolve(product).resolve("license-inbox");
    }

    /// Where the request by letter for that product's license is written.
    public Path serverInfo(String product) {
        return data.resolve("server-info-" + product + ".txt");
    }

    /// Installs the answer to a request by letter.
    public Activation install(String product, String text) {
        var client = Optional.ofNullable(clients.get(product)).orElseThrow();
        var outcome = client.install(text);
        takeOver(client, installPool::handle);
        return outcome;
    }

    /// This server as the host of that product's license; empty where it is no product of the settings.
    public Optional<LicenseClient> client(String product) {
        return Optional.ofNullable(clients.get(product));
    }

    /// Makes a request by letter, and writes it into the data folder too.
    ///
    /// @param key none: the license that is installed is brought up to date
    /// @param now the time that stands in the letter
    public RequestMade makeRequest(String product, Optional<LicenseKey> key, Instant now) {
        var client = client(product).orElseThrow();
        var outcome = key.map(client::makeRequest).orElseGet(client::makeUpdateRequest);
        if (outcome instanceof RequestMade.Made(var request)) {
            tell(product, request, now);
        }
        return outcome;
    }

    /// A request as it is sent to the vendor.
    ///
    /// @param made when it was made
    public String letter(SignedDocument request, Instant made) {
        return ServerInfo.text(request, made);
    }

    /// By product, how this server stands with its license.
    public Map<String, LicenseState> states() {
        var states = new LinkedHashMap<String, LicenseState>();
        clients.forEach((product, client) -> states.put(product, client.stateWithoutTrial()));
        return states;
    }

    @Override
    public Optional<String> startEmergency(String product, String by) {
        return client(product).filter(client -> isOver(client.stateWithoutTrial())).flatMap(client -> client.startEmergency(by) instanceof EmergencyStart.NotPossible(var message) ? Optional.of(message) : Optional.empty());
    }

    private static boolean isOver(LicenseState state) {
        return state instanceof LicenseState.Grace || state instanceof LicenseState.Degraded || state instanceof LicenseState.Ended;
    }

    /// Signs in the name of that product's pool; empty where no license is in force on this machine.
    public Optional<LeaseSigner> signer(String product) {
        return Optional.ofNullable(clients.get(product)).flatMap(LicenseClient::leaseSigner);
    }

    @Override
    public synchronized void close() {
        closed = true;
        clients.values().forEach(LicenseClient::close);
    }
}
