// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.check;

import com.google.gson.stream.JsonWriter;
import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.checks.summary.SummaryReport;
import dev.plancheck.cli.check.CheckReport.CheckedDatabase;
import dev.plancheck.cli.check.CheckReport.CheckedScript;
import dev.plancheck.cli.report.JsonFindings;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/// What a check found, for programs: the shape of a lint, each finding with its `target`, and per
/// script and database what it changes there.
final class CheckJsonFormat {
  private final Writer out;

  CheckJsonFormat(Writer out) {
    this.out = out;
  }

  void write(CheckReport report) throws IOException {
    var json = JsonFindings.begin(out);
    json.name("files").beginArray();
    for (var script : report.scripts()) {
      write(json, script);
    }
    json.endArray();
    json.name("summary").beginObject();
    json.name("files").value(report.scripts().size());
    json.name("statements").value(report.statements());
    json.name("unanalysed").value(report.unanalysed());
    json.name("errors").value(report.count(Status.ERROR) + report.failedChecks());
    json.name("warnings").value(report.count(Status.WARNING));
    json.name("targets").value(report.databases());
    json.name("notPerformed").value(report.databases() - report.checkedDatabases());
    json.name("verdict").value(report.verdict().name());
    json.name("error").value(report.error());
    json.endObject().endObject();
    out.write('\n');
  }

  private static void write(JsonWriter json, CheckedScript script) throws IOException {
    json.beginObject();
    json.name("path").value(script.file().path());
    json.name("statements").value(script.statements());
    json.name("unanalysed").value(script.unanalysed());
    json.name("findings").beginArray();
    for (var database : script.databases()) {
      for (var finding : database.findings()) {
        JsonFindings.write(json, finding, database.name());
      }
      for (var cause : database.causes()) {
        var failed = new Finding("", Status.ERROR, "Check failed", cause, null);
        JsonFindings.write(json, failed, database.name());
      }
    }
    json.endArray();
    json.name("targets").beginArray();
    for (var database : script.databases()) {
      write(json, database);
    }
    json.endArray().endObject();
  }

  private static void write(JsonWriter json, CheckedDatabase database) throws IOException {
    json.beginObject();
    json.name("target").value(database.name());
    json.name("outcome").value(database.isPerformed() ? "PERFORMED" : "NOT_PERFORMED");
    json.name("summary");
    write(json, database.summary());
    if (database.ghost() != null) {
      json.name("ghost").value(database.ghost());
    }
    json.endObject();
  }

  private static void write(JsonWriter json, @Nullable SummaryReport summary) throws IOException {
    if (summary == null) {
      json.nullValue();
      return;
    }
    json.beginObject();
    json.name("statementTypes").beginArray();
    for (var type : summary.statementTypes()) {
      json.value(type);
    }
    json.endArray();
    json.name("changedTables").beginArray();
    for (var table : summary.changedTables()) {
      json.beginObject();
      json.name("table").value(table.table());
      json.name("rows").value(table.rows());
      json.name("bytes").value(table.bytes());
      write(json.name("affectedRows"), table.affected());
      var alteration = table.alteration();
      if (alteration != null) {
        json.name("alteration").value(alteration.name());
      }
      json.endObject();
    }
    json.endArray();
    write(json.name("affectedRows"), summary.affected());
    json.endObject();
  }

  private static void write(JsonWriter json, AffectedRows affected) throws IOException {
    json.beginObject();
    json.name("rows").value(affected.rows());
    json.name("method").value(affected.method().name());
    json.name("note").value(affected.note());
    json.endObject();
  }
}
