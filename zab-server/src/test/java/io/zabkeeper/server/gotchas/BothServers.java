package io.zabkeeper.server.gotchas;

import io.zabkeeper.server.oracle.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.junit.platform.commons.support.AnnotationSupport;

/** The servers of {@link OnBoth}: each shape is started once, when it is first needed, and serves until all tests are done. */
final class BothServers implements ArgumentsProvider {
    private static final Namespace NAMESPACE = Namespace.create(BothServers.class);

    @Override
    public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        int members = AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), OnBoth.class)
                .orElseThrow()
                .members();
        Pair pair = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(members, key -> Pair.started(members), Pair.class);
        return Stream.of(Arguments.of(pair.reference), Arguments.of(pair.own));
    }

    /** A server of the same kind for one test alone. */
    static Subject another(Subject subject, int members, String... settings) throws IOException {
        return subject.name().equals("reference")
                ? Subject.reference(members, settings)
                : Subject.own(members, settings);
    }

    static boolean isOurs(Subject subject) {
        return !subject.name().equals("reference");
    }

    private record Pair(Subject reference, Subject own) implements AutoCloseable {
        /** Nodes with a time to live are switched on in the one shape and off in the other. */
        static Pair started(int members) {
            String setting = "extendedTypesEnabled=" + (members == 1);
            try {
                Subject reference = Subject.reference(members, setting);
                try {
                    return new Pair(reference, Subject.own(members, setting));
                } catch (IOException | AssertionError failure) {
                    reference.close();
                    throw failure;
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public void close() {
            own.close();
            reference.close();
        }
    }
}
