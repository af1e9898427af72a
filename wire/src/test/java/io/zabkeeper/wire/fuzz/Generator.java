package io.zabkeeper.wire.fuzz;

import java.util.SplittableRandom;

/** Makes inputs. Depends on nothing but the numbers that it draws, so the same ones give the same input. */
public interface Generator {
    byte[] next(SplittableRandom random);
}
