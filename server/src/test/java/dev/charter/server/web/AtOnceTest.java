package dev.charter.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AtOnceTest {
    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void no_more_than_so_many_are_handled_at_once_and_none_is_forgotten() {
        var atOnce = new AtOnce(8);
        var present = new AtomicInteger();
        var highest = new AtomicInteger();
        var done = new CountDownLatch(5_000);
        for (int i = 0; i < 5_000; i++) {
            atOnce.execute(() -> {
                highest.accumulateAndGet(present.incrementAndGet(), Math::max);
                Thread.yield();
                present.decrementAndGet();
                done.countDown();
            });
        }
        await(done);
        assertThat(highest.get()).isBetween(2, 8);
    }

    @Test
    void who_waits_is_handled_in_the_order_of_coming() {
        var atOnce = new AtOnce(1);
        var go = new CountDownLatch(1);
        var done = new CountDownLatch(20);
        var order = Collections.synchronizedList(new ArrayList<Integer>());
        atOnce.execute(() -> await(go));
        IntStream.range(0, 20).forEach(i -> atOnce.execute(() -> {
            order.add(i);
            done.countDown();
        }));
        go.countDown();
        await(done);
        assertThat(order).containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
    }

    @Test
    void a_fault_in_one_leaves_its_place_to_the_next() {
        var atOnce = new AtOnce(1);
        var done = new CountDownLatch(1);
        List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
        atOnce.execute(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((_, fault) -> faults.add(fault));
            throw new IllegalStateException("a fault");
        });
        atOnce.execute(done::countDown);
        await(done);
        assertThat(faults).singleElement().isInstanceOf(IllegalStateException.class);
    }
}
