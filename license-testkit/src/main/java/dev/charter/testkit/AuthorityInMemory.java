package dev.charter.testkit;

import dev.charter.client.LicenseClient;
import dev.charter.client.LicenseClientBuilder;
import dev.charter.client.Transport;
import dev.charter.format.Armor;
import dev.charter.format.Bytes;
import dev.charter.format.DocumentKind;
import dev.charter.format.DocumentRejected;
import dev.charter.format.Flaw;
import dev.charter.format.LicenseKey;
import dev.charter.format.SignedDocument;
import dev.charter.format.TrustAnchor;
import dev.charter.format.Verifier;
import dev.charter.signing.Issuer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// An authority that lives in a test: it sells licenses and answers as the real one does - the same documents, the same rules, the same refusals - without a
/// network, a database or a file. It signs with [TestKeys]. Safe for use by several threads.
///
/// Tests ask it directly ([#activate], [#refresh], [#release]), or open a real client on it ([#clientOn]). Its clock is the client's clock too: as it moves, the
/// client does what it would do in the background, on the thread that moves it. Letters go through the test's own hands: [#answerLetter].
public final class AuthorityInMemory {
    private static final URI ADDRESS = URI.create("https://authority.test");

    private final TestKeys keys;
    private final TestClock clock;
    private final Registry registry;
    private final Shop shop;
    private volatile Optional<String> trouble = Optional.empty();
    private volatile boolean nextAnswerIsLost;

    private AuthorityInMemory(TestKeys keys, TestClock clock) {
        this.keys = keys;
        this.clock = clock;
        this.registry = new Registry(keys.issuer(), clock);
        this.shop = new Shop(registry, clock);
    }

    /// An authority on that day (`2026-03-01`) or at that instant (`2026-03-01T12:00:00Z`), of the hybrid test vendor.
    public static AuthorityInMemory on(String moment) {
        return on(moment, TestKeys.hybrid());
    }

    public static AuthorityInMemory on(String moment, TestKeys keys) {
        return new AuthorityInMemory(keys, TestClock.on(moment));
    }

    /// What products under test trust.
    public TrustAnchor anchor() {
        return keys.anchor();
    }

    Issuer issuer() {
        return keys.issuer();
    }

    public TestClock clock() {
        return clock;
    }

    /// Time passes until that moment.
    public void itIsNow(String moment) {
        clock.itIsNow(moment);
    }

    public void passes(Duration duration) {
        clock.passes(duration);
    }

    // --- the vendor's side ---

    /// Sells a license; the key is what the customer gets.
    public LicenseKey sells(License license) {
        return registry.sell(license);
    }

    /// Changes a sold license. Hosts get it at their next contact.
    public void changes(LicenseKey key, UnaryOperator<License> change) {
        synchronized (registry) {
            var sale = registry.sale(key);
            sale.becomes(change.apply(sale.license()));
        }
    }

    public void suspends(LicenseKey key) {
        becomes(key, Sale.State.SUSPENDED);
    }

    public void reinstates(LicenseKey key) {
        becomes(key, Sale.State.IN_ORDER);
    }

    public void revokes(LicenseKey key) {
        becomes(key, Sale.State.REVOKED);
    }

    private void becomes(LicenseKey key, Sale.State state) {
        synchronized (registry) {
            registry.sale(key).state = state;
        }
    }

    /// How many hosts hold the license now.
    public int activationsUsed(LicenseKey key) {
        synchronized (registry) {
            return registry.sale(key).used();
        }
    }

    /// What products can buy by themselves here: nothing, until something is offered.
    public Shop shop() {
        return shop;
    }

    /// What the desk was shown, oldest first.
    public List<Alarm> alarms() {
        return registry.alarms();
    }

    // --- a host's side ---

    /// A person types the key at that host.
    public Answer activate(LicenseKey key, Host host) {
        return exchange(host, host.asks(key, clock.instant()));
    }

    /// The host fetches what changed in the license that it holds.
    public Answer refresh(Host host) {
        return exchange(host, host.asksAgain(clock.instant()));
    }

    /// The host gives back the license that it holds.
    public Answer release(Host host) {
        var release = host.releases(clock.instant());
        var answer = SignedDocument.read(registry.acknowledge(release).toArray());
        var verifier = new Verifier(anchor());
        var said = answer.claimedKind() == DocumentKind.REFUSAL ? new Answer.Refused(verifier.refusal(answer, release.digest()).content().code()) : acknowledged(verifier, answer, release);
        host.keeps(said);
        return said;
    }

