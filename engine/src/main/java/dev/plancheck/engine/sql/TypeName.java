// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column type with its modifiers, under the engine's own internal name.
///
/// `name` is what the catalogue calls it (`int4`, `varchar`, `timestamptz`, `numeric`), whatever
/// the script wrote; `serial`, `bigserial` and `smallserial` stay as written, because they are not
/// types. `schema` is null for built-in types. `modifiers` are as written: `[10, 2]` for
/// `numeric(10,2)`, `[40]` for `varchar(40)`, `[3]` for `timestamp(3)`; what the server fills in is
/// filled in: `[10, 0]` for `numeric(10)`, `[1]` for `char` and `bit`. `fields` is an interval's
/// restriction, `day to second`, or the modifiers of a type that takes more than numbers,
/// `Point,4326`, else null.
public record TypeName(
    @Nullable String schema,
    String name,
    List<Integer> modifiers,
    @Nullable String fields,
    boolean array) {
  public TypeName {
    modifiers = List.copyOf(modifiers);
  }

  public static TypeName of(String name, Integer... modifiers) {
    return new TypeName(null, name, List.of(modifiers), null, false);
  }

  public TypeName withName(ObjectName changed) {
    return new TypeName(changed.schema(), changed.name(), modifiers, fields, array);
  }

  public boolean isSerial() {
    return schema == null
        && (name.equals("serial") || name.equals("bigserial") || name.equals("smallserial"));
  }

  /// The user-defined type's name, or the built-in one's.
  public ObjectName objectName() {
    return new ObjectName(schema, name);
  }

  @Override
  public String toString() {
    var text = new StringBuilder(schema == null ? name : schema + "." + name);
    if (fields != null) {
      text.append(' ').append(fields);
    }
    if (!modifiers.isEmpty()) {
      text.append('(')
          .append(String.join(",", modifiers.stream().map(String::valueOf).toList()))
          .append(')');
    }
    return text.append(array ? "[]" : "").toString();
  }
}
