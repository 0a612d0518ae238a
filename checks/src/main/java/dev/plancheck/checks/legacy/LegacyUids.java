// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.legacy;

import dev.plancheck.checks.plan.PlanName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The port to where names of virtual runs are kept. A uid is never given to anything else,
/// whatever becomes of its plan; several processes may give at once.
public interface LegacyUids {
  /// The names of `checks`, by uid, ascending. A check that has none gets a new one, greater than
  /// all before, in the order of `checks`; one that is there twice has one. Throws
  /// [dev.plancheck.checks.ApiException] NOT_FOUND for an unknown plan.
  List<LegacyUid> give(PlanName plan, Collection<LegacyCheck> checks);

  /// Those of `uids` that are names in this plan. One that is not listed any more, because a newer
  /// row of the same check was, stands for the listed name.
  Map<Long, LegacyUid> find(PlanName plan, Set<Long> uids);
}
