package dev.charter.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses SERVER = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.charter.server");

    @Test
    void packages_do_not_depend_on_each_other_in_a_circle() {
        slices().matching("dev.charter.server.(*)..").should().beFreeOfCycles().check(SERVER);
    }

    @Test
    void it_knows_nothing_of_what_a_server_is_for() {
        noClasses().should().dependOnClassesThat(resideInAPackage("dev.charter..").and(not(resideInAPackage("dev.charter.server..")))).check(SERVER);
        noClasses().should().haveNameMatching(".*(License|Vendor|Broker|Mqtt|Authority).*").check(SERVER);
    }

    @Test
    void packages_are_named_after_the_domain_and_never_after_layers() {
        noClasses().should().resideInAnyPackage("..service..", "..services..", "..dto..", "..util..", "..utils..", "..impl..", "..common..", "..helper..", "..model..", "..controller..", "..repository..").check(SERVER);
        noClasses().should().haveNameMatching(".*(Manager|Helper|Impl|Util|Utils|Dto|Controller|Repository)").check(SERVER);
    }

    @Test
    void time_is_passed_in() {
        noClasses().should().callMethod(Instant.class, "now").orShould().callMethod(System.class, "currentTimeMillis").orShould().callMethod(Clock.class, "systemUTC").check(SERVER);
    }
}
