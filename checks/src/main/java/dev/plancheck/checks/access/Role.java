// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.access;

import static dev.plancheck.checks.access.Permission.EDIT_PLAN;
import static dev.plancheck.checks.access.Permission.OVERRIDE_GATE;
import static dev.plancheck.checks.access.Permission.READ;
import static dev.plancheck.checks.access.Permission.ROLL_OUT;
import static dev.plancheck.checks.access.Permission.RUN_CHECKS;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A name that users carry in a project, and that steps of an approval ask for. The names below
/// carry permissions; any other name (SECURITY, FINANCE) allows to read, and to decide the steps
/// that ask for it.
public record Role(String name) implements Comparable<Role> {
  private static final Pattern FORM = Pattern.compile("[A-Z][A-Z0-9_]{0,62}");

  /// Everything, everywhere; it belongs to no project and decides no step of an approval.
  public static final Role ADMIN = new Role("ADMIN");

  public static final Role PROJECT_OWNER = new Role("PROJECT_OWNER");
  public static final Role DBA = new Role("DBA");
  public static final Role RELEASER = new Role("RELEASER");
  public static final Role DEVELOPER = new Role("DEVELOPER");
  public static final Role VIEWER = new Role("VIEWER");

  private static final Map<Role, Set<Permission>> BUILT_IN = builtIn();

  /// Throws [IllegalArgumentException] for what is no name of a role.
  public Role {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "role: expected capital letters, digits and underscores, a letter first, at most 63"
              + " characters, as PROJECT_OWNER");
    }
  }

  public Set<Permission> permissions() {
    return BUILT_IN.getOrDefault(this, Set.of(READ));
  }

  /// The names that carry `permission`, the weakest first.
  public static List<Role> with(Permission permission) {
    return BUILT_IN.entrySet().stream()
        .filter(entry -> entry.getValue().contains(permission))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<Role, Set<Permission>> builtIn() {
    var all = new LinkedHashMap<Role, Set<Permission>>();
    all.put(VIEWER, Set.of(READ));
    all.put(DEVELOPER, Set.of(READ, EDIT_PLAN, RUN_CHECKS));
    all.put(RELEASER, Set.of(READ, RUN_CHECKS, ROLL_OUT));
    all.put(DBA, Set.of(READ, EDIT_PLAN, RUN_CHECKS, OVERRIDE_GATE, ROLL_OUT));
    var project = EnumSet.allOf(Permission.class);
    project.remove(Permission.MANAGE_WORKSPACE);
    all.put(PROJECT_OWNER, Set.copyOf(project));
    all.put(ADMIN, Set.copyOf(Arrays.asList(Permission.values())));
    return all;
  }

  @Override
  public int compareTo(Role other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
