package io.zabkeeper.server.oracle;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A test of one server, which runs against the reference and against ours. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}", autoCloseArguments = false)
@ArgumentsSource(BothServers.class)
public @interface OnBoth {
    /** 1 for a standalone server. */
    int members() default 1;

    /** Lines of {@code zoo.cfg} and options of the virtual machine; tests with the same ones share their servers. */
    String[] settings() default {};
}
