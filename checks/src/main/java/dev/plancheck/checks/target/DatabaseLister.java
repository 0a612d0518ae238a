// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.target;

import dev.plancheck.checks.plan.Instance;
import java.util.List;

/// The port that finds the databases of an instance, for "sync databases".
public interface DatabaseLister {
  /// The names of the databases that the instance's user could be asked to check, sorted: no
  /// templates, none that refuses connections.
  List<String> databases(Instance instance) throws TargetException;
}
