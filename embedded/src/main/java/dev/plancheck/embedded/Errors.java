// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.FileSystemException;

/// Words for what the file system answers: the message of its exceptions is often the path alone.
public final class Errors {
  public static final String OTHER_FOLDER =
      "Free some space or rights there, or name another folder in PLANCHECK_HOME";

  private Errors() {}

  public static String reason(IOException e) {
    if (e instanceof ClosedByInterruptException || e instanceof FileLockInterruptionException) {
      return "interrupted";
    }
    if (e instanceof FileSystemException f) {
      var why = f.getReason();
      return why != null
          ? f.getFile() + ": " + why
          : f.getClass().getSimpleName().replace("Exception", "") + ": " + f.getFile();
    }
    return String.valueOf(e.getMessage());
  }
}
