package io.zabkeeper.wire;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.zabkeeper.wire", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule has_no_cycles =
            slices().matching("io.zabkeeper.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule knows_buffers_and_the_jdk_only = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.zabkeeper.wire..",
                    "io.netty.buffer..",
                    "java.lang..",
                    "java.util",
                    "java.util.function..",
                    "java.nio.charset..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule names_are_nouns =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Utils?|Helper|Base)");

    @ArchTest
    static final ArchRule static_fields_are_final =
            fields().that().areStatic().should().beFinal();
}
