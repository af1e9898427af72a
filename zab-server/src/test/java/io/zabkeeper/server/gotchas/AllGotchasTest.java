package io.zabkeeper.server.gotchas;

import static org.assertj.core.api.Assertions.assertThat;

import io.zabkeeper.server.oracle.OnBoth;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** None is forgotten. */
class AllGotchasTest {
    private static final int GOTCHAS = 90;
    private static final Pattern NAME = Pattern.compile("g(\\d\\d)_\\w+");

    @Test
    void every_gotcha_has_a_test() {
        Set<Integer> tested = new TreeSet<>();
        Stream.of(
                        AclGotchasTest.class,
                        AdminGotchasTest.class,
                        ClusterGotchasTest.class,
                        HandshakeGotchasTest.class,
                        MultiGotchasTest.class,
                        ReplyGotchasTest.class,
                        SessionGotchasTest.class,
                        WatchGotchasTest.class,
                        ZnodeGotchasTest.class)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(OnBoth.class))
                .map(Method::getName)
                .forEach(name -> {
                    Matcher matcher = NAME.matcher(name);
                    assertThat(matcher.matches()).as(name).isTrue();
                    tested.add(Integer.parseInt(matcher.group(1)));
                });

        assertThat(tested)
                .isEqualTo(IntStream.rangeClosed(1, GOTCHAS).boxed().collect(Collectors.toCollection(TreeSet::new)));
    }
}
