package io.zabkeeper.consensus;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;

/** Cores are functions: no clock, thread, socket, file or chance, and none knows another. */
@AnalyzeClasses(packages = "io.zabkeeper.consensus", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String CONTRACT = "io.zabkeeper.consensus";

    /** A1. The driver moves bytes, so it alone may know buffers. */
    @ArchTest
    static final ArchRule cores_know_the_language_and_collections_only = classes()
            .that()
            .resideOutsideOfPackage(CONTRACT + ".driver..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    CONTRACT + "..",
                    "java.lang",
                    "java.lang.invoke",
                    "java.lang.runtime",
                    "java.util",
                    "java.util.function",
                    "java.util.random",
                    "org.jspecify..");

    /** A1. */
    @ArchTest
    static final ArchRule the_contract_knows_no_driver = noClasses()
            .that()
            .resideOutsideOfPackage(CONTRACT + ".driver..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CONTRACT + ".driver..");

    /** A2, A3. */
    @ArchTest
    static final ArchRule nothing_is_left_to_chance = noClasses()
            .should(ArchConditions.accessTargetWhere(naming("java.lang.System", "currentTimeMillis|nanoTime")
                    .or(naming("java.lang.System", "getProperty|getenv|exit"))
                    .or(naming("java.lang.Math", "random"))
                    .or(naming("java.util.UUID", "randomUUID"))
                    .or(naming("java.util.Set", "of|copyOf"))
                    .or(naming("java.util.Map", "of|copyOf|ofEntries"))
                    .or(naming("java.util.stream.Collectors", "toSet|toUnmodifiableSet"))));

    /** A4. */
    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().matching("io.zabkeeper.(**)").should().beFreeOfCycles();

    /** A5. */
    @ArchTest
    static final ArchRule protocols_do_not_know_each_other = slices().matching(CONTRACT + ".(zab|raft|paxos|pbft)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true);

    /** A5. */
    @ArchTest
    static final ArchRule the_driver_runs_any_protocol = noClasses()
            .that()
            .resideInAnyPackage(CONTRACT, CONTRACT + ".driver..", CONTRACT + ".quorum..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CONTRACT + ".zab..", CONTRACT + ".raft..", CONTRACT + ".paxos..", CONTRACT + ".pbft..");

    /** A9. */
    @ArchTest
    static final ArchRule static_fields_are_final = fields().that()
            .areStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .beFinal();

    /** A10. */
    @ArchTest
    static final ArchRule names_are_nouns =
            classes().should().haveNameNotMatching(".*(Impl|Manager|Utils?|Helper|Base)");

    /** A12, A14. */
    @ArchTest
    static final ArchRule no_threads_and_no_loggers = noClasses()
            .should()
            .dependOnClassesThat(describe(
                    "threads, locks or loggers",
                    type -> type.isAssignableTo(Thread.class)
                            || type.getPackageName().startsWith("java.util.concurrent")
                            || type.getPackageName().startsWith("org.slf4j")
                            || type.getPackageName().startsWith("java.util.logging")));

    /** A12. */
    @ArchTest
    static final ArchRule nothing_is_locked = methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED);

    private ArchitectureTest() {}

    /** A call of, or a reference to, a method of this type. */
    private static DescribedPredicate<JavaAccess<?>> naming(String type, String names) {
        return describe(
                type + "." + names,
                access -> access.getTargetOwner().getFullName().equals(type)
                        && access.getName().matches(names));
    }
}
