// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.advise.SharedReviews;
import dev.plancheck.checks.declarative.ComputedSheets;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Sheet;
import dev.plancheck.checks.policy.AppliedPolicies.Governing;
import dev.plancheck.checks.policy.GoverningTerms;
import dev.plancheck.checks.policy.PolicySource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One attempt as a process works on it: what its shards share there, whichever of them run at the
/// same time or one after the other. [CheckRunner#attempt] makes it.
///
/// `reviews` and `policies` are null until a shard needs them, and guarded by the object's lock.
public final class Attempt {
  private record Place(String spec, DatabaseName database) {
    static Place of(CheckTarget target) {
      return new Place(target.spec(), target.target());
    }
  }

  /// What the sheets' reviews are made by, and where computed sheets go.
  record Reviewing(
      CheckRunner.Means means, Executor computing, boolean shared, ComputedSheets computed) {}

  /// A sheet or a policy that is not to be had, in words.
  static final class MissingException extends Exception {
    private static final long serialVersionUID = 1L;

    MissingException(String cause) {
      super(cause);
    }

    static MissingException sheet(CheckTarget target) {
      return new MissingException(
          "the sheet %s of spec %s is not stored".formatted(target.sheet(), target.spec()));
    }

    String cause() {
      return String.valueOf(getMessage());
    }
  }

  private final PlanCheckRunConfig config;
  private final List<CheckTarget> targets;
  private final Reviewing reviewing;
  private final Set<String> kept = ConcurrentHashMap.newKeySet();
  private @Nullable SharedReviews reviews;
  private @Nullable Policies policies;

  Attempt(PlanCheckRunConfig config, Reviewing reviewing) {
    this.config = config;
    this.targets = config.toCheck();
    this.reviewing = reviewing;
  }

  /// [PlanCheckRunConfig#toCheck].
  List<CheckTarget> targets() {
    return targets;
  }

  /// Every place.
  BitSet places() {
    var all = new BitSet();
    all.set(0, targets.size());
    return all;
  }

  /// Over the sheets of all targets, since one may run before another's. Throws what storage
  /// throws.
  synchronized SharedReviews reviews() throws MissingException {
    if (reviews == null) {
      reviews =
          new SharedReviews(
              reviewing.means().review(), texts(), reviewing.computing(), reviewing.shared());
    }
    return reviews;
  }

  /// Of every target that is checked. Throws what storage throws.
  synchronized Policies policies() throws MissingException {
    if (policies == null) {
      Map<String, GoverningTerms> terms = new HashMap<>();
      for (var target : targets) {
        var environment = target.environment();
        if (!terms.containsKey(environment)) {
          terms.put(environment, terms(environment));
        }
      }
      policies = target -> Objects.requireNonNull(terms.get(target.environment()));
    }
    return policies;
  }

  private GoverningTerms terms(String environment) throws MissingException {
    var hash = config.policies().of(environment).map(Governing::hash).orElse(null);
    if (hash == null) {
      throw new MissingException(
          "the run names no review policy for the environment '%s'".formatted(environment));
    }
    return switch (reviewing.means().policies().terms(hash)) {
      case PolicySource.Found.Usable(var terms) -> new GoverningTerms(hash, terms);
      case PolicySource.Found.Unusable(var why) -> throw new MissingException(why);
    };
  }

  /// Tells the policy that governs a target.
  interface Policies {
    GoverningTerms of(CheckTarget target);
  }

  /// Keeps a computed sheet, each once: most databases have the same.
  void keep(Sheet sheet) {
    if (!kept.contains(sheet.sha256())) {
      reviewing.computed().keep(sheet);
      kept.add(sheet.sha256());
    }
  }

  private Map<String, String> texts() throws MissingException {
    Map<String, String> texts = new HashMap<>();
    for (var target : config.targets()) {
      if (!texts.containsKey(target.sheet())) {
        var sheet =
            reviewing
                .means()
                .sheets()
                .get(target.sheet())
                .orElseThrow(() -> MissingException.sheet(target));
        texts.put(sheet.sha256(), sheet.text());
      }
    }
    return texts;
  }

  /// Of some places: the sheets that the plan runs on the same database before a target's own, in
  /// order. A spec may name a database more than once, for one check each.
  Before before(BitSet places) {
    Set<DatabaseName> databases =
        places.stream().mapToObj(targets::get).map(CheckTarget::target).collect(Collectors.toSet());
    var known = new HashMap<Place, List<String>>();
    var soFar = new HashMap<DatabaseName, List<String>>();
    var seen = new HashSet<Place>();
    for (var target : config.targets()) {
      if (databases.contains(target.target()) && seen.add(Place.of(target))) {
        var earlier = soFar.getOrDefault(target.target(), List.of());
        if (!earlier.isEmpty()) {
          known.put(Place.of(target), earlier);
        }
        var through = new ArrayList<>(earlier);
        through.add(target.sheet());
        soFar.put(target.target(), List.copyOf(through));
      }
    }
    return target -> known.getOrDefault(Place.of(target), List.of());
  }

  /// Tells the sheets that come before a target's own.
  interface Before {
    List<String> of(CheckTarget target);
  }
}
