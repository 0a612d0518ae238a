// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.plan.Sheet;
import dev.plancheck.checks.plan.Sheets;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Sheets in memory.
final class MemorySheets implements Sheets {
  private final ConcurrentHashMap<String, Sheet> sheets = new ConcurrentHashMap<>();

  @Override
  public Sheet put(String text) {
    var sheet = Sheet.of(text);
    sheets.putIfAbsent(sheet.sha256(), sheet);
    return sheet;
  }

  @Override
  public Optional<Sheet> get(String sha256) {
    return Optional.ofNullable(sheets.get(sha256));
  }
}
