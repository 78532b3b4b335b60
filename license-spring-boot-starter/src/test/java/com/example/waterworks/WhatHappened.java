package com.example.waterworks;

import dev.charter.spring.LicenseChanged;
import dev.charter.spring.LicenseNoticed;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Listens as a product would.
@Component
public class WhatHappened {
    public final BlockingQueue<LicenseChanged> changes = new LinkedBlockingQueue<>();
    public final List<LicenseNoticed> notices = new CopyOnWriteArrayList<>();

    @EventListener
    void on(LicenseChanged changed) {
        changes.add(changed);
    }

    @EventListener
    void on(LicenseNoticed noticed) {
        notices.add(noticed);
    }
}
