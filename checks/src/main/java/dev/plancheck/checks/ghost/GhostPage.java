// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import java.util.List;

/// What is written of one finding, in Markdown: what it means, what to do, and in `more`, which may
/// be empty, the paragraphs on what else is worth knowing.
public record GhostPage(String meaning, String remedy, List<String> more) {
  public GhostPage {
    more = List.copyOf(more);
  }
}
