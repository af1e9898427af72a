package io.zabkeeper.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;

/** The arrows of one member: edge, request, replica, then tree with watch and session, then the base. */
@AnalyzeClasses(packages = "io.zabkeeper.server", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String SERVER = "io.zabkeeper.server";
    private static final String[] EDGE = {
        SERVER + ".net..", SERVER + ".admin..", SERVER + ".peer..", SERVER + ".log..", SERVER + ".store.."
    };
    private static final String[] BASE = {
        SERVER + ".auth..", SERVER + ".metrics..", SERVER + ".config..", SERVER + ".loop.."
    };

    private static final String NATIVE_LIBRARY = SERVER + ".store.NativeLibrary";

    /** State and rules about it: what every member must compute alike. */
    private static final String[] PURE = {SERVER + ".tree..", SERVER + ".watch..", SERVER + ".session.."};

    /** A2. Time comes from {@code Main}; the edge may measure how long its own input and output takes. */
    @ArchTest
    static final ArchRule below_the_edge_nobody_looks_at_the_clock = noClasses()
            .that()
            .resideInAnyPackage(SERVER + ".request..", SERVER + ".replica..")
            .or()
            .resideInAnyPackage(PURE)
            .or()
            .resideInAnyPackage(BASE)
            .should(ArchConditions.accessTargetWhere(naming(System.class, "currentTimeMillis|nanoTime")))
            .allowEmptyShould(true);

    /** A2, A3. */
    @ArchTest
    static final ArchRule the_tree_leaves_nothing_to_chance = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should(ArchConditions.accessTargetWhere(naming("java.lang.Math", "random")
                    .or(naming("java.util.UUID", "randomUUID"))
                    .or(naming("java.util.concurrent.ThreadLocalRandom", ".*"))
                    .or(naming("java.util.Set", "of|copyOf"))
                    .or(naming("java.util.Map", "of|copyOf|ofEntries"))
                    .or(naming("java.util.stream.Collectors", "toSet|toUnmodifiableSet"))))
            .allowEmptyShould(true);

    /** A4. */
    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().matching("io.zabkeeper.(**)").should().beFreeOfCycles();

    /** A5. */
    @ArchTest
    static final ArchRule only_the_root_and_the_peer_codec_name_a_protocol = noClasses()
            .that()
            .resideInAPackage(SERVER + ".*..")
            .and()
            .resideOutsideOfPackage(SERVER + ".peer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.zabkeeper.consensus.zab..",
                    "io.zabkeeper.consensus.raft..",
                    "io.zabkeeper.consensus.paxos..",
                    "io.zabkeeper.consensus.pbft..");

    /** A6. */
    @ArchTest
    static final ArchRule calls_go_down_only = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("root")
            .definedBy(SERVER)
            .layer("edge")
            .definedBy(EDGE)
            .layer("request")
            .definedBy(SERVER + ".request..")
            .layer("replica")
            .definedBy(SERVER + ".replica..")
            .layer("tree")
            .definedBy(SERVER + ".tree..")
            .layer("watch")
            .definedBy(SERVER + ".watch..")
            .layer("session")
            .definedBy(SERVER + ".session..")
            .layer("base")
            .definedBy(BASE)
            .whereLayer("root")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("edge")
            .mayOnlyBeAccessedByLayers("root")
            .whereLayer("request")
            .mayOnlyBeAccessedByLayers("root", "edge")
            .whereLayer("replica")
            .mayOnlyBeAccessedByLayers("root", "edge", "request")
            .whereLayer("tree")
            .mayOnlyBeAccessedByLayers("root", "edge", "request", "replica")
            .whereLayer("watch")
            .mayOnlyBeAccessedByLayers("root", "edge", "request", "replica")
            .whereLayer("session")
            .mayOnlyBeAccessedByLayers("root", "edge", "request", "replica", "tree");

    /** A6. */
    @ArchTest
    static final ArchRule packages_of_the_edge_do_not_know_each_other =
            slices().matching(SERVER + ".(net|admin|peer|log|store)..").should().notDependOnEachOther();

    /** A6. */
    @ArchTest
    static final ArchRule watches_know_the_wire_only = noClasses()
            .that()
            .resideInAPackage(SERVER + ".watch..")
            .should()
            .dependOnClassesThat(
                    in("io.zabkeeper..").and(DescribedPredicate.not(in("io.zabkeeper.wire..", SERVER + ".watch.."))))
            .allowEmptyShould(true);

    /** A7. */
    @ArchTest
    static final ArchRule sockets_are_the_business_of_the_edge_and_the_loop = noClasses()
            .that()
            .resideOutsideOfPackages(
                    SERVER, SERVER + ".net..", SERVER + ".peer..", SERVER + ".admin.http..", SERVER + ".loop..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.channel..");

    /** A7. */
    @ArchTest
    static final ArchRule lmdb_is_the_business_of_the_store = noClasses()
            .that()
            .resideOutsideOfPackage(SERVER + ".store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.lmdbjava..");

    /** A7. */
    @ArchTest
    static final ArchRule files_are_the_business_of_log_and_store = noClasses()
            .that()
            .resideOutsideOfPackages(SERVER + ".log..", SERVER + ".store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.channels..");

    /** A8. LMDB's binding takes the place of its native library from a property. */
    @ArchTest
    static final ArchRule settings_of_the_process_are_read_in_one_place = noClasses()
            .that()
            .resideOutsideOfPackage(SERVER + ".config..")
            .and()
            .doNotHaveFullyQualifiedName(SERVER + ".Main")
            .and()
            .doNotHaveFullyQualifiedName(NATIVE_LIBRARY)
            .should(ArchConditions.accessTargetWhere(
                    naming(System.class, "getProperty|getProperties|getenv|setProperty")));

    /** A8. */
    @ArchTest
    static final ArchRule the_process_ends_in_one_place = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(SERVER + ".Main")
            .and()
            .doNotHaveFullyQualifiedName(SERVER + ".FailStop")
            .should(ArchConditions.accessTargetWhere(
                    naming(System.class, "exit").or(naming(Runtime.class, "exit|halt"))));

    /** A9. Whether a native library is loaded belongs to the process. */
    @ArchTest
    static final ArchRule static_fields_are_final = fields().that()
            .areStatic()
            .and()
            .areNotDeclaredIn(NATIVE_LIBRARY)
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .beFinal();

    /** A10. */
    @ArchTest
    static final ArchRule names_are_nouns =
            classes().should().haveNameNotMatching(".*(Impl|Manager|Utils?|Helper|Base)");

    /** A12. One loop owns the state: whoever locks it has misunderstood. */
    @ArchTest
    static final ArchRule the_state_knows_no_threads = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat(
                    in("java.util.concurrent..").or(describe("threads", type -> type.isAssignableTo(Thread.class))))
            .allowEmptyShould(true);

    /** A12. */
    @ArchTest
    static final ArchRule the_state_is_not_locked = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(PURE)
            .should()
            .notHaveModifier(JavaModifier.SYNCHRONIZED)
            .allowEmptyShould(true);

    /** A14. */
    @ArchTest
    static final ArchRule the_state_does_not_log = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.slf4j..", "java.util.logging..", "java.lang.System.Logger..")
            .allowEmptyShould(true);

    private ArchitectureTest() {}

    private static DescribedPredicate<JavaClass> in(String... packages) {
        return JavaClass.Predicates.resideInAnyPackage(packages);
    }

    private static DescribedPredicate<JavaAccess<?>> naming(Class<?> type, String names) {
        return naming(type.getName(), names);
    }

    /** A call of, or a reference to, a method of this type. */
    private static DescribedPredicate<JavaAccess<?>> naming(String type, String names) {
        return describe(
                type + "." + names,
                access -> access.getTargetOwner().getFullName().equals(type)
                        && access.getName().matches(names));
    }
}
