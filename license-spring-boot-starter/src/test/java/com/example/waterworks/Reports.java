package com.example.waterworks;

import dev.charter.spring.RequiresFeature;
import org.springframework.stereotype.Component;

@Component
@RequiresFeature("reports")
public class Reports {
    public String monthly() {
        return "all pumps ran";
    }

    @RequiresFeature("forecast")
    public String yearly() {
        return "all pumps will run";
    }
}
