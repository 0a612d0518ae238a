// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.cli.terminal.Paint;
import org.junit.jupiter.api.Test;

final class PageRendererTest {
  private static final String PAGE =
      """
      # index.example

      A plain `CREATE INDEX` takes a **SHARE** lock, which blocks every writer until the index
      is complete; see [the manual](https://example.org/locks).

      ## Instead

      1. First a step that is described in more words than fit into a single line.
      2. Then another:
         * with a `nested` point

      ```sql
      CREATE INDEX ON t (a); -- a line of code that is longer than the width stays in one piece
      ```
      """;

  @Test
  void textIsWrappedAndCodeIsNot() {
    assertThat(String.join("\n", PageRenderer.render(PAGE, new Paint(false), 60)) + "\n")
        .isEqualTo(
            """
            index.example

            A plain `CREATE INDEX` takes a SHARE lock, which blocks
            every writer until the index is complete; see the manual
            (https://example.org/locks).

            Instead

            1. First a step that is described in more words than fit
               into a single line.
            2. Then another:

               * with a `nested` point

                CREATE INDEX ON t (a); -- a line of code that is longer than the width stays in one piece
            """);
  }

  @Test
  void coloursReplaceTheMarks() {
    assertThat(PageRenderer.render("# T\n\n`a b` c", new Paint(true), 60))
        .containsExactly("\u001b[1mT\u001b[0m", "", "\u001b[36ma\u001b[0m \u001b[36mb\u001b[0m c");
  }
}
