package io.zabkeeper.test;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;

/** Test support starts members and opens clients as any program could; its sockets are those of the relays. */
@AnalyzeClasses(packages = "io.zabkeeper.test", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    /** A4. */
    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().matching("io.zabkeeper.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule members_and_clients_are_taken_as_they_are = noClasses()
            .should()
            .dependOnClassesThat(describe(
                    "are inside of the server or the client",
                    type -> type.getPackageName().startsWith("io.zabkeeper.client.")
                            || type.getPackageName().startsWith("io.zabkeeper.consensus")
                            || type.getPackageName().matches("io\\.zabkeeper\\.server\\.(?!config$).*")));

    /** A7. */
    @ArchTest
    static final ArchRule sockets_belong_to_relays = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(Relay|RelayConnection|Lane|Members)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "java.nio.channels..");

    /** An ensemble needs no JUnit. */
    @ArchTest
    static final ArchRule junit_is_for_extensions = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Extension")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..");

    /** A8. */
    @ArchTest
    static final ArchRule the_process_is_not_ours = noClasses()
            .should(ArchConditions.accessTargetWhere(describe(
                    "settings or the end of the process",
                    (JavaAccess<?> access) -> access.getTargetOwner().isEquivalentTo(System.class)
                            && access.getName().matches("getProperty|getenv|exit|out|err"))));

    /** A9. */
    @ArchTest
    static final ArchRule static_fields_are_final = fields().that()
            .areStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .beFinal()
            .allowEmptyShould(true);

    /** A10. */
    @ArchTest
    static final ArchRule names_are_nouns =
            classes().should().haveNameNotMatching(".*(Impl|Manager|Utils?|Helper|Base)");

    private ArchitectureTest() {}
}
