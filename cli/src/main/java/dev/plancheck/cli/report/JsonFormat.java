// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.report;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.text.Position;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/// Findings for programs: one document, whose `version` changes only when its shape does in a way
/// that readers must know of. Numbers are numbers, zeros are written, unknown is null.
public final class JsonFormat {
  private static final int SHAPE = 1;

  private final Writer out;

  public JsonFormat(Writer out) {
    this.out = out;
  }

  public void write(LintReport report) throws IOException {
    var json = writer();
    json.beginObject().name("version").value(SHAPE);
    json.name("files").beginArray();
    for (var script : report.scripts()) {
      write(json, script);
    }
    json.endArray();
    json.name("summary").beginObject();
    json.name("files").value(report.scripts().size());
    json.name("statements").value(report.statements());
    json.name("unanalysed").value(report.unanalysed());
    json.name("errors").value(report.count(Status.ERROR));
    json.name("warnings").value(report.count(Status.WARNING));
    json.endObject().endObject();
    end(json);
  }

  private void write(JsonWriter json, ScriptReport script) throws IOException {
    json.beginObject();
    json.name("path").value(script.file().path());
    json.name("statements").value(script.statements());
    json.name("unanalysed").value(script.unanalysed());
    json.name("findings").beginArray();
    for (var finding : script.findings()) {
      write(json, finding);
    }
    json.endArray().endObject();
  }

  private static void write(JsonWriter json, Finding finding) throws IOException {
    json.beginObject();
    json.name("rule").value(finding.rule());
    json.name("severity").value(finding.status().name());
    json.name("title").value(finding.title());
    json.name("content").value(finding.content());
    var range = finding.range();
    write(json.name("start"), range == null ? null : range.start());
    write(json.name("end"), range == null ? null : range.end());
    json.endObject();
  }

  private static void write(JsonWriter json, @Nullable Position position) throws IOException {
    if (position == null) {
      json.nullValue();
      return;
    }
    json.beginObject();
    json.name("line").value(position.line());
    json.name("column").value(position.column());
    json.endObject();
  }

  private JsonWriter writer() {
    var json = new JsonWriter(out);
    json.setFormattingStyle(FormattingStyle.PRETTY);
    json.setSerializeNulls(true);
    return json;
  }

  private void end(JsonWriter json) throws IOException {
    json.flush();
    out.write('\n');
    out.flush();
  }
}
