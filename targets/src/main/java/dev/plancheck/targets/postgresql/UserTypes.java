// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.engine.schema.UserType;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.targets.postgresql.Catalogue.Label;
import java.util.SortedMap;
import java.util.TreeMap;

/// The types of users, by name; arrays of them have none of their own.
record UserTypes(Catalogue catalogue, TypeNames types) {
  SortedMap<ObjectName, UserType> all() {
    var found = new TreeMap<ObjectName, UserType>();
    for (var type : catalogue.types.values()) {
      if (type.category() != 'A' && !"pg_catalog".equals(type.name().schema())) {
        found.put(type.name(), userType(type));
      }
    }
    return found;
  }

  private UserType userType(Catalogue.Type type) {
    var labels = catalogue.labels(type).stream().map(Label::text).toList();
    return switch (type.kind()) {
      case 'd' ->
          new UserType(
              type.name(),
              UserType.Kind.DOMAIN,
              types.of(type.base(), type.modifier()),
              isConstrained(type),
              type.hasDefault(),
              labels);
      case 'e' -> new UserType(type.name(), UserType.Kind.ENUM, null, false, labels);
      default -> new UserType(type.name(), UserType.Kind.OTHER, null, false, labels);
    };
  }

  private boolean isConstrained(Catalogue.Type domain) {
    var base = catalogue.types.get(domain.base());
    return domain.notNull()
        || catalogue.domainConstraints.get(domain.oid()) != null
        || (base != null && base.kind() == 'd' && isConstrained(base));
  }
}
