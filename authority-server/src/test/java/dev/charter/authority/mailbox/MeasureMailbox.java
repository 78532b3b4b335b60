package dev.charter.authority.mailbox;

import com.sun.management.OperatingSystemMXBean;
import dev.charter.authority.mail.TestMail;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Armor;
import dev.charter.store.Engine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// What mails cost the authority's own code: from their bytes to the answer that is durable in the outbox, and malformed ones. `./charter bench mailbox` runs it.
public final class MeasureMailbox {
    private static final int BATCH = 64;
    private static final int BATCHES = 8;
    private static final int WARM_UP = 4;
    private static final int TRIES = 9;

    private static final OperatingSystemMXBean PROCESS = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private MeasureMailbox() {}

    /// Prints, separated by tabs, `rate`, requests per second and nanoseconds of processor time for each of them, for each round; and `malformed`, what it is, and nanoseconds of processor time
    /// for each mail, which one thread reads from memory.
    ///
    /// @param arguments how many rounds
    public static void main(String[] arguments) throws Exception {
        var out = System.out;
        System.setOut(System.err); // what others print is none of the figures
        rates(Integer.parseInt(arguments[0]), out);
        malformed(out);
        System.exit(0);
    }

    private static void rates(int rounds, PrintStream out) throws Exception {
        try (var authority = TestAuthority.on(Engine.SQLITE); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sold = authority.sells("{\"type\":\"offline\",\"activations\":100000}");
            var taken = new Taken(authority.transactions(), 1_000_000);
            var answer = new AnswerMail(authority.desk().receive(), new WrittenByAcme(), authority.desk().keepUnreadable(), TestMail.outbox(() -> Instant.EPOCH), taken, new IsMachine(List.of()), authority::now);
            var take = new TakeMail(answer, taken, new WatchMailbox(authority::now, new SimpleMeterRegistry()), authority::now);
            for (int round = -WARM_UP; round < rounds; round++) {
                var mails = new ArrayList<byte[]>();
                for (int i = 0; i < BATCH * BATCHES; i++) {
                    mails.add(mail(i, Armor.write(TestHost.named("host-" + i).asksToActivate(sold.key()))));
                }
                long cpu = PROCESS.getProcessCpuTime();
                long began = System.nanoTime();
                for (int batch = 0; batch < BATCHES; batch++) {
                    var work = mails.subList(batch * BATCH, (batch + 1) * BATCH).stream().<Callable<TakeMail.Done>>map(mail -> () -> take.handle(mail)).toList();
                    for (var done : threads.invokeAll(work)) {
                        if (done.get() != TakeMail.Done.ANSWERED) {
                            throw new IllegalStateException("a mail was not answered");
                        }
                    }
                }
                if (round >= 0) {
                    out.println("rate\t" + mails.size() * 1e9 / (System.nanoTime() - began) + "\t" + (PROCESS.getProcessCpuTime() - cpu) / mails.size());
                }
            }
        }
    }

    private static byte[] mail(int number, String letter) {
        var text = "Dear support,\r\n\r\nplease find our request attached.\r\n";
        return Mails.multipart(Map.of("From", "anna" + number + "@plant.example"), "mixed", Mails.part("text/plain", text), Mails.attachment("text/plain", "usage-request.txt", letter.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    private static void malformed(PrintStream out) {
        var all = MalformedMails.all();
        for (int warmUp = 0; warmUp < WARM_UP; warmUp++) {
            all.values().forEach(made -> read(made.get()));
        }
        all.forEach((what, made) -> {
            var mail = made.get();
            var took = new long[TRIES];
            for (int i = 0; i < TRIES; i++) {
                took[i] = read(mail);
            }
            Arrays.sort(took);
            out.println("malformed\t" + what + "\t" + took[TRIES / 2]);
        });
    }

    private static long read(byte[] mail) {
        long began = THREADS.getCurrentThreadCpuTime();
        var read = ReceivedMail.read(mail);
        var letters = FindLetters.in(read.texts()).letters();
        new IsMachine(List.of()).sign(read);
        if (!letters.isEmpty() || read.head().references().size() > 1000) {
            throw new IllegalStateException("there is no letter in it");
        }
        return THREADS.getCurrentThreadCpuTime() - began;
    }
}
