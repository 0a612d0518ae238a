// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.report;

import com.google.gson.stream.JsonWriter;
import dev.plancheck.engine.review.Status;
import java.io.IOException;
import java.io.Writer;

/// Findings of a lint for programs, as one document.
public final class JsonFormat {
  private final Writer out;

  public JsonFormat(Writer out) {
    this.out = out;
  }

  public void write(LintReport report) throws IOException {
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
    json.name("errors").value(report.count(Status.ERROR));
    json.name("warnings").value(report.count(Status.WARNING));
    json.endObject().endObject();
    out.write('\n');
  }

  private static void write(JsonWriter json, ScriptReport script) throws IOException {
    json.beginObject();
    json.name("path").value(script.file().path());
    json.name("statements").value(script.statements());
    json.name("unanalysed").value(script.unanalysed());
    json.name("findings").beginArray();
    for (var finding : script.findings()) {
      JsonFindings.write(json, finding, null);
    }
    json.endArray().endObject();
  }
}
