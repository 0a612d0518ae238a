// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.engine.sql.TypeName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FingerprintTest {
  record Texts(List<String> values) {}

  record Unordered(Map<String, String> map) {}

  @Test
  void isTheSameForEqualSnapshots() {
    assertThat(Fingerprint.of(schema())).isEqualTo(Fingerprint.of(schema())).hasSize(64);
  }

  @Test
  void changesWithEveryComponentOfEveryRecord() {
    var variants = new Variants().of(schema());
    var fingerprints = new HashSet<String>();
    for (var variant : variants) {
      assertThat(fingerprints.add(Fingerprint.ofRecord((Schema) variant)))
          .as("fingerprint of %s", variant)
          .isTrue();
    }
    // Every one of the records below Schema has its components among the variants.
    assertThat(variants).hasSizeGreaterThan(50).doesNotContain(schema());
  }

  @Test
  void changesWithAnOptionOfATableAndAnAttributeOfAColumn() {
    var schema = schema();
    var table = requireNonNull(schema.tables().get(ObjectName.of("public", "book")));
    var column = table.columns().getFirst();
    var others =
        List.of(
            table.withOptions(Map.of("engine", "myisam")),
            table.withOptions(Map.of("engine", "innodb", "row versions", "3")),
            table.withColumns(List.of(column.withAttributes(Map.of("COMMENT", "other")))),
            table.withColumns(List.of(column.withAttributes(Map.of()))));

    assertThat(others)
        .extracting(other -> Fingerprint.of(schema.withTable(other)))
        .doesNotHaveDuplicates()
        .doesNotContain(Fingerprint.of(schema));
  }

  @Test
  void tellsTheSessionsOwnDatabaseFromNone() {
    var own = ObjectName.of("book").inSchema(ObjectName.HERE);

    assertThat(own).hasToString("book").isNotEqualTo(ObjectName.of("book"));
    assertThat(own.compareTo(ObjectName.of("book"))).isPositive();
    assertThat(Fingerprint.ofRecord(own)).isNotEqualTo(Fingerprint.ofRecord(ObjectName.of("book")));
  }

  @Test
  void neverConfusesWhereATextEnds() {
    assertThat(Fingerprint.ofRecord(new Texts(List.of("a", "b"))))
        .isNotEqualTo(Fingerprint.ofRecord(new Texts(List.of("as1:b"))))
        .isNotEqualTo(Fingerprint.ofRecord(new Texts(List.of("ab", ""))));
  }

  @Test
  void refusesAMapWithoutOrder() {
    assertThatThrownBy(() -> Fingerprint.ofRecord(new Unordered(new HashMap<>())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Schema schema() {
    var column =
        new Table.Column(
            "title",
            TypeName.of("varchar", 40),
            true,
            "''",
            Table.Column.Generation.NONE,
            "C",
            new TreeMap<>(Map.of("COMMENT", "what is on the cover")));
    var index =
        new Table.Index(
            "book_title", "btree", Arrays.asList("title", null), true, false, false, true, "desc");
    var constraint =
        new Table.Constraint(
            "book_author",
            ConstraintKind.FOREIGN_KEY,
            true,
            List.of("author"),
            "author",
            ObjectName.of("public", "author"),
            List.of("id"),
            "x > 0");
    var dependents =
        new Table.Dependents(
            List.of(ObjectName.of("p")),
            List.of(ObjectName.of("q")),
            ObjectName.of("d"),
            List.of(ObjectName.of("r")),
            List.of(ObjectName.of("v")),
            List.of("t"),
            List.of("u"),
            List.of("w"),
            false);
    var name = ObjectName.of("public", "book");
    var table =
        new Table(
            name,
            Table.Kind.TABLE,
            Persistence.PERMANENT,
            SizeBand.NORMAL,
            false,
            List.of(column),
            List.of(index),
            List.of(constraint),
            dependents,
            new TreeMap<>(Map.of("engine", "innodb")));
    var mood =
        new UserType(
            ObjectName.of("public", "mood"),
            UserType.Kind.ENUM,
            TypeName.of("text"),
            false,
            false,
            List.of("sad"));
    return new Schema(
        EngineVersion.POSTGRESQL_LATEST,
        true,
        List.of("public"),
        new TreeMap<>(Map.of("timezone", "UTC")),
        new TreeMap<>(Map.of(name, table)),
        new TreeMap<>(Map.of(mood.name(), mood)),
        new TreeMap<>(Map.of(ObjectName.of("public", "f"), Schema.Volatility.STABLE)));
  }

  /// Makes, for a value, all values that differ from it in one place, by reflection over records.
  private static final class Variants {
    List<Object> of(@Nullable Object value) {
      return switch (value) {
        case null -> List.of();
        case String text -> List.of(text + "x");
        case Boolean flag -> List.of(!flag);
        case Integer number -> List.of(number + 1);
        case Enum<?> constant -> {
          // An enum of one constant cannot differ.
          yield Arrays.stream(constant.getDeclaringClass().getEnumConstants())
              .filter(other -> !other.equals(constant))
              .limit(1)
              .map(Object.class::cast)
              .toList();
        }
        case List<?> list -> ofList(list);
        case SortedMap<?, ?> map -> ofMap(map);
        case Record fields -> ofRecord(fields);
        default -> throw new IllegalStateException("no variants of " + value.getClass());
      };
    }

    private List<Object> ofList(List<?> list) {
      var variants = new ArrayList<Object>();
      if (!list.isEmpty()) {
        variants.add(list.subList(1, list.size()));
      }
      for (var i = 0; i < list.size(); i++) {
        for (var changed : of(list.get(i))) {
          var copy = new ArrayList<Object>(list);
          copy.set(i, changed);
          variants.add(copy);
        }
      }
      return variants;
    }

    private List<Object> ofMap(SortedMap<?, ?> map) {
      var variants = new ArrayList<Object>();
      variants.add(new TreeMap<>());
      for (var entry : map.entrySet()) {
        for (var changed : of(entry.getValue())) {
          variants.add(new TreeMap<>(Map.of(entry.getKey(), changed)));
        }
        for (var changed : of(entry.getKey())) {
          variants.add(new TreeMap<>(Map.of(changed, entry.getValue())));
        }
      }
      return variants;
    }

    private List<Object> ofRecord(Record value) {
      var components = value.getClass().getRecordComponents();
      var types = new Class<?>[components.length];
      var values = new @Nullable Object[components.length];
      var variants = new ArrayList<Object>();
      try {
        for (var i = 0; i < components.length; i++) {
          types[i] = components[i].getType();
          components[i].getAccessor().setAccessible(true);
          values[i] = components[i].getAccessor().invoke(value);
        }
        for (var i = 0; i < components.length; i++) {
          for (var changed : of(values[i])) {
            var copy = values.clone();
            copy[i] = changed;
            variants.add(value.getClass().getDeclaredConstructor(types).newInstance(copy));
          }
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
      return variants;
    }
  }
}
