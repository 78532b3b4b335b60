package dev.charter.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

class StartFailuresTest {
    @Test void a_product_without_its_settings_does_not_start_and_is_told_which_are_missing() {
        assertThatThrownBy(() -> RunningProduct.start(Map.of())).hasRootCauseInstanceOf(SettingsMistaken.class).rootCause().hasMessageContaining("charter.license.product is missing")
                .hasMessageContaining("charter.license.trust-anchor is missing");
    }

    @Test void spring_boot_says_it_in_sentences_in_place_of_a_stack_trace() {
        var failure = new BeanCreationException("licenseSettings", "could not be made", new SettingsMistaken(List.of("charter.license.product is missing.")));
        var analyses = SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalyzer.class, FailureHandler.handleMessage((message, fault) -> {})).stream()
                .map(analyzer -> analyzer.analyze(failure)).filter(Objects::nonNull).toList();
        assertThat(analyses).extracting(FailureAnalysis::getDescription).containsExactly("The license's settings are mistaken:\ncharter.license.product is missing.");
        assertThat(analyses).extracting(FailureAnalysis::getAction).allSatisfy(action -> assertThat(action).contains("docs/embed-the-license-page.md"));
    }
}
