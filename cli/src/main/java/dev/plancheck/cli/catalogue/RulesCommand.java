// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.catalogue;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import dev.plancheck.cli.report.OutputOptions;
import dev.plancheck.cli.terminal.Cells;
import dev.plancheck.cli.terminal.Paint;
import dev.plancheck.cli.terminal.Terminal;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.review.Rule;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.Status;
import dev.plancheck.rules.Rules;
import dev.plancheck.rules.policy.RuleOptions;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `plancheck rules`: the catalogue.
@Command(
    name = "rules",
    description = "Lists every rule with its usual severity.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  plancheck rules",
      "  plancheck rules --format json         with engines and options, for programs"
    })
public final class RulesCommand implements Callable<Integer> {
  private static final int SHAPE = 1;

  private final Terminal terminal;

  @Mixin private OutputOptions options = new OutputOptions();

  public RulesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var paint = options.paint(terminal);
    options
        .output(terminal)
        .write(
            switch (options.format()) {
              case HUMAN -> out -> writeTable(out, paint);
              case JSON -> RulesCommand::writeJson;
            });
    return 0;
  }

  private static void writeTable(Writer out, Paint paint) throws IOException {
    var infos = Rules.infos();
    var width = infos.stream().mapToInt(info -> info.id().length()).max().orElse(0);
    for (var info : infos) {
      var severity = Cells.fit(severity(info), Status.WARNING.name().length());
      var painted =
          info.isOptIn()
              ? severity
              : info.severity() == Status.ERROR ? paint.error(severity) : paint.warning(severity);
      out.write("%s  %s  %s\n".formatted(Cells.fit(info.id(), width), painted, info.title()));
    }
    out.write(
        "\n%d rules; 'plancheck explain RULE' shows the page of one.\n".formatted(infos.size()));
  }

  private static void writeJson(Writer out) throws IOException {
    var json = new JsonWriter(out);
    json.setFormattingStyle(FormattingStyle.PRETTY);
    json.beginObject().name("version").value(SHAPE);
    json.name("rules").beginArray();
    for (var info : Rules.infos()) {
      json.beginObject();
      json.name("id").value(info.id());
      json.name("title").value(info.title());
      json.name("severity").value(info.severity().name());
      json.name("optIn").value(info.isOptIn());
      json.name("engines").beginArray();
      for (var engine : info.engines().stream().map(Engine::id).sorted().toList()) {
        json.value(engine);
      }
      json.endArray();
      json.name("since").value(info.since());
      writeOptions(json, options(info));
      json.endObject();
    }
    json.endArray().endObject().flush();
    out.write('\n');
  }

  private static void writeOptions(JsonWriter json, List<RuleOptions.Option> options)
      throws IOException {
    json.name("options").beginArray();
    for (var option : options) {
      json.beginObject().name("name").value(option.name()).name("default");
      switch (option.value()) {
        case Number number -> json.value(number);
        case Boolean truth -> json.value(truth);
        default -> json.value(option.value().toString());
      }
      json.endObject();
    }
    json.endArray();
  }

  private static List<RuleOptions.Option> options(RuleInfo info) {
    return Rules.ALL.stream()
        .filter(rule -> rule.info().id().equals(info.id()))
        .findFirst()
        .map((Rule rule) -> RuleOptions.of(rule))
        .orElse(List.of());
  }

  private static String severity(RuleInfo info) {
    return info.isOptIn() ? "off" : info.severity().name().toLowerCase(Locale.ROOT);
  }
}
