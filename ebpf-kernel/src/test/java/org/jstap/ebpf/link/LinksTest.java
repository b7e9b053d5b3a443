package org.jstap.ebpf.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LinksTest {

    private record FakeLink(Runnable onClose) implements Link {
        @Override
        public String describe() {
            return "fake";
        }

        @Override
        public long missed() {
            return 0;
        }

        @Override
        public void close() {
            onClose.run();
        }
    }

    @Test
    void closesConcurrently() {
        CountDownLatch bothAreClosing = new CountDownLatch(2);
        AtomicInteger met = new AtomicInteger();
        Runnable waitForTheOther = () -> {
            bothAreClosing.countDown();
            try {
                if (bothAreClosing.await(10, TimeUnit.SECONDS)) {
                    met.incrementAndGet();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        Links.closeAll(List.of(new FakeLink(waitForTheOther), new FakeLink(waitForTheOther)));
        assertThat(met).hasValue(2);
    }

    @Test
    void closesEveryOneOfManyEvenIfSomeFail() {
        AtomicInteger closed = new AtomicInteger();
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            boolean fails = i % 50 == 7;
            links.add(new FakeLink(() -> {
                closed.incrementAndGet();
                if (fails) {
                    throw new IllegalStateException("no");
                }
            }));
        }
        assertThatThrownBy(() -> Links.closeAll(links))
                .hasMessage("no")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(closed).hasValue(100);
        Links.closeAll(List.of());
    }
}
