// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.legacy.LegacyCheck;
import dev.plancheck.checks.legacy.LegacyUid;
import dev.plancheck.checks.legacy.LegacyUids;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Plans;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Names of virtual runs in memory, where nothing was ever migrated.
final class MemoryLegacyUids implements LegacyUids {
  private record Key(PlanName plan, LegacyCheck check) {}

  private final Plans plans;
  private final Map<Key, LegacyUid> all = new HashMap<>();
  private long last;

  MemoryLegacyUids(Plans plans) {
    this.plans = plans;
  }

  @Override
  public List<LegacyUid> give(PlanName plan, Collection<LegacyCheck> checks) {
    if (plans.get(plan).isEmpty()) {
      throw ApiException.notFound(plan.toString());
    }
    synchronized (this) {
      return checks.stream()
          .distinct()
          .map(check ->
              all.computeIfAbsent(
                  new Key(plan, check), key -> new LegacyUid(++last, key.check, null)))
          .sorted(Comparator.comparingLong(LegacyUid::uid))
          .toList();
    }
  }

  @Override
  public synchronized Map<Long, LegacyUid> find(PlanName plan, Set<Long> uids) {
    return all.entrySet().stream()
        .filter(entry -> entry.getKey().plan.equals(plan))
        .map(Map.Entry::getValue)
        .filter(uid -> uids.contains(uid.uid()))
        .collect(toMap(LegacyUid::uid, identity()));
  }
}
