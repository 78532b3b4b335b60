package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.client.Activation;
import dev.charter.client.Deactivation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// The authority is killed with `kill -9` at each of its named fail points, started again, asked again, and judged:
///
/// - I1: the activations in use are those of the hosts that hold the license, never more than were sold;
/// - I2: whatever was answered before is still there;
/// - I3: the audit log replays to the present state;
/// - I4: asking again gives one effect, whether the first attempt had been committed or not. A mail goes out at least once, and is the same mail each time.
///
/// One vendor goes through all points, so that each kill happens on the history of those before it. One kill hits work of several kinds at once, each at a point of its own ([#inTurn]), and the
/// start after it arms the next points while what was cut off is finished. The hosts are worked by the library within this process; `LostAnswerTest` and the journeys work them by programs.
/// Orders are killed in [OrderKilledTest].
class KilledAtEveryFailPointTest {
    private static final int SOLD = 3;
    private static final List<List<String>> TOGETHER = List.of(List.of("ACTIVATE", "ISSUE", "CHANGE"), List.of("RELEASE", "REFRESH", "MAIL"), List.of("RESTORE"));

    @TempDir
    Path folder;

    private Vendor vendor;
    private String customer;
    private JsonNode license;
    /// Hosts that have been told that they are activated and not that they are released.
    private final List<EmbeddedHost> holding = new ArrayList<>();
    private int hosts;
    private int issued;
    private int mails;

