package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleTest {
    static Path classes() throws URISyntaxException {
        return Path.of(LicenseClient.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    static ModuleDescriptor module() throws URISyntaxException {
        return ModuleFinder.of(classes()).find("dev.charter.client").orElseThrow().descriptor();
    }

    @Test void the_module_exports_one_package_to_all_and_opens_none() throws Exception {
        assertThat(module().exports()).extracting(ModuleDescriptor.Exports::source).containsExactly("dev.charter.client");
        assertThat(module().exports()).noneMatch(ModuleDescriptor.Exports::isQualified);
        assertThat(module().opens()).isEmpty();
    }

    @Test void it_requires_the_format_http_and_the_machine_reader_and_nothing_else() throws Exception {
        assertThat(module().requires()).extracting(ModuleDescriptor.Requires::name)
                .containsExactlyInAnyOrder("java.base", "dev.charter.format", "java.net.http", "com.github.oshi", "org.slf4j", "org.jspecify");
    }

    @Test void what_a_product_can_see_is_a_listed_few_types() throws Exception {
        List<String> visible;
        try (var files = Files.list(classes().resolve("dev/charter/client"))) {
            visible = files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".class") && !f.contains("$") && !f.startsWith("package-info"))
                    .map(f -> f.replace(".class", "")).filter(ModuleTest::isPublic).toList();
        } catch (IOException fault) {
            throw new AssertionError(fault);
        }
        assertThat(visible).containsExactlyInAnyOrder("LicenseClient", "LicenseClientBuilder", "LicenseState", "Activation", "Deactivation", "EmergencyStart", "Transport", "Machine",
                "Background", "Contact", "Disk", "Notice", "HomeInUse", "TrialStart", "Waiting", "RequestMade", "LetterLook", "LeaseSigner", "PoolWish", "Seat", "SeatChoice",
                "SeatWait", "PoolLook", "Purchase", "Offers", "Ordering", "Order");
    }

    private static boolean isPublic(String name) {
        try {
            return Modifier.isPublic(Class.forName("dev.charter.client." + name).getModifiers());
        } catch (ClassNotFoundException fault) {
            throw new AssertionError(fault);
        }
    }

    @Test void every_state_is_of_its_own_kind() {
        assertThat(leaves(LicenseState.class)).hasSize(LicenseState.Kind.values().length);
    }

    private static List<Class<?>> leaves(Class<?> sealed) {
        return java.util.Arrays.stream(sealed.getPermittedSubclasses()).flatMap(c -> c.isSealed() ? leaves(c).stream() : java.util.stream.Stream.of(c)).toList();
    }
}
