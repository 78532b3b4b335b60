package dev.charter.floating;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses SERVER = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.charter.floating");

    @Test
    void packages_do_not_depend_on_each_other_in_a_circle() {
        slices().matching("dev.charter.floating.(*)..").should().beFreeOfCycles().check(SERVER);
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
