// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.declarative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.postgresql.PostgresqlDialect;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.text.Position;
import dev.plancheck.engine.text.SourceText;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What is lost by a computed difference.
final class DropsTest {
  private static List<Finding> drops(String sql) {
    var script =
        new PostgresqlDialect().parse(new SourceText(sql), EngineVersion.POSTGRESQL_LATEST);
    return Drops.in(script, Level.ERROR);
  }

  private static List<String> what(String sql) {
    return drops(sql).stream()
        .map(Finding::content)
        .map(content -> content.replaceFirst("The database has (.*), and the wanted.*", "$1"))
        .toList();
  }

  @Test
  void namesEachObjectOnce() {
    assertThat(
            what(
                """
                DROP TABLE public.a, public.b;
                ALTER TABLE public.t DROP COLUMN x, DROP COLUMN y, ADD COLUMN z int;
                ALTER TABLE public.t DROP CONSTRAINT k;
                DROP INDEX public.i;
                DROP VIEW public.v;
                DROP FUNCTION public.f(int);
                DROP TRIGGER g ON public.t;
                DROP SCHEMA app;
                DROP SEQUENCE public.s;
                DROP TYPE public.mood;
                """))
        .containsExactly(
            "the table public.a",
            "the table public.b",
            "the column x of public.t",
            "the column y of public.t",
            "the constraint k of public.t",
            "the index public.i",
            "the view public.v",
            "the function public.f",
            "the trigger g on public.t",
            "the schema app",
            "the sequence public.s",
            "the type public.mood");
  }

  @Test
  void tellsThePlaceAndTheRule() {
    var finding = drops("CREATE TABLE a (id int);\nALTER TABLE t DROP COLUMN x;").getFirst();

    assertThat(finding.rule()).isEqualTo("declarative.drop");
    assertThat(finding.status()).isEqualTo(Status.ERROR);
    assertThat(finding.range()).isNotNull();
    assertThat(Objects.requireNonNull(finding.range()).start()).isEqualTo(new Position(2, 15));
  }

  @Test
  void takesWhatIsMadeAnewWithoutDataForNoDrop() {
    assertThat(
            what(
                """
                DROP VIEW public.v;
                DROP INDEX public.i;
                DROP TRIGGER g ON public.t;
                ALTER TABLE public.t DROP CONSTRAINT k;
                CREATE VIEW public.v AS SELECT 1;
                CREATE INDEX i ON public.t USING btree (a);
                CREATE TRIGGER g BEFORE INSERT ON public.t FOR EACH ROW EXECUTE PROCEDURE public.f();
                ALTER TABLE public.t ADD CONSTRAINT k CHECK (a > 0);
                """))
        .isEmpty();
  }

  @Test
  void takesATableThatIsMadeAnewForLost() {
    assertThat(what("DROP TABLE public.t;\nCREATE TABLE public.t (id int);"))
        .containsExactly("the table public.t");
    assertThat(what("CREATE VIEW public.v AS SELECT 1;\nDROP VIEW public.v;"))
        .as("made before, and lost after")
        .containsExactly("the view public.v");
  }

  @Test
  void isAsLoudAsThePolicySays() {
    var script =
        new PostgresqlDialect()
            .parse(new SourceText("DROP TABLE a"), EngineVersion.POSTGRESQL_LATEST);

    assertThat(Drops.in(script, Level.WARNING))
        .extracting(Finding::status)
        .containsExactly(Status.WARNING);
    assertThat(Drops.in(script, Level.OFF)).isEmpty();
  }
}
