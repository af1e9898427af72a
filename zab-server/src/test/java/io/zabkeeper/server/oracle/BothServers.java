package io.zabkeeper.server.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The servers of {@link OnBoth}: each shape is started once, when it is first needed, and serves until all tests of this process
 * are done. Its context's root would not do: where tests run in several processes, each class has a root of its own.
 */
public final class BothServers implements ArgumentsProvider {
    private static final Namespace NAMESPACE = Namespace.create(BothServers.class);

    @Override
    public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        OnBoth wanted = AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), OnBoth.class)
                .orElseThrow();
        Shape shape = new Shape(wanted.members(), List.of(wanted.settings()));
        BothSubjects both = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(shape, Shape::started, BothSubjects.class);
        return Stream.of(Arguments.of(both.reference()), Arguments.of(both.own()));
    }

    /** A server of the same kind for one test alone. */
    public static Subject another(Subject subject, int members, String... settings) throws IOException {
        return subject.name().equals("reference")
                ? Subject.reference(members, settings)
                : Subject.own(members, settings);
    }

    public static boolean isOurs(Subject subject) {
        return !subject.name().equals("reference");
    }

    private record Shape(int members, List<String> settings) {
        /** Nodes with a time to live are switched on where there is one member and off where there are several. */
        private String[] lines() {
            return Stream.concat(Stream.of("extendedTypesEnabled=" + (members == 1)), settings.stream())
                    .toArray(String[]::new);
        }

        BothSubjects started() {
            try {
                return BothSubjects.started(members, lines());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
