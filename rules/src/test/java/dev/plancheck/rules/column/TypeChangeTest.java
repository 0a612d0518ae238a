// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.Review;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.rules.Reviewed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class TypeChangeTest {
  private static final String TYPES =
      """
      CREATE TYPE mood AS ENUM ('a', 'b');
      CREATE TYPE mood2 AS ENUM ('a', 'b');
      CREATE DOMAIN dplain AS int;
      CREATE DOMAIN dpos AS int CHECK (value > 0);
      CREATE DOMAIN dtext AS text;
      CREATE DOMAIN dvar AS varchar(20);
      CREATE DOMAIN dvar40 AS varchar(40);
      CREATE DOMAIN dnn AS int NOT NULL;
      CREATE DOMAIN ddef AS int DEFAULT 3;
      CREATE DOMAIN dd AS dplain;
      CREATE DOMAIN ddpos AS dpos;
      CREATE TYPE comp AS (a int);
      """;

  @Test
  void agreesWithEveryPairOfTypesThatWasMeasured() {
    for (var major : List.of(13, 18)) {
      var wrong = new ArrayList<String>();
      for (var row : rows()) {
        var measured =
            row[3].equals("yes") ? "ERROR" : row[4].equals("yes") ? "WARNING" : "SUCCESS";
        var found = worst(row, major).toString();
        if (!found.equals(measured)) {
          wrong.add(String.join(" | ", row) + ": " + found);
        }
      }
      assertThat(wrong)
          .as("type changes judged otherwise than PostgreSQL %d does", major)
          .isEmpty();
    }
  }

  private static Status worst(String[] row, int major) {
    var ddl =
        TYPES
            + "CREATE TABLE x (k int, c %s);".formatted(row[0])
            + (row[4].equals("-") ? "" : "CREATE INDEX xi ON x (c);");
    var version = Reviewed.postgresql(major);
    var script = Reviewed.script("ALTER TABLE x ALTER COLUMN c TYPE %s".formatted(row[1]), version);
    Schema target = Reviewed.target(ddl, version, Map.of("timezone", row[2]));
    return new Review(Policy.of(List.of(new RewritingTypeChange()))).run(script, target).worst();
  }

  private static List<String[]> rows() {
    try (var file = TypeChangeTest.class.getResourceAsStream("type-changes.tsv")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
