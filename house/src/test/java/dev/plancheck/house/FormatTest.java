// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// Every Java file is as google-java-format writes it; `-Dformat.fix=true` (`make format`)
/// rewrites.
///
/// A test and not Spotless, because Spotless formats inside Maven's own JVM, which may be too old
/// to read Java 25, while tests run on the JDK that the toolchain selected.
final class FormatTest {
  @Test
  void everyJavaFileIsFormatted() throws IOException, FormatterException {
    var fix = Boolean.getBoolean("format.fix");
    var formatter = new Formatter();
    var unformatted = new ArrayList<Path>();
    for (var file : Repository.withEnding(".java")) {
      var text = Repository.text(file);
      var formatted =
          formatter.formatSourceAndFixImports(RemoveUnusedImports.removeUnusedImports(text));
      if (!formatted.equals(text)) {
        unformatted.add(Repository.root().relativize(file));
        if (fix) {
          Files.writeString(file, formatted);
        }
      }
    }
    if (!fix) {
      assertThat(unformatted).as("not formatted; `make format` rewrites them").isEmpty();
    }
  }
}
