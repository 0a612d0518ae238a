// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.object;

import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.text.Span;

/// An object and where the script names it: `table public.orders`, `column total in public.orders`.
record Named(Span at, String what) {
  /// Snapshots hold nothing of the system's own schemas, nor of the session's temporary one.
  static boolean isOfSystem(ObjectName name) {
    var schema = name.schema();
    return schema == null
        ? name.name().startsWith("pg_")
        : schema.startsWith("pg_")
            || schema.equals("information_schema")
            || schema.equals(Schema.TEMPORARY);
  }
}
