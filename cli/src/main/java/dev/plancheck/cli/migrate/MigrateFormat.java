// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.migrate;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import dev.plancheck.checks.migration.MigratedPlan;
import dev.plancheck.checks.migration.MigrationReport;
import dev.plancheck.checks.migration.MigrationReport.Entry;
import dev.plancheck.cli.terminal.Cells;
import dev.plancheck.cli.terminal.Paint;
import dev.plancheck.store.LegacyMigration.Wish;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/// What became of each plan, for people and for programs.
final class MigrateFormat {
  private static final int SHAPE = 1;

  private MigrateFormat() {}

  static void writeHuman(Writer out, MigrationReport report, Wish wish, Paint paint)
      throws IOException {
    out.write(
        line("PLAN", "ROWS", "DATABASES", "RESULTS", "BEFORE", "AFTER", "TRUSTED", "STATUS", ""));
    for (var entry : report.plans()) {
      writeLine(out, entry);
    }
    writeTotals(out, report, wish, paint);
  }

  private static void writeLine(Writer out, Entry entry) throws IOException {
    var plan = entry.plan();
    out.write(
        line(
            plan.legacyPlan(),
            plan.legacyRows(),
            plan.run().counts().targets(),
            plan.results(),
            gate(entry.gates().before()),
            gate(entry.gates().after()),
            gate(entry.gates().trusted()),
            plan.run().status(),
            note(plan)));
  }

  private static String line(Object... cells) {
    return "%-8s %8s %9s %8s  %-7s  %-7s  %-7s  %-8s  %s".formatted(cells).stripTrailing() + "\n";
  }

  private static String note(MigratedPlan plan) {
    if (plan.already()) {
      return "was here already";
    }
    if (!plan.quarantined().isEmpty()) {
      var first = plan.quarantined().getFirst();
      return Cells.printable(
          "%d odd: row %d, %s".formatted(plan.quarantinedRows(), first.uid(), first.reason()));
    }
    return Cells.printable(Cells.cut(plan.run().error(), 80));
  }

  private static void writeTotals(Writer out, MigrationReport report, Wish wish, Paint paint)
      throws IOException {
    var totals = report.totals();
    out.write(
        String.format(
            Locale.ROOT,
            "%n%,d plans of %,d rows, %,d results, %,d odd rows, %,d plans were here already.%n",
            report.plans().size(),
            totals.rows(),
            totals.results(),
            totals.quarantined(),
            totals.already()));
    out.write(
        String.format(
            Locale.ROOT,
            "Open gates: %,d before, %,d after, %,d with %d days of trust.%n",
            totals.open(),
            totals.openAfter(),
            totals.openTrusted(),
            report.trust().toDays()));
    if (report.opens()) {
      out.write(
          paint.error(
                  "%d gates would open, %d with trust: nothing was stored."
                      .formatted(report.opened(), report.openedTrusted()))
              + "\n");
    } else if (wish.rehearsal()) {
      out.write("No gate would open. Nothing was stored: this was a dry run.\n");
    } else {
      out.write("No gate was opened.\n");
    }
  }

  static void writeJson(Writer out, MigrationReport report, Wish wish) throws IOException {
    var json = new JsonWriter(out);
    json.setFormattingStyle(FormattingStyle.PRETTY);
    json.beginObject().name("version").value(SHAPE);
    json.name("dryRun").value(wish.rehearsal());
    json.name("project").value(wish.project());
    json.name("trustDays").value(report.trust().toDays());
    json.name("plans").beginArray();
    for (var entry : report.plans()) {
      writePlan(json, entry);
    }
    json.endArray();
    json.name("opened").value(report.opened());
    json.name("openedTrusted").value(report.openedTrusted());
    writeTotals(json, report);
    json.endObject().flush();
    out.write('\n');
  }

  private static void writePlan(JsonWriter json, Entry entry) throws IOException {
    var plan = entry.plan();
    json.beginObject();
    json.name("plan").value(plan.legacyPlan());
    json.name("name").value(plan.run().plan().toString());
    json.name("legacyRows").value(plan.legacyRows());
    json.name("targets").value(plan.run().counts().targets());
    json.name("results").value(plan.results());
    json.name("gateBefore").value(gate(entry.gates().before()));
    json.name("gateAfter").value(gate(entry.gates().after()));
    json.name("gateAfterTrusted").value(gate(entry.gates().trusted()));
    json.name("status").value(plan.run().status().name());
    json.name("verdict").value(String.valueOf(plan.run().verdict()));
    json.name("error").value(plan.run().error());
    json.name("already").value(plan.already());
    json.name("quarantinedRows").value(plan.quarantinedRows());
    json.name("quarantined").beginArray();
    for (var row : plan.quarantined()) {
      json.beginObject();
      json.name("row").value(row.uid());
      json.name("reason").value(row.reason());
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  private static void writeTotals(JsonWriter json, MigrationReport report) throws IOException {
    var totals = report.totals();
    json.name("totals").beginObject();
    json.name("plans").value(report.plans().size());
    json.name("legacyRows").value(totals.rows());
    json.name("results").value(totals.results());
    json.name("quarantinedRows").value(totals.quarantined());
    json.name("already").value(totals.already());
    json.name("openBefore").value(totals.open());
    json.name("openAfter").value(totals.openAfter());
    json.name("openAfterTrusted").value(totals.openTrusted());
    json.endObject();
  }

  private static String gate(boolean open) {
    return open ? "OPEN" : "BLOCKED";
  }
}
