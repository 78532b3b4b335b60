package dev.charter.mqtt;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RestController;

class ArchitectureTest {
    private static final JavaClasses SERVER = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.charter.mqtt");

    @Test
    void packages_do_not_depend_on_each_other_in_a_circle() {
        slices().matching("dev.charter.mqtt.(*)..").should().beFreeOfCycles().check(SERVER);
    }

    @Test
    void nobody_reaches_back_into_the_package_that_puts_all_together() {
        noClasses().that().resideInAPackage("dev.charter.mqtt.*..").should().dependOnClassesThat().resideInAPackage("dev.charter.mqtt").check(SERVER);
    }

    @Test
    void a_resource_belongs_to_its_domain_alone() {
        classes().that().areAnnotatedWith(RestController.class).should().haveSimpleNameEndingWith("Resource").andShould().bePackagePrivate()
                .andShould().resideInAPackage("dev.charter.mqtt.*").check(SERVER);
        for (var resource : SERVER.that(annotatedWith(RestController.class))) {
            noClasses().that().resideOutsideOfPackage(resource.getPackageName()).should().dependOnClassesThat().haveFullyQualifiedName(resource.getFullName()).allowEmptyShould(true).check(SERVER);
        }
    }

    @Test
    void packages_are_named_after_the_domain_and_never_after_layers() {
        noClasses().should().resideInAnyPackage("..service..", "..services..", "..dto..", "..util..", "..utils..", "..impl..", "..common..", "..helper..", "..model..", "..controller..", "..repository..").check(SERVER);
        noClasses().should().haveNameMatching(".*(Manager|Helper|Impl|Util|Utils|Dto|Controller|Repository)").check(SERVER);
    }

    @Test
    void only_the_broker_knows_who_the_broker_is() {
        noClasses().that().resideOutsideOfPackage("dev.charter.mqtt.broker").should().dependOnClassesThat().resideInAPackage("com.hivemq..").check(SERVER);
    }

    @Test
    void only_resources_and_what_surrounds_them_know_http() {
        noClasses().that().resideOutsideOfPackages("dev.charter.mqtt.console", "dev.charter.mqtt.operation", "dev.charter.mqtt.pages", "dev.charter.mqtt")
                .and().haveNameNotMatching(".*Resource(\\$.*)?")
                .should().dependOnClassesThat(resideInAPackage("org.springframework.web..").or(resideInAPackage("org.springframework.http..")).or(resideInAPackage("jakarta.servlet..")))
                .check(SERVER);
    }

    @Test
    void the_product_holds_no_code_that_signs_licenses_and_knows_the_license_by_its_client_alone() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("dev.charter.signing..", "dev.charter.store..", "dev.charter.authority..").check(SERVER);
        noClasses().that().resideOutsideOfPackage("dev.charter.mqtt").should().dependOnClassesThat(resideInAPackage("dev.charter.spring..").and(not(resideInAPackage("dev.charter.mqtt.."))))
                .check(SERVER);
    }

    @Test
    void time_is_passed_in() {
        noClasses().should().callMethod(Instant.class, "now").orShould().callMethod(LocalDate.class, "now").orShould().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(Clock.class, "systemUTC").orShould().callMethod(Clock.class, "systemDefaultZone").check(SERVER);
    }
}
