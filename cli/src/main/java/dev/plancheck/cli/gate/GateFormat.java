// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.gate;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import dev.plancheck.cli.terminal.Cells;
import dev.plancheck.cli.terminal.Paint;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/// The gate's answer, for people and for programs.
final class GateFormat {
  private static final int SHAPE = 1;

  private GateFormat() {}

  static void writeHuman(Writer out, GateReport report, Paint paint) throws IOException {
    var state = report.isOpen() ? paint.success(report.state()) : paint.error(report.state());
    out.write("%s  %s for %s%s\n".formatted(state, report.plan(), purpose(report), seen(report)));
    var width =
        report.reasons().stream().mapToInt(reason -> reason.kind().length()).max().orElse(0);
    for (var reason : report.reasons()) {
      var kind = paint.warning(Cells.fit(reason.kind(), width));
      out.write("  %s  %s\n".formatted(kind, reason.message()));
    }
    var override = report.override();
    if (override != null) {
      out.write("  taken over by %s: %s\n".formatted(override.actor(), override.reason()));
    }
  }

  private static String purpose(GateReport report) {
    return report.purpose().toLowerCase(Locale.ROOT);
  }

  private static String seen(GateReport report) {
    var seen = new StringBuilder(" (version ").append(report.planVersion());
    if (report.attempt() > 0) {
      seen.append(", checked in attempt ").append(report.attempt());
      if (report.verdict() != null) {
        seen.append(": ").append(report.verdict());
      }
      seen.append(", %d of %d databases".formatted(report.checked(), report.matched()));
    }
    return seen.append(')').toString();
  }

  static void writeJson(Writer out, GateReport report) throws IOException {
    var json = new JsonWriter(out);
    json.setFormattingStyle(FormattingStyle.PRETTY);
    json.setSerializeNulls(true);
    json.beginObject().name("version").value(SHAPE);
    json.name("plan").value(report.plan());
    json.name("purpose").value(report.purpose());
    json.name("state").value(report.state());
    json.name("planVersion").value(report.planVersion());
    json.name("attempt").value(report.attempt());
    json.name("verdict").value(report.verdict());
    json.name("checked").value(report.checked());
    json.name("matched").value(report.matched());
    json.name("reasons").beginArray();
    for (var reason : report.reasons()) {
      json.beginObject();
      json.name("kind").value(reason.kind());
      json.name("message").value(reason.message());
      json.name("overridable").value(reason.overridable());
      json.endObject();
    }
    json.endArray();
    json.name("override");
    var override = report.override();
    if (override == null) {
      json.nullValue();
    } else {
      json.beginObject();
      json.name("actor").value(override.actor());
      json.name("reason").value(override.reason());
      json.endObject();
    }
    json.endObject().flush();
    out.write('\n');
  }
}
