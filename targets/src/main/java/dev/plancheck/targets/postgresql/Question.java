// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.targets.postgresql.wire.ObjectIds;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/// One select of a message, and what its rows are for. See [Wire] for values.
record Question(String select, Consumer<Row> answer, List<Object> values) {
  Question {
    values = List.copyOf(values);
  }

  Question(String select, Consumer<Row> answer, Object... values) {
    this(select, answer, List.of(values));
  }

  /// Puts the expression for the relations in its places; the object ids are the value of each
  /// placeholder there then is.
  Question about(String relations, ObjectIds oids) {
    var text = select.replace("{relations}", relations);
    var places = (int) text.chars().filter(letter -> letter == '?').count();
    return new Question(text, answer, Collections.nCopies(places, oids));
  }
}
