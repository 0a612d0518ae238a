// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TypeName;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TypesTest {
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("int", "int4"),
          Map.entry("INTEGER", "int4"),
          Map.entry("int4", "int4"),
          Map.entry("\"int4\"", "int4"),
          Map.entry("pg_catalog.int4", "int4"),
          Map.entry("smallint", "int2"),
          Map.entry("bigint", "int8"),
          Map.entry("int8", "int8"),
          Map.entry("boolean", "bool"),
          Map.entry("bool", "bool"),
          Map.entry("real", "float4"),
          Map.entry("float", "float8"),
          Map.entry("float(1)", "float4"),
          Map.entry("float(24)", "float4"),
          Map.entry("float(25)", "float8"),
          Map.entry("double precision", "float8"),
          Map.entry("decimal", "numeric"),
          Map.entry("dec(10)", "numeric(10,0)"),
          Map.entry("numeric ( 10 , 2 )", "numeric(10,2)"),
          Map.entry("pg_catalog.numeric(10)", "numeric(10,0)"),
          Map.entry("char", "bpchar(1)"),
          Map.entry("character(10)", "bpchar(10)"),
          Map.entry("national char varying(4)", "varchar(4)"),
          Map.entry("nchar(4)", "bpchar(4)"),
          Map.entry("bpchar", "bpchar"),
          Map.entry("\"char\"", "char"),
          Map.entry("varchar", "varchar"),
          Map.entry("character varying", "varchar"),
          Map.entry("varchar(40)", "varchar(40)"),
          Map.entry("text", "text"),
          Map.entry("bit", "bit(1)"),
          Map.entry("bit(8)", "bit(8)"),
          Map.entry("bit varying", "varbit"),
          Map.entry("bit varying(8)", "varbit(8)"),
          Map.entry("varbit(8)", "varbit(8)"),
          Map.entry("time", "time"),
          Map.entry("time(3) without time zone", "time(3)"),
          Map.entry("time with time zone", "timetz"),
          Map.entry("timestamp", "timestamp"),
          Map.entry("timestamp without time zone", "timestamp"),
          Map.entry("timestamp(3) with time zone", "timestamptz(3)"),
          Map.entry("timestamptz(6)", "timestamptz(6)"),
          Map.entry("interval", "interval"),
          Map.entry("interval(3)", "interval(3)"),
          Map.entry("interval year to month", "interval year to month"),
          Map.entry("INTERVAL DAY TO SECOND(3)", "interval day to second(3)"),
          Map.entry("int[]", "int4[]"),
          Map.entry("int[3][4]", "int4[]"),
          Map.entry("timestamp with time zone array[4]", "timestamptz[]"),
          Map.entry("serial", "serial"),
          Map.entry("serial4", "serial"),
          Map.entry("serial8", "bigserial"),
          Map.entry("smallserial", "smallserial"),
          Map.entry("geometry(Point, 4326)", "geometry Point,4326"),
          Map.entry("vector(1536)", "vector(1536)"),
          Map.entry("public.citext", "public.citext"),
          Map.entry("\"My Schema\".\"My Type\"[]", "My Schema.My Type[]"));

  @TestFactory
  Stream<DynamicTest> knowsTypesByTheCataloguesNames() {
    return TYPES.entrySet().stream()
        .map(type ->
            DynamicTest.dynamicTest(
                type.getKey(), () -> assertThat(type(type.getKey())).hasToString(type.getValue())));
  }

  @Test
  void keepsModifiersAndFieldsApart() {
    assertThat(type("numeric(12, 2)[]"))
        .isEqualTo(new TypeName(null, "numeric", List.of(12, 2), null, true));
    assertThat(type("interval hour to second(2)"))
        .isEqualTo(new TypeName(null, "interval", List.of(2), "hour to second", false));
    assertThat(type("postgis.geometry(PointZ,4326)"))
        .isEqualTo(new TypeName("postgis", "geometry", List.of(), "PointZ,4326", false));
    assertThat(type("serial").isSerial()).isTrue();
    assertThat(type("public.serial").isSerial()).isFalse();
  }

  private static TypeName type(String written) {
    var script = Resource.script("create table t (a %s not null)".formatted(written));
    var statement = script.statements().getFirst().statement();
    assertThat(statement).as(written).isInstanceOf(Statement.CreateTable.class);
    return ((Statement.CreateTable) statement).columns().getFirst().type();
  }
}
