package com.example.waterworks;

import dev.charter.spring.RequiresFeature;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class PumpResource {
    private final Reports reports;

    PumpResource(Reports reports) {
        this.reports = reports;
    }

    @GetMapping("/pressure")
    String pressure() {
        return "4.2 bar";
    }

    @GetMapping("/forecast")
    @RequiresFeature("forecast")
    String forecast() {
        return "rising";
    }

    @GetMapping("/report")
    String report() {
        return reports.monthly();
    }
}
