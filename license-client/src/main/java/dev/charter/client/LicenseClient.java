package dev.charter.client;

import dev.charter.format.Host;
import dev.charter.format.LicenseKey;
import dev.charter.format.SignedDocument;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// What a product asks about its license, and how it gets, renews and gives it back. One client per product and home folder; safe for use by many threads.
///
/// The questions ([#allows], [#limit], [#supportUntil], [#configurationLocked], [#state]) read a published snapshot: no lock, no clock, no allocation.
/// A background task publishes a new one within a second of each boundary, also after the machine slept.
/// The operations ([#activate], [#reactivate], [#deactivate]) go to the authority and wait for its answer, at most as long as the timeouts say.
///
/// **Time.** The client keeps the latest time that it has seen - its clock, every signed document, its files - and counts on from it by a monotonic clock.
/// A clock that is set back while the client runs lengthens nothing. A clock that is set forward is believed; where that was wrong, the next signed answer
/// to a request made afterwards settles it. Residual risk: time during which the program is off counts only as far as the clock shows it at the next start.
///
/// **Copies.** Only one program at a time has the home folder open; a second one waits a moment for the first and then gets [HomeInUse].
public final class LicenseClient implements AutoCloseable {
    private final Licensing licensing;

    LicenseClient(Licensing licensing) {
        this.licensing = licensing;
    }

    public static LicenseClientBuilder builder() {
        return new LicenseClientBuilder();
    }

    /// Whether the license grants the feature now.
    public boolean allows(String feature) {
        return licensing.snapshot().features().contains(feature);
    }

    /// How much the license grants of a meter now: 0 when it grants none of it, empty when it sets no limit.
    public OptionalLong limit(String meter) {
        return licensing.snapshot().limits().getOrDefault(meter, Snapshot.NOTHING);
    }

    /// Until when the license includes updates and help, also where that is past. Empty when it includes none.
    public Optional<Instant> supportUntil() {
        return licensing.snapshot().supportUntil();
    }

    /// Whether the license that is held here includes the version of the product that was released at that time: one from before the license begins, or from before support ends.
    /// Where no license is held, none. This client switches nothing off for it, and a product never lets it stand in the way of a security update.
    public boolean covers(Instant released) {
        return licensing.covers(released);
    }

    /// Whether changes of configuration are to be refused: in grace and degraded, and where a license was and grants nothing any longer (ended, suspended, revoked, fenced,
    /// another machine's, damaged). Not where there is none yet: never licensed, waiting for an answer, trial over, not started, released. Start-up settings, revoking credentials and certificates, and security updates stay possible at all times.
    public boolean configurationLocked() {
        return licensing.snapshot().configurationLocked();
    }

    public LicenseState state() {
        return licensing.snapshot().state();
    }

    /// How this host stands with its license, whatever trial hides that: the same as [#state] where there is no trial.
    public LicenseState stateWithoutTrial() {
        return licensing.snapshot().withoutTrial();
    }

    /// The state after everything was looked at that is otherwise looked at in the background, the machine's marks among it. May take a second.
    public LicenseState check() {
        licensing.machineMarks();
        licensing.tick();
        return state();
    }

    /// Asks for the license of that key. The request is on disk before it is sent; while no answer comes, the same bytes are sent again,
    /// also by the background and after a restart, so that a lost answer never costs a second activation. It supersedes a request by letter that waits,
    /// also where the authority is not reached: where a person may not want that, look at [#waiting] first.
    ///
    /// Of a leased license this takes a seat, which is renewed from then on, given back when the client is closed, and taken again when the product starts.
    /// Where none is free, one is asked for again until there is.
    public Activation activate(LicenseKey key) {
        return licensing.exchange().activate(key);
    }

    /// Takes a seat of the first floating server that has one for this product, with the features chosen, and keeps it: the background renews it as often as its lease says,
    /// it is given back when the client is closed, and taken again when the product starts. Where none is free, or no server answers, one is asked for until there is.
    /// The choice is kept in the home folder until the seat is given back by [#deactivate], or another choice is made; what the builder says wins over it.
    /// A host that holds a seat already gets it again with what is chosen now.
    public Activation takeSeat(SeatChoice choice) {
        return licensing.exchange().takeSeat(choice);
    }

    /// Asks at once for the seat that the builder names or that was chosen before, which otherwise the background does within some seconds of the start.
    public Activation takeSeat() {
        return licensing.exchange().takeSeat();
    }

    /// The seat of floating servers that is wanted here: by the builder, or as it was chosen before.
    public Optional<SeatChoice> wantedSeat() {
        return licensing.exchange().wantedSeat();
    }

    /// What those floating servers have for this product. Takes nothing and changes nothing. May take as long as the timeouts say for each server.
    public List<PoolLook> lookAtPools(List<URI> servers) {
        return licensing.lookAtPools(servers);
    }

    /// Whether the license that is installed here was asked for with that key.
    public boolean holdsLicenseOf(LicenseKey key) {
        return licensing.holdsLicenseOf(key);
    }

