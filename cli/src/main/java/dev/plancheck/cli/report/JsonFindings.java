// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.report;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.text.Position;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/// The parts that every JSON answer with findings shares. `version` changes only when the shape
/// does in a way that readers must know of. Numbers are numbers, zeros are written, unknown is
/// null.
public final class JsonFindings {
  private static final int SHAPE = 1;

  private JsonFindings() {}

  /// Begins the document; the caller ends the object.
  public static JsonWriter begin(Writer out) throws IOException {
    var json = new JsonWriter(out);
    json.setFormattingStyle(FormattingStyle.PRETTY);
    json.setSerializeNulls(true);
    json.beginObject().name("version").value(SHAPE);
    return json;
  }

  /// `target` is only there when the finding is about one database.
  public static void write(JsonWriter json, Finding finding, @Nullable String target)
      throws IOException {
    json.beginObject();
    json.name("rule").value(finding.rule());
    json.name("severity").value(finding.status().name());
    json.name("title").value(finding.title());
    json.name("content").value(finding.content());
    var range = finding.range();
    write(json.name("start"), range == null ? null : range.start());
    write(json.name("end"), range == null ? null : range.end());
    if (target != null) {
      json.name("target").value(target);
    }
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
}
