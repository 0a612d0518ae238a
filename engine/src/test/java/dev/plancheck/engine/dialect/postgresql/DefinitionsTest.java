// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import static dev.plancheck.engine.dialect.postgresql.Lowered.at;
import static dev.plancheck.engine.dialect.postgresql.Lowered.expression;
import static dev.plancheck.engine.dialect.postgresql.Lowered.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.Expression.Form;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.engine.sql.TypeName;
import dev.plancheck.engine.text.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whole records of what defines anything but tables, and of what is dropped.
class DefinitionsTest {
  @Test
  void lowersAnIndex() {
    var script =
        Resource.script(
            """
            CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "I" ON ONLY s.t
              USING gin (A DESC NULLS LAST, lower(b) text_ops) INCLUDE (c, "D") WHERE e\
            """);
    assertThat(only(script))
        .isEqualTo(
            new Statement.CreateIndex(
                "I",
                ObjectName.of("s", "t"),
                true,
                true,
                true,
                true,
                "gin",
                List.of(
                    new Statement.IndexPart(
                        "a", expression(script, "A DESC", "A", new Form.Column("a"), "a")),
                    new Statement.IndexPart(
                        null,
                        new Expression(
                            "lower(b)",
                            at(script, "lower(b)", ")"),
                            new Form.Other(),
                            List.of(ObjectName.of("lower")),
                            List.of("b"),
                            false))),
                List.of("c", "D"),
                new Expression(
                    "e",
                    new Span(script.source().text().length() - 1, script.source().text().length()),
                    new Form.Column("e"),
                    List.of(),
                    List.of("e"),
                    false)));
  }

  @Test
  void lowersNamesAsTheServerStoresThem() {
    var long63 = "a".repeat(63);
    assertThat(table("FooBar")).isEqualTo(ObjectName.of("foobar"));
    assertThat(table("\"Foo\"\"Bar\"")).isEqualTo(ObjectName.of("Foo\"Bar"));
    assertThat(table("ÄÖ")).isEqualTo(ObjectName.of("ÄÖ"));
    assertThat(table("db.S.T")).isEqualTo(ObjectName.of("s", "t"));
    assertThat(table("U&\"d\\0061t\\+000061\"")).isEqualTo(ObjectName.of("data"));
    assertThat(table("U&\"d!0061t\" UESCAPE '!'")).isEqualTo(ObjectName.of("dat"));
    assertThat(table(long63 + "b")).isEqualTo(ObjectName.of(long63));
    assertThat(table("\"" + "é".repeat(32) + "\"")).isEqualTo(ObjectName.of("é".repeat(31)));
    assertThat(table("\"" + "🙂".repeat(16) + "\"")).isEqualTo(ObjectName.of("🙂".repeat(15)));
  }

  private static ObjectName table(String written) {
    var drop = (Statement.Drop) only(Resource.script("drop table " + written));
    return drop.names().getFirst();
  }

  @Test
  void lowersDrops() {
    assertThat(only(Resource.script("DROP TABLE IF EXISTS a, s.B CASCADE")))
        .isEqualTo(
            new Statement.Drop(
                ObjectKind.TABLE,
                List.of(ObjectName.of("a"), ObjectName.of("s", "b")),
                null,
                true,
                false,
                true));
    assertThat(only(Resource.script("DROP INDEX CONCURRENTLY i")))
        .isEqualTo(
            new Statement.Drop(
                ObjectKind.INDEX, List.of(ObjectName.of("i")), null, false, true, false));
    assertThat(only(Resource.script("DROP TRIGGER x ON s.t RESTRICT")))
        .isEqualTo(
            new Statement.Drop(
                ObjectKind.TRIGGER,
                List.of(ObjectName.of("x")),
                ObjectName.of("s", "t"),
                false,
                false,
                false));
    assertThat(only(Resource.script("DROP FUNCTION IF EXISTS f(int), s.g CASCADE")))
        .isEqualTo(
            new Statement.Drop(
                ObjectKind.FUNCTION,
                List.of(ObjectName.of("f"), ObjectName.of("s", "g")),
                null,
                true,
                false,
                true));
  }

  @Test
  void lowersTypesAndDomains() {
    assertThat(only(Resource.script("CREATE TYPE s.e AS ENUM ('a', 'it''s', E'\\x41')")))
        .isEqualTo(
            new Statement.CreateType(ObjectName.of("s", "e"), true, List.of("a", "it's", "A")));
    assertThat(only(Resource.script("CREATE DOMAIN d AS varchar(5) NOT NULL CHECK (VALUE > 'a')")))
        .isEqualTo(
            new Statement.CreateDomain(
                ObjectName.of("d"), TypeName.of("varchar", 5), true, true, false));
    assertThat(only(Resource.script("CREATE DOMAIN d int NULL DEFAULT 1")))
        .isEqualTo(
            new Statement.CreateDomain(
                ObjectName.of("d"), TypeName.of("int4"), false, false, true));
    assertThat(only(Resource.script("ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID")))
        .isEqualTo(new Statement.AlterDomain(ObjectName.of("d"), "ADD CONSTRAINT", false));
    assertThat(only(Resource.script("ALTER DOMAIN d SET NOT NULL")))
        .isEqualTo(new Statement.AlterDomain(ObjectName.of("d"), "SET NOT NULL", true));
  }

  @Test
  void lowersASchemaWithItsElements() {
    var script =
        Resource.script(
            "CREATE SCHEMA s /* CREATE */ CREATE TABLE t (a int) GRANT SELECT ON t TO x");
    assertThat(only(script))
        .isEqualTo(
            new Statement.CreateSchema(
                "s",
                false,
                List.of(
                    new Statement.CreateTable(
                        ObjectName.of("t"),
                        false,
                        Persistence.PERMANENT,
                        List.of(
                            new ColumnDefinition(
                                "a",
                                TypeName.of("int4"),
                                null,
                                List.of(),
                                at(script, "a int", "int"))),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        false),
                    new Statement.Utility("GRANT", ObjectKind.TABLE, ObjectName.of("t")))));
    assertThat(only(Resource.script("CREATE SCHEMA s CREATE TABLE t (a int) CREATE TABEL u ()")))
        .isEqualTo(new Statement.Rejected("unexpected \"TABEL\"", new Span(46, 51)));
  }

  @Test
  void lowersViews() {
    assertThat(
            only(
                Resource.script(
                    "CREATE OR REPLACE VIEW v AS WITH c AS (SELECT f() FROM t) TABLE c")))
        .isEqualTo(
            new Statement.CreateView(
                ObjectName.of("v"),
                true,
                false,
                false,
                true,
                new Query(List.of(ObjectName.of("t")), List.of(ObjectName.of("f")), List.of())));
    assertThat(
            only(
                Resource.script(
                    "CREATE RECURSIVE VIEW v (n) AS SELECT 1 UNION SELECT n FROM v, w")))
        .isEqualTo(
            new Statement.CreateView(
                ObjectName.of("v"),
                false,
                false,
                false,
                true,
                new Query(List.of(ObjectName.of("w")), List.of(), List.of())));
  }
}
