package io.zabkeeper.client;

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

/** The client knows the wire and no server; its sockets stay inside. */
@AnalyzeClasses(packages = "io.zabkeeper.client", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    /** A4. */
    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().matching("io.zabkeeper.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule of_zabkeeper_only_the_wire_is_known = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.zabkeeper.server..", "io.zabkeeper.consensus..");

    /** A7. */
    @ArchTest
    static final ArchRule sockets_stay_inside = noClasses()
            .that()
            .resideOutsideOfPackage("io.zabkeeper.client.internal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.channel..", "java.nio.channels..");

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
