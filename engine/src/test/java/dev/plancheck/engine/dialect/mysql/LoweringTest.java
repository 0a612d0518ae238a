// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.sql.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What becomes of the parts of a statement, the same for both grammars.
class LoweringTest {
  private static final List<Engine> BOTH = List.of(Engine.MYSQL, Engine.MARIADB);

  @Test
  void readsColumns() {
    for (var engine : BOTH) {
      var create =
          (Statement.CreateTable)
              only(
                  engine,
                  "CREATE TABLE t (`Id` BIGINT(20) UNSIGNED NOT NULL AUTO_INCREMENT, a INTEGER"
                      + " DEFAULT NULL COMMENT 'x', b DEC(5,2) NOT NULL DEFAULT 1.5, c"
                      + " ENUM('x','y'), d BOOL, e TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE"
                      + " CURRENT_TIMESTAMP, f INT AS (a + 1) STORED, g CHARACTER VARYING(9)"
                      + " COLLATE utf8mb4_bin, PRIMARY KEY (id), KEY k (a, b)) ENGINE = InnoDB,"
                      + " DEFAULT CHARSET=latin1 COLLATE latin1_bin COMMENT='what `it` is'"
                      + " AUTO_INCREMENT=7 ROW_FORMAT DYNAMIC PARTITION BY HASH (id)");
      assertThat(create.options())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "engine", "InnoDB",
                  "character set", "latin1",
                  "collate", "latin1_bin",
                  "comment", "what `it` is",
                  "row_format", "DYNAMIC"));
      assertThat(create.partitioned()).isTrue();
      assertThat(create.columns())
          .extracting(column -> column.name() + " " + column.type())
          .containsExactly(
              "id bigint unsigned",
              "a int",
              "b decimal(5,2)",
              "c enum ('x','y')",
              "d tinyint(1)",
              "e timestamp",
              "f int",
              "g varchar(9)");
      assertThat(create.columns().getFirst().isNotNull()).isTrue();
      assertThat(create.columns().get(1).isNotNull()).isFalse();
      assertThat(create.columns().get(1).constraints())
          .extracting(constraint -> constraint.getClass().getSimpleName())
          .containsExactly("Default", "Attribute");
      assertThat(Objects.requireNonNull(create.columns().get(4).type()))
          .isEqualTo(TypeName.of("tinyint", 1));
      assertThat(Objects.requireNonNull(create.columns().get(5).defaultExpression()).text())
          .isEqualTo("CURRENT_TIMESTAMP");
      assertThat(create.columns().get(5).constraints().getLast())
          .isInstanceOfSatisfying(
              ColumnConstraint.Attribute.class,
              attribute -> {
                assertThat(attribute.words()).isEqualTo("ON UPDATE");
                assertThat(attribute.value()).isEqualTo("CURRENT_TIMESTAMP");
              });
      assertThat(create.constraints())
          .extracting(constraint -> constraint.getClass().getSimpleName() + constraint.name())
          .containsExactly("PrimaryKeyprimary", "Indexk");
    }
  }

  @Test
  void readsForeignKeys() {
    for (var engine : BOTH) {
      var alter =
          (Statement.AlterTable)
              only(
                  engine,
                  "ALTER TABLE a.t ADD CONSTRAINT F FOREIGN KEY (x, y) REFERENCES b.u (p, q) ON"
                      + " DELETE SET NULL ON UPDATE NO ACTION");
      assertThat(alter.actions().getFirst())
          .isInstanceOfSatisfying(
              TableAction.AddConstraint.class,
              add ->
                  assertThat(add.constraint())
                      .isEqualTo(
                          new TableConstraint.ForeignKey(
                              "f",
                              List.of("x", "y"),
                              ObjectName.of("b", "u"),
                              List.of("p", "q"),
                              false,
                              add.constraint().span())));
    }
  }

  @Test
  void readsRedefinitions() {
    for (var engine : BOTH) {
      var alter =
          (Statement.AlterTable)
              only(engine, "ALTER TABLE t CHANGE `Old` `New` VARCHAR(9) NOT NULL AFTER x");
      assertThat(alter.actions().getFirst())
          .isInstanceOfSatisfying(
              TableAction.RedefineColumn.class,
              change -> {
                assertThat(change.column()).isEqualTo("old");
                assertThat(change.definition().name()).isEqualTo("new");
                assertThat(change.definition().isNotNull()).isTrue();
                assertThat(change.definition().constraints().getLast())
                    .isInstanceOfSatisfying(
                        ColumnConstraint.Attribute.class,
                        place -> {
                          assertThat(place.words()).isEqualTo("AFTER");
                          assertThat(place.value()).isEqualTo("x");
                        });
              });
    }
  }

  @Test
  void readsTheCharacterSetThatAColumnIsWrittenWith() {
    for (var engine : BOTH) {
      var alter =
          (Statement.AlterTable)
              only(
                  engine,
                  "ALTER TABLE t ADD a CHAR(3) CHARACTER SET Latin1 FIRST, ADD b NCHAR(3), ADD c"
                      + " TEXT CHARACTER SET utf8mb4 COMMENT 'it''s', CONVERT TO CHARACTER SET"
                      + " utf8mb4 COLLATE utf8mb4_bin");
      assertThat(alter.actions().subList(0, 3))
          .extracting(action -> attributes((TableAction.AddColumn) action))
          .containsExactly(
              "CHARACTER SET=latin1 FIRST=null",
              "CHARACTER SET=utf8",
              "CHARACTER SET=utf8mb4 COMMENT=it's");
      assertThat(alter.actions().subList(3, 5))
          .extracting(action ->
              action instanceof TableAction.SetTableOption(var option, var value, _)
                  ? option + "=" + value
                  : "")
          .containsExactly("convert to character set=utf8mb4", "convert to collate=utf8mb4_bin");
    }
  }

  private static String attributes(TableAction.AddColumn add) {
    return add.column().constraints().stream()
        .map(ColumnConstraint.Attribute.class::cast)
        .map(attribute -> attribute.words() + "=" + attribute.value())
        .collect(Collectors.joining(" "));
  }

  @Test
  void readsHowToRunAndPartitions() {
    for (var engine : BOTH) {
      var alter =
          (Statement.AlterTable)
              only(engine, "ALTER TABLE t ADD INDEX (a), ALGORITHM=inplace, LOCK=NONE");
      assertThat(alter.actions().subList(1, 3))
          .extracting(
              action -> action instanceof TableAction.Execution(var c, var v, _) ? c + v : "")
          .containsExactly("ALGORITHMINPLACE", "LOCKNONE");
      var drop = (Statement.AlterTable) only(engine, "ALTER TABLE t DROP PARTITION p0, P1");
      assertThat(drop.actions().getFirst())
          .isInstanceOfSatisfying(
              TableAction.AlterPartition.class,
              partition -> {
                assertThat(partition.action()).isEqualTo("DROP PARTITION");
                assertThat(partition.partitions()).containsExactly("p0", "p1");
              });
    }
  }

  @Test
  void findsAllTablesThatAreWritten() {
    for (var engine : BOTH) {
      var update =
          (Statement.Update)
              only(
                  engine,
                  "UPDATE shop.book AS b JOIN author a ON a.id = b.author_id SET b.x = a.y, a.z ="
                      + " 1, b.w = f(2) WHERE b.id IN (SELECT id FROM hot)");
      assertThat(update.table()).isEqualTo(ObjectName.of("shop", "book"));
      assertThat(update.columns()).containsExactly("x", "w");
      assertThat(update.query().tables()).containsExactly(ObjectName.of("hot"));
      assertThat(update.query().functions()).contains(ObjectName.of("f"));
      assertThat(update.query().writes())
          .isEqualTo(
              List.of(
                  new Statement.Update(
                      ObjectName.of("author"), List.of("z"), update.where(), Query.NONE)));
      var delete =
          (Statement.Delete)
              only(engine, "DELETE b, author FROM book b JOIN author ON author.id = b.a WHERE b.x");
      assertThat(delete.table()).isEqualTo(ObjectName.of("book"));
      assertThat(((Statement.Delete) delete.query().writes().getFirst()).table())
          .isEqualTo(ObjectName.of("author"));
    }
  }

  @Test
  void doesNotGuessWhichTableAnUpdateMeans() {
    assertThat(Resource.first("UPDATE a, b SET x = 1 WHERE a.id = b.id"))
        .isInstanceOf(Statement.NotAnalysed.class);
  }

  @Test
  void takesALimitForABound() {
    var delete = (Statement.Delete) Resource.first("DELETE FROM t ORDER BY id LIMIT 100");
    assertThat(Objects.requireNonNull(delete.where()).text()).isEqualTo("LIMIT 100");
  }

  @Test
  void takesTheConditionOfAJoinForABound() {
    assertThat(bounds("UPDATE book b JOIN hot h ON h.id = b.id SET b.x = 1"))
        .containsExactly("h.id = b.id");
    assertThat(bounds("UPDATE book INNER JOIN hot USING (id), author SET book.x = 1"))
        .containsExactly("(id)");
    assertThat(bounds("UPDATE book b NATURAL JOIN hot SET b.x = 1"))
        .containsExactly("NATURAL JOIN hot");
    assertThat(
            bounds("UPDATE (SELECT id FROM hot) h JOIN book b ON LEFT(b.id, 2) = h.id SET b.x=1"))
        .containsExactly("LEFT(b.id, 2) = h.id");
    assertThat(bounds("DELETE b FROM book b USE INDEX FOR JOIN (i) JOIN hot h ON h.id = b.id"))
        .containsExactly("h.id = b.id");
    assertThat(bounds("DELETE h, b FROM book b RIGHT JOIN hot h ON h.id = b.id"))
        .containsExactly("all", "h.id = b.id");
    assertThat(bounds("DELETE h, b FROM book b LEFT OUTER JOIN hot h ON h.id = b.id"))
        .containsExactly("h.id = b.id", "all");
  }

  @Test
  void takesNoConditionForABoundThatLeavesRowsOfTheTableIn() {
    assertThat(bounds("UPDATE book b LEFT JOIN hot h ON h.id = b.id SET b.x = 1"))
        .containsExactly("all");
    assertThat(bounds("UPDATE book b LEFT JOIN book c ON c.id = b.old SET b.x = 1"))
        .containsExactly("all");
    assertThat(bounds("UPDATE book, hot SET book.x = 1")).containsExactly("all");
    assertThat(bounds("UPDATE hot h JOIN author a ON a.id = h.id, book SET book.x = 1"))
        .containsExactly("all");
    assertThat(bounds("UPDATE book CROSS JOIN hot SET book.x = 1")).containsExactly("all");
  }

  /// Of each table that is written to, first to last, what bounds its rows.
  private static List<String> bounds(String sql) {
    var write = Resource.first(sql);
    var writes = new ArrayList<Statement>(List.of(write));
    switch (write) {
      case Statement.Update update -> writes.addAll(update.query().writes());
      case Statement.Delete delete -> writes.addAll(delete.query().writes());
      default -> throw new AssertionError(write);
    }
    return writes.stream()
        .map(each ->
            each instanceof Statement.Update update
                ? update.where()
                : ((Statement.Delete) each).where())
        .map(where -> where == null ? "all" : where.text())
        .toList();
  }

  @Test
  void leavesCommonTableExpressionsOutOfTheTables() {
    for (var engine : BOTH) {
      var select =
          (Statement.Select)
              only(engine, "WITH c AS (SELECT * FROM book) SELECT * FROM c JOIN author USING (id)");
      assertThat(select.query().tables())
          .containsExactlyInAnyOrder(ObjectName.of("book"), ObjectName.of("author"));
    }
  }

  @Test
  void readsWhatIsSet() {
    assertThat(Resource.first("SET @@session.Foreign_Key_Checks = 0"))
        .isEqualTo(new Statement.SetVariable("foreign_key_checks", false, List.of("0")));
    assertThat(Resource.first("SET GLOBAL read_only = DEFAULT"))
        .isEqualTo(new Statement.SetVariable("global read_only", false, List.of()));
    assertThat(Resource.first("SET a = 1, @b = 'x'"))
        .isEqualTo(
            new Statement.SetVariables(
                List.of(
                    new Statement.SetVariable("a", false, List.of("1")),
                    new Statement.SetVariable("@b", false, List.of("x")))));
  }

  @Test
  void doesNotTakeAPreparedStatementForHarmless() {
    assertThat(Resource.first("EXECUTE s"))
        .isEqualTo(new Statement.NotAnalysed("what a prepared statement does is not looked into"));
  }

  private static Statement only(Engine engine, String text) {
    var statements = Resource.script(engine, text).statements();
    assertThat(statements).hasSize(1);
    return statements.getFirst().statement();
  }
}
