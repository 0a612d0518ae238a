// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.target;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Database;
import dev.plancheck.checks.plan.Databases;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Instances;
import java.util.List;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the known databases of instances those that are really there.
public record DatabaseSync(Instances instances, Databases databases, DatabaseLister lister) {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseSync.class);
  private static final int PAGE = 100;

  /// Asks one instance. When it does not answer nothing is changed. Throws [ApiException] NOT_FOUND
  /// when the instance was deleted meanwhile.
  public List<Database> sync(Instance instance) throws TargetException {
    return databases.sync(instance.id(), new TreeSet<>(lister.databases(instance)));
  }

  /// Asks every instance, one after the other; one that does not answer keeps what is known of it.
  public void syncAll() throws InterruptedException {
    var page = instances.list(PAGE, "");
    while (!page.isEmpty()) {
      for (var instance : page) {
        syncOrSkip(instance);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      page = instances.list(PAGE, page.getLast().id());
    }
  }

  private void syncOrSkip(Instance instance) {
    try {
      var synced = sync(instance);
      LOG.debug("instances/{} has {} databases", instance.id(), synced.size());
    } catch (TargetException | ApiException e) {
      LOG.warn(
          "the databases of instances/{} could not be synchronised: {}",
          instance.id(),
          e.getMessage());
    }
  }
}
