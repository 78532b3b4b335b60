package dev.charter.authority;

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
    private static final JavaClasses AUTHORITY = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.charter.authority");

    @Test
    void packages_do_not_depend_on_each_other_in_a_circle() {
        slices().matching("dev.charter.authority.(*)..").should().beFreeOfCycles().check(AUTHORITY);
    }

    @Test
    void nobody_reaches_back_into_the_package_that_puts_all_together() {
        noClasses().that().resideInAPackage("dev.charter.authority.*..").should().dependOnClassesThat().resideInAPackage("dev.charter.authority").check(AUTHORITY);
    }

    @Test
    void a_resource_belongs_to_its_domain_alone() {
        classes().that().areAnnotatedWith(RestController.class).should().haveSimpleNameEndingWith("Resource").andShould().bePackagePrivate()
                .andShould().resideInAPackage("dev.charter.authority.*").check(AUTHORITY);
        for (var resource : AUTHORITY.that(annotatedWith(RestController.class))) {
            noClasses().that().resideOutsideOfPackage(resource.getPackageName()).should().dependOnClassesThat().haveFullyQualifiedName(resource.getFullName()).allowEmptyShould(true).check(AUTHORITY);
        }
    }

    @Test
    void packages_are_named_after_the_domain_and_never_after_layers() {
        noClasses().should().resideInAnyPackage("..service..", "..services..", "..dto..", "..util..", "..utils..", "..impl..", "..common..", "..helper..", "..model..", "..controller..", "..repository..").check(AUTHORITY);
        noClasses().should().haveNameMatching(".*(Manager|Helper|Impl|Util|Utils|Dto|Controller|Repository)").check(AUTHORITY);
    }

    @Test
    void only_access_knows_spring_security() {
        noClasses().that().resideOutsideOfPackage("dev.charter.authority.access").should().dependOnClassesThat().resideInAPackage("org.springframework.security..").check(AUTHORITY);
    }

    @Test
    void only_resources_and_what_surrounds_them_know_http() {
        noClasses().that().resideOutsideOfPackages("dev.charter.authority.access", "dev.charter.authority.operation", "dev.charter.authority")
                .and().haveNameNotMatching(".*Resource(\\$.*)?")
                .should().dependOnClassesThat(resideInAPackage("org.springframework.web..").or(resideInAPackage("org.springframework.http..")).or(resideInAPackage("jakarta.servlet..")))
                .check(AUTHORITY);
    }

    @Test
    void private_keys_stay_in_the_signing_module() {
        var holdKeys = "java\\.security\\.(PrivateKey|KeyPair|KeyPairGenerator|KeyFactory|KeyStore|Signature)"
                + "|dev\\.charter\\.signing\\.(PrivateKeys|KeyVault|FileKeyVault|MemoryKeyVault|SealedKeys|RootKeys|Ceremony|InitVendor|RotateIssuingKey|RotateRoot|RevokeKey)"
                + "|org\\.bouncycastle\\..*";
        noClasses().should().dependOnClassesThat().haveNameMatching(holdKeys).check(AUTHORITY);
    }

    @Test
    void time_is_passed_in() {
        noClasses().should().callMethod(Instant.class, "now").orShould().callMethod(LocalDate.class, "now").orShould().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(Clock.class, "systemUTC").orShould().callMethod(Clock.class, "systemDefaultZone").check(AUTHORITY);
    }
}