    /// Asks again for the license that is installed, to fetch what changed in it.
    public Activation reactivate() {
        return licensing.exchange().reactivate();
    }

    /// Buys a license, or more for the one that is held, from inside the product.
    public Purchase purchase() {
        return new Purchase(licensing.orders());
    }

    /// Gives the license back. The signed release is on disk, twice, before the license is deleted, and is sent after. Where the authority cannot be reached
    /// the license is gone all the same, and the release is sent again until it is acknowledged.
    public Deactivation deactivate() {
        return licensing.exchange().deactivate();
    }

    /// Makes a request for the license of that key, to be brought to the issuer by hand; [#install(String)] takes the answer. It supersedes one that waits,
    /// whose answer is then worthless: where a person may not want that, look at [#waitingRequest] first.
    public RequestMade makeRequest(LicenseKey key) {
        return licensing.exchange().makeRequest(key);
    }

    /// Makes a request by which the license that is installed is brought up to date by hand. It needs no key, as the host signs it that holds the license,
    /// which stays in force meanwhile; what the background fetches by itself does not supersede it. It supersedes one that waits.
    public RequestMade makeUpdateRequest() {
        return licensing.exchange().makeUpdateRequest();
    }

    /// A person's request that has no answer yet, to be shown or carried again.
    public Optional<SignedDocument> waitingRequest() {
        return licensing.exchange().waitingRequest();
    }

    /// Since when, and by which way, a person's request has been waiting for its answer.
    public Optional<Waiting> waiting() {
        return licensing.exchange().waiting();
    }

    /// Installs the answer to this host's newest request, however it came: a usage license, or a signed refusal; and the answer to a release of this host.
    /// The same once more changes nothing.
    public Activation install(SignedDocument answer) {
        return licensing.exchange().install(answer);
    }

    /// The same with the answer in a text: the text form, codes in any order, or JSON, also within a mail, a thread of mails or HTML. Where there is no answer for this
    /// host in it, it says what there is instead.
    public Activation install(String text) {
        return licensing.exchange().install(GivenText.read(text));
    }

    /// The text in a file as people save it, in UTF-8 or UTF-16: for [#install(String)] and [#look].
    public static String textOf(byte[] file) {
        return GivenText.decode(file);
    }

    /// What installing that text would do, or what it is instead. Changes nothing.
    public LetterLook look(String text) {
        return licensing.exchange().look(GivenText.read(text));
    }

    /// Starts the emergency days that the license signs, without asking anyone. They end by themselves when the license is in force again;
    /// a day is used when the product runs in it.
    ///
    /// @param who the administrator, as shown and reported
    public EmergencyStart startEmergency(String who) {
        return licensing.startEmergency(who);
    }

    /// Starts a trial: for as long as the builder says, the features named there are granted without a license, and then stop. It may be started again, as often
    /// as wanted; one that runs already goes on unchanged. It survives restarts, and a clock that is set back does not lengthen it. A license that is
    /// activated ends it; where a license is in force, or the vendor has stopped it, none can be started.
    public TrialStart startTrial() {
        return licensing.startTrial();
    }

    /// How long a trial lasts; empty where the product has none.
    public Optional<Duration> trialDuration() {
        return licensing.trialDuration();
    }

    /// The time by the client's own reckoning, by which all instants of a state are meant.
    public Instant now() {
        return licensing.now();
    }

    /// Called with each new state, one after another, off the threads that publish it. What it throws is logged and stops no other listener.
    public void onChange(Consumer<LicenseState> listener) {
        licensing.onChange(listener);
    }

    /// Called with each notice, those before the call included.
    public void onNotice(Consumer<Notice> listener) {
        licensing.notices().listen(listener);
    }

    /// The latest notices, oldest first, at most 64.
    public List<Notice> notices() {
        return licensing.notices().latest();
    }

    public Contact contact() {
        return licensing.contact();
    }

    /// The seat of a leased or floating license that this host holds, or held until it was not renewed.
    public Optional<Seat> seat() {
        return licensing.seat();
    }

    /// Since when a seat is wanted, and why none was given at the latest try, while one is asked for again and again.
    public Optional<SeatWait> waitsForSeat() {
        return licensing.exchange().waitsForSeat();
    }

    /// This host as its requests describe it: its public keys, its name, its hashed marks. Reads the machine if that was not done yet.
    public Host host() {
        return licensing.exchange().host();
    }

    /// The usage license that is installed, as it was received.
    public Optional<SignedDocument> usageLicense() {
        return licensing.usageLicenseDocument();
    }

    /// For a floating server: signs leases of the pool that is installed, for as long as its license is in force on this machine.
    public Optional<LeaseSigner> leaseSigner() {
        return licensing.exchange().leaseSigner();
    }

    /// Stops the background, gives the seat of a leased or floating license back, waiting some seconds for the answer at most, and gives the folder free. The last snapshot stays readable.
    @Override
    public void close() {
        licensing.close();
    }
}