    private static Answer acknowledged(Verifier verifier, SignedDocument answer, SignedDocument release) {
        verifier.acknowledgement(answer, release);
        return new Answer.Acknowledged();
    }

    private Answer exchange(Host host, SignedDocument request) {
        var answer = SignedDocument.read(registry.answer(request, Registry.Way.ONLINE).toArray());
        var verifier = new Verifier(anchor());
        var said = answer.claimedKind() == DocumentKind.REFUSAL ? new Answer.Refused(verifier.refusal(answer, request.digest()).content().code())
                : new Answer.Activated(verifier.answer(answer, request).content());
        host.keeps(said);
        return said;
    }

    /// Answers a usage request or a release with the exact bytes that the real authority would send.
    /// Throws [DocumentRejected] for what is neither, or was not signed by the host that it names.
    public byte[] answer(byte[] document) {
        var read = SignedDocument.read(document);
        return (read.claimedKind() == DocumentKind.RELEASE ? registry.acknowledge(read) : registry.answer(read, Registry.Way.ONLINE)).toArray();
    }

    /// Answers a letter: a usage request, first or for an update, with a usage license, a release with its acknowledgement, and either with a refusal where there is a reason;
    /// in text form, as the desk of the real authority sends it and a client installs it. The letter may have the mail around it, and may be the codes that a phone reads.
    /// The same letter again gets the same text. Throws [DocumentRejected] where there is no letter in the text, with what is there in its place.
    public String answerLetter(String text) {
        var letter = Armor.read(text);
        return switch (letter.claimedKind()) {
            case USAGE_REQUEST -> written(registry.answer(letter, Registry.Way.LETTER));
            case RELEASE -> written(registry.acknowledge(letter));
            default -> throw new DocumentRejected(Flaw.WRONG_KIND, "This is a " + letter.claimedKind().documentName().replace('-', ' ') + ", and no letter of a host.");
        };
    }

    private static String written(Bytes answer) {
        return Armor.write(SignedDocument.read(answer.toArray()));
    }

    // --- real clients ---

    /// A client of [License#PRODUCT] or of what the host runs, on that host, with its files in the folder: give it what else the product sets, then open it.
    public LicenseClientBuilder clientOn(Host host, Path home) {
        return LicenseClient.builder().product(host.product()).trustAnchor(anchor()).home(home).hostName(host.name()).machine(host.machine()).clock(clock).monotonicClock(clock::nanos)
                .background(new ByHand(clock)).transport(transport());
    }

    /// The way to this authority for a client that a test puts together itself.
    public Transport transport() {
        return new Transport() {
            @Override
            public Reply post(DocumentKind kind, byte[] document) {
                return reply(() -> answer(document));
            }

            @Override
            public boolean sells() {
                return true;
            }

            @Override
            public Reply ask(String path, Optional<byte[]> json) {
                var parts = path.split("\\?product=", 2);
                return reply(() -> shop.answer(parts[0], Optional.of(parts[parts.length - 1]), json.orElse(new byte[0])).json());
            }
        };
    }

    private Transport.Reply reply(Supplier<byte[]> answering) {
        if (trouble.isPresent()) {
            return new Transport.Reply.Unreachable(trouble.get(), Optional.empty());
        }
        try {
            var answer = answering.get();
            if (nextAnswerIsLost) {
                nextAnswerIsLost = false;
                return new Transport.Reply.Unreachable("The answer was lost on its way.", Optional.empty());
            }
            return new Transport.Reply.Answered(answer, Optional.empty(), Optional.of(ADDRESS));
        } catch (DocumentRejected rejected) {
            return new Transport.Reply.Unreachable("The authority was sent what is no document: " + rejected.getMessage(), Optional.empty());
        }
    }

    /// From now on clients get no answer.
    public void cannotBeReached() {
        trouble = Optional.of("The network is cut.");
    }

    /// Clients get answers again.
    public void canBeReached() {
        trouble = Optional.empty();
    }

    /// The next request is answered, and what came of it is kept, but the client never sees the answer.
    public void losesItsNextAnswer() {
        nextAnswerIsLost = true;
    }
}
