package dev.charter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportedTypesTest {
    @Test void what_a_product_can_see_is_a_listed_few_types() throws Exception {
        var classes = Path.of(LicenseWords.class.getProtectionDomain().getCodeSource().getLocation().toURI()).resolve("dev/charter/spring");
        List<String> visible;
        try (var files = Files.list(classes)) {
            visible = files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(".class") && !file.contains("$") && !file.startsWith("package-info"))
                    .map(file -> file.replace(".class", "")).filter(ExportedTypesTest::isPublic).toList();
        }
        assertThat(visible).containsExactlyInAnyOrder("CharterLicenseAutoConfiguration", "LicenseWords", "LicenseAction", "LicenseClientCustomizer", "LicensePageAccess", "RequiresFeature",
                "FeatureNotLicensed", "LicenseChanged", "LicenseNoticed");
    }

    private static boolean isPublic(String name) {
        try {
            return Modifier.isPublic(Class.forName("dev.charter.spring." + name).getModifiers());
        } catch (ClassNotFoundException fault) {
            throw new AssertionError(fault);
        }
    }
}