    @ParameterizedTest
    @EnumSource
    void every_step_is_whole_or_undone_after_a_restart_and_asking_again_finishes_it(Engine engine) {
        var points = failPoints();
        assertThat(points).hasSizeGreaterThanOrEqualTo(30);
        var kills = inTurn(points);
        assertThat(kills.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(points);
        try (var running = Vendor.in(folder, engine).start()) {
            vendor = running;
            customer = vendor.hasACatalog();
            license = vendor.sells(customer, SOLD);
            vendor.patch("/licenses/" + id(), "{\"allowance\":{\"count\":100,\"days\":365}}");
            issued = 1;
            holding.add(activated());
            vendor.stop();

            vendor.startWithFailPoints(kills.getFirst());
            for (int i = 0; i < kills.size(); i++) {
                var unfinished = new ArrayList<Unfinished>();
                for (var point : kills.get(i)) {
                    unfinished.add(begin(point));
                    vendor.awaitFailPoint(point);
                }
                vendor.kill();
                vendor.startWithFailPoints(i + 1 < kills.size() ? kills.get(i + 1) : List.of());
                unfinished.forEach(Unfinished::finish);
                judge(kills.get(i));
            }
        }
    }

    /// Work that was cut off; asking again must finish it.
    private interface Unfinished {
        void finish();
    }

    private Unfinished begin(String point) {
        return switch (kind(point)) {
            case "ISSUE" -> beginToIssue();
            case "CHANGE" -> beginToChange(point);
            case "ACTIVATE" -> beginToActivate(point);
            case "REFRESH" -> beginToRefresh(point);
            case "RELEASE" -> beginToRelease(point);
            case "RESTORE" -> beginToRestore(point);
            case "MAIL" -> beginToMail(point);
            default -> throw new AssertionError("no work leads to the fail point " + point + ": write it");
        };
    }

    private static String kind(String point) {
        return point.substring(0, point.indexOf('_'));
    }

    private Unfinished beginToIssue() {
        int before = issued;
        var lost = CompletableFuture.runAsync(() -> vendor.sells(customer, SOLD), EmbeddedHost.ASIDE);
        return () -> {
            assertThat(lost).as("the answer was lost with the authority").failsWithin(Duration.ofSeconds(30));
            // An administrator who got no answer looks first, and issues again only where the license is not there.
            int now = vendor.get("/licenses?limit=50").get("licenses").size();
            assertThat(now).isBetween(before, before + 1);
            if (now == before) {
                vendor.sells(customer, SOLD);
            }
            issued = before + 1;
        };
    }

    private Unfinished beginToChange(String point) {
        var grace = 15 + points(point);
        var lost = CompletableFuture.runAsync(() -> changeGrace(grace), EmbeddedHost.ASIDE);
        return () -> {
            assertThat(lost).failsWithin(Duration.ofSeconds(30));
            var before = vendor.get("/licenses/" + id()).get("revision").asInt();
            changeGrace(grace);
            assertThat(vendor.get("/licenses/" + id()).get("graceDays").asInt()).isEqualTo(grace);
            assertThat(vendor.get("/licenses/" + id()).get("revision").asInt()).isBetween(before, before + 1);
        };
    }

    private void changeGrace(int days) {
        vendor.patch("/licenses/" + id(), "{\"graceDays\":" + days + "}");
    }

    private static int points(String point) {
        return Math.abs(point.hashCode() % 100);
    }

    private Unfinished beginToActivate(String point) {
        var host = new EmbeddedHost(folder.resolve("host-" + ++hosts), vendor);
        var lost = host.beginsToActivate(license.get("key").asString());
        return () -> {
            assertThat(lost.join()).as(point).isInstanceOf(Activation.Unreachable.class);
            assertThat(host.activate(license.get("key").asString())).as(point).isInstanceOf(Activation.Activated.class);
            holding.add(host);
        };
    }

    private Unfinished beginToRefresh(String point) {
        var host = holding.getFirst();
        var lost = host.beginsToReactivate();
        return () -> {
            assertThat(lost.join()).as(point).isInstanceOf(Activation.Unreachable.class);
            assertThat(host.isLicensed()).as("it goes on while the authority is away").isTrue();
            assertThat(host.reactivate()).as(point).isInstanceOf(Activation.Activated.class);
        };
    }

    private Unfinished beginToRelease(String point) {
        // One more host that comes and goes, so that the seats never run out for the others.
        var host = holding.size() > 1 ? holding.removeLast() : activated();
        var lost = host.beginsToDeactivate();
        return () -> {
            assertThat(lost.join()).as(point).isInstanceOfSatisfying(Deactivation.Deactivated.class, given -> assertThat(given.acknowledged()).isFalse());
            assertThat(host.isLicensed()).as("released here, whatever the authority heard").isFalse();
            assertThat(host.deactivate()).as(point).isInstanceOfSatisfying(Deactivation.Deactivated.class, given -> assertThat(given.acknowledged()).isTrue());
        };
    }

    private Unfinished beginToRestore(String point) {
        activated(); // and destroyed
        var activation = vendor.get("/licenses/" + id()).get("hosts").get(0).get("activation").asString();
        var loss = vendor.post("/losses", "{\"license\":\"%s\",\"activation\":\"%s\",\"story\":\"It burnt.\"}".formatted(id(), activation)).get("id").asString();
        var lost = CompletableFuture.runAsync(() -> restore(loss), EmbeddedHost.ASIDE);
        mails++; // its license's contact is told once, whichever attempt it was
        return () -> {
            assertThat(lost).failsWithin(Duration.ofSeconds(30));
            assertThat(restore(loss).get("state").asString()).isEqualTo("restored");
            carryMails(point); // or it would be the one that runs into the fail point of mails, which is armed by then
        };
    }

    private JsonNode restore(String loss) {
        return vendor.post("/losses/" + loss + "/restore", "{\"reason\":\"Photo of the burnt cabinet seen\"}");
    }

    private Unfinished beginToMail(String point) {
        // One license for each: nobody is mailed many links to one.
        vendor.mailsALink(vendor.sells(customer, SOLD).get("id").asString());
        issued++;
        mails++;
        return () -> carryMails(point);
    }

    private void carryMails(String point) {
        // A mail belongs to the one that was killed for some minutes more; the desk does not wait for that.
        vendor.get("/mails?state=waiting").get("mails").valueStream().forEach(mail -> vendor.triesAgain(mail.get("id").asString()));
        var out = vendor.mailsThatWentOut();
        assertThat(out).as("none is lost, and none twice with another Message-ID, after " + point).hasSize(mails);
        assertThat(out.stream().map(mail -> mail.lines().filter(line -> line.startsWith("Message-ID: ")).findFirst().orElseThrow())).doesNotHaveDuplicates();
    }

    private EmbeddedHost activated() {
        var host = new EmbeddedHost(folder.resolve("host-" + ++hosts), vendor);
        assertThat(host.activate(license.get("key").asString())).isInstanceOf(Activation.Activated.class);
        return host;
    }

    private void judge(List<String> points) {
        var seen = vendor.get("/licenses/" + id());
        assertThat(seen.get("activationsUsed").asInt()).as("I1 and I2 after " + points + ": " + seen.toPrettyString()).isEqualTo(holding.size()).isLessThanOrEqualTo(SOLD);
        vendor.holdsItsInvariants();
        assertThat(vendor.get("/alarms").get("alarms").size()).as("no honest host was taken for a copy after " + points).isZero();
    }

    private String id() {
        return license.get("id").asString();
    }

    private static List<String> failPoints() {
        var ran = Packaged.authorityAnswers("--fail-points");
        assertThat(ran.exitCode()).as(ran.out()).isZero();
        return ran.out().lines().filter(line -> line.matches("[A-Z]+_[A-Z]+") && !line.startsWith(OrderKilledTest.KIND)).toList();
    }

    /// The points of each kill, in the order in which work is led to them. The kinds of one kill need nothing of one another, and the next kill is of others, so that finishing what was cut off never
    /// runs into a point that is armed already; ACTIVATE and RELEASE are in balance. Of a kill's points one at most lies within a transaction, the last: who stands there keeps others from writing.
    private static List<List<String>> inTurn(List<String> points) {
        var left = new ArrayList<>(points);
        var kills = new ArrayList<List<String>>();
        while (!left.isEmpty()) {
            for (var kinds : TOGETHER) {
                var kill = new ArrayList<String>();
                for (var kind : kinds) {
                    boolean isTaken = kill.stream().anyMatch(KilledAtEveryFailPointTest::isWithinATransaction);
                    left.stream().filter(point -> kind(point).equals(kind) && !(isTaken && isWithinATransaction(point))).findFirst().ifPresent(kill::add);
                }
                left.removeAll(kill);
                kill.sort(Comparator.comparing(KilledAtEveryFailPointTest::isWithinATransaction));
                if (!kill.isEmpty()) {
                    kills.add(kill);
                }
            }
            assertThat(left).as("fail points of a kind that this test does not know").allMatch(point -> TOGETHER.stream().anyMatch(kinds -> kinds.contains(kind(point))));
        }
        return kills;
    }

    private static boolean isWithinATransaction(String point) {
        return point.endsWith("_WRITTEN");
    }
}
