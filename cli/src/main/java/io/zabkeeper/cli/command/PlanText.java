package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.Screen;
import io.zabkeeper.cli.output.Style;
import io.zabkeeper.cli.output.ZnodeData;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows a plan: a line for each znode that is not kept as it is. */
record PlanText(Screen screen, Format format) {
    void print(Plan plan) {
        for (Plan.Step step : plan.steps()) {
            if (step.kind() != Plan.Kind.KEEP) {
                print(step);
            }
        }
    }

    private void print(Plan.Step step) {
        if (format == Format.JSON) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("change", step.kind().name().toLowerCase(Locale.ROOT));
            object.put("path", step.path());
            object.put("detail", step.detail());
            screen.result(Json.of(object));
        } else {
            Style style = switch (step.kind()) {
                case CREATE -> Style.GOOD;
                case CHANGE -> Style.WARNING;
                case DELETE -> Style.BAD;
                case KEEP -> Style.PLAIN;
            };
            String line = step.kind().mark() + " " + ZnodeData.onOneLine(step.path()) + " (" + step.detail() + ")";
            screen.result(screen.onOut(style, line));
        }
    }
}
