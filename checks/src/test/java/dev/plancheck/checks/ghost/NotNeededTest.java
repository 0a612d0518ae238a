// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.online.Algorithm;
import dev.plancheck.engine.online.Lock;
import dev.plancheck.engine.online.Work;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.text.SourceText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Changes for which nobody needs gh-ost.
final class NotNeededTest {
  @Test
  void tellsWhatTheServerDoesAtOnceOrOnline() {
    assertThat(find("ALTER TABLE book ADD INDEX by_title (title)"))
        .hasValueSatisfying(found -> assertThat(found.rule()).isEqualTo("ghost.not-needed"))
        .hasValueSatisfying(found -> assertThat(found.content()).contains("INPLACE"));
    assertThat(find("ALTER TABLE book ALTER COLUMN pages SET DEFAULT 1"))
        .hasValueSatisfying(found -> assertThat(found.content()).contains("It is done at once"));
  }

  @Test
  void isSilentWhereTheTableIsCopiedOrNothingIsKnown() {
    assertThat(find("ALTER TABLE book CONVERT TO CHARACTER SET utf8mb4")).isEmpty();
    assertThat(find("ALTER TABLE book ADD FULLTEXT INDEX words (title)")).isEmpty();
    assertThat(find("DROP TABLE book")).isEmpty();
  }

  @Test
  void takesWhatCostsMoreOfWhatWasForetoldAndWhatWasTried() {
    var instant = new Work(Algorithm.INSTANT, false, Lock.NONE);
    var copy = new Work(Algorithm.COPY, true, Lock.SHARED);

    assertThat(find("ALTER TABLE book ADD FULLTEXT INDEX words (title)", instant)).isEmpty();
    assertThat(find("ALTER TABLE book ADD INDEX by_title (title)", copy)).isEmpty();
    assertThat(find("ALTER TABLE book ADD INDEX by_title (title)", instant))
        .hasValueSatisfying(
            found -> assertThat(found.content()).contains("(INPLACE; tried on an empty copy)"));
  }

  private static Optional<Finding> find(String sheet) {
    return find(sheet, null);
  }

  private static Optional<Finding> find(String sheet, @Nullable Work tried) {
    var version = new EngineVersion(Engine.MYSQL, 8, 0);
    var script = Dialects.of(Engine.MYSQL).parse(new SourceText(sheet), version);
    return NotNeeded.find(script, Schema.unknown(version), tried);
  }
}
