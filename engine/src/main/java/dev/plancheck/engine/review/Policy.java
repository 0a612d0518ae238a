// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.schema.Fingerprint;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which rules a review runs, with which options and at which level. A rule that is off stays in
/// the list, so that a suppression of it is not called unknown.
///
/// `own` holds the levels of [OwnFinding]s that differ from the usual ones, by id.
public record Policy(List<Entry> entries, SortedMap<String, Level> own) {

  /// A rule is a record: its components are its options.
  public record Entry(Rule rule, Level level) {
    public Entry {
      if (!(rule instanceof Record)) {
        throw new IllegalArgumentException(
            "rule %s: %s (expected: a record)".formatted(rule.info().id(), rule.getClass()));
      }
    }

    public String id() {
      return rule.info().id();
    }
  }

  /// What the hash is made of: of a rule its id, its level and its options.
  private record Hashed(List<HashedEntry> entries, SortedMap<String, Level> own) {}

  private record HashedEntry(String id, Level level, Record options) {}

  public Policy {
    entries = entries.stream().sorted(Comparator.comparing(Entry::id)).toList();
    own = Collections.unmodifiableSortedMap(new TreeMap<>(own));
    var ids = new HashSet<String>();
    for (var entry : entries) {
      if (!ids.add(entry.id())) {
        throw new IllegalArgumentException("rule %s: twice (expected: once)".formatted(entry.id()));
      }
    }
    own.forEach(Policy::checkOwn);
  }

  /// Every rule at its usual level.
  public static Policy of(List<? extends Rule> rules) {
    return new Policy(
        rules.stream().map(rule -> new Entry(rule, rule.info().usual())).toList(), new TreeMap<>());
  }

  /// The policy with another level for a rule or for a finding of the review itself. Throws
  /// [IllegalArgumentException] for an id that is neither, and for a level below the lowest.
  public Policy withLevel(String id, Level level) {
    if (OwnFinding.byId(id).isPresent()) {
      var changed = new TreeMap<>(own);
      changed.put(id, level);
      return new Policy(entries, changed);
    }
    checkKnown(id);
    return new Policy(
        entries.stream().map(e -> e.id().equals(id) ? new Entry(e.rule(), level) : e).toList(),
        own);
  }

  /// The policy with other options for a rule, which keeps its level. Throws
  /// [IllegalArgumentException] for a rule that the policy does not hold.
  public Policy withRule(Rule changed) {
    var id = changed.info().id();
    checkKnown(id);
    return new Policy(
        entries.stream().map(e -> e.id().equals(id) ? new Entry(changed, e.level()) : e).toList(),
        own);
  }

  /// The policy for changes that gh-ost makes on a copy of the table: what is only about altering
  /// the table itself is off.
  public Policy forCopies() {
    return new Policy(
        entries.stream()
            .map(e -> e.rule().isAboutDirectAlter() ? new Entry(e.rule(), Level.OFF) : e)
            .toList(),
        own);
  }

  public Optional<Entry> entry(String id) {
    return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  public Level level(OwnFinding finding) {
    return own.getOrDefault(finding.info().id(), Level.of(finding.info().severity()));
  }

  /// SHA-256 over ids, levels and option values, in hexadecimal: equal policies give equal findings
  /// as long as the rules' version is the same.
  public String hash() {
    var levels = new HashMap<>(Map.copyOf(own));
    for (var finding : OwnFinding.values()) {
      levels.putIfAbsent(finding.info().id(), level(finding));
    }
    return Fingerprint.ofRecord(
        new Hashed(
            entries.stream()
                .map(e -> new HashedEntry(e.id(), e.level(), (Record) e.rule()))
                .toList(),
            new TreeMap<>(levels)));
  }

  private void checkKnown(String id) {
    if (entry(id).isEmpty()) {
      throw new IllegalArgumentException(
          "rule %s: unknown (expected: the id of a rule)".formatted(id));
    }
  }

  private static void checkOwn(String id, Level level) {
    var least =
        OwnFinding.byId(id)
            .orElseThrow(
                () -> new IllegalArgumentException("own finding %s: unknown".formatted(id)))
            .least();
    if (level.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "level of %s: %s (expected: %s or worse)".formatted(id, level, least));
    }
  }
}
