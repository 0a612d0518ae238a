// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.schema.Table.Column;
import dev.plancheck.engine.schema.Table.Column.Generation;
import dev.plancheck.engine.schema.Table.Dependents;
import dev.plancheck.engine.schema.Table.Index;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.engine.sql.TypeName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SchemaDifferenceTest {
  private static final ObjectName ORDERS = ObjectName.of("public", "orders");
  private static final Column ID =
      new Column("id", TypeName.of("int8"), true, null, Generation.NONE, null);
  private static final Column TOTAL =
      new Column("total", TypeName.of("numeric", 12, 2), false, null, Generation.NONE, null);
  private static final Index BY_TOTAL =
      new Index("orders_total_idx", "btree", List.of("total"), false, false, false, true);
  private static final Table USUAL =
      new Table(
          ORDERS,
          Table.Kind.TABLE,
          Persistence.PERMANENT,
          SizeBand.SMALL,
          false,
          List.of(ID, TOTAL),
          List.of(BY_TOTAL),
          List.of(),
          Dependents.NONE);

  @Test
  void equalSchemasHaveNoDifference() {
    assertThat(SchemaDifference.between(schema(USUAL), schema(USUAL))).isEmpty();
  }

  @Test
  void namesAMissingIndexAnExtraColumnAnotherTypeAndAnotherSize() {
    var vip = new Column("vip", TypeName.of("bool"), false, null, Generation.NONE, null);
    var other =
        USUAL
            .withColumns(List.of(ID, TOTAL.withType(TypeName.of("float8"), null), vip))
            .withIndexes(List.of())
            .withSize(SizeBand.LARGE);

    assertThat(SchemaDifference.between(schema(USUAL), schema(other)))
        .containsExactly(
            "public.orders: size band is LARGE, elsewhere SMALL",
            "column public.orders.total: type is float8, elsewhere numeric(12,2)",
            "column public.orders.vip is extra",
            "index orders_total_idx on public.orders is missing");
  }

  @Test
  void namesAMissingTableAndAnotherSetting() {
    var empty = Schema.unknown(EngineVersion.POSTGRESQL_LATEST);
    var usual = schema(USUAL).withSettings(Map.of("timezone", "UTC"));

    assertThat(SchemaDifference.between(usual, empty))
        .containsExactly("setting timezone is missing", "public.orders is missing");
  }

  @Test
  void seesAnotherOrderOfColumns() {
    var other = USUAL.withColumns(List.of(TOTAL, ID));

    assertThat(SchemaDifference.between(schema(USUAL), schema(other)))
        .containsExactly("public.orders: order of columns is [total, id], elsewhere [id, total]");
  }

  private static Schema schema(Table table) {
    return Schema.unknown(EngineVersion.POSTGRESQL_LATEST).withTables(Map.of(table.name(), table));
  }
}
