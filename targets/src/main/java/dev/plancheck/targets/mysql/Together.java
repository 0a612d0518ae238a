// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.targets.mysql.IdleLines.Login;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What sessions of some databases of one server share that are asked the same, one after the
/// other: the first reads the catalogue for all of them, in questions that they have in common, and
/// the others find what it says of them. It is used once, by the session that it belongs to, and
/// only for seconds; then it is read again, for fewer.
///
/// What cannot be read in common is left to the session of its own: a database that is not there,
/// or a table in the way. When a common question fails none is asked again. So each database has
/// the errors that it would have alone.
///
/// Whoever finds the lock taken reads alone: there should be nobody, but for a session that was
/// given up and does not end.
final class Together {
  /// Databases of one common question: SELECTs for each of them are one statement.
  private static final int MOST_DATABASES = 64;

  /// Fewer are read sooner one by one, where the server goes through folders (measured on MySQL 5.7
  /// and MariaDB 10.11: four took as long or a fifth longer, sixteen half as long).
  private static final int FEWEST_DATABASES = 8;

  /// Tables that a script names, of all those databases: what is read ahead is bounded by them.
  private static final int MOST_TABLES = 1_000;

  private static final Duration FRESH = Duration.ofSeconds(5);

  /// A snapshot, and what its catalogue says of rows to be counted.
  record Told(Snapshot snapshot, CountFacts facts) {}

  /// What must be the same for all who find what one of them read.
  private record Question(Mentions mentions, SizeBorders borders, Login login) {
    boolean isSame(Question other) {
      return mentions.equals(other.mentions)
          && borders.equals(other.borders)
          && login.isSame(other.login);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> expected;
  private final Set<String> read = new HashSet<>();
  private final Map<String, Told> told = new HashMap<>();
  private final Duration fresh;
  private @Nullable Question question;
  private long until;
  private int most = MOST_DATABASES;
  private int used;
  private volatile @Nullable CountPlan plan;

  /// `expected` are the databases whose sessions will come, in this order.
  Together(Collection<String> expected) {
    this(expected, FRESH);
  }

  Together(Collection<String> expected, Duration fresh) {
    this.expected = new LinkedHashSet<>(expected);
    this.fresh = fresh;
  }

  /// What a session of a database is told, which reads it over its own connection if need be.
  Told tell(String database, Asking asking, Mentions mentions, SizeBorders borders)
      throws SQLException, TargetException {
    if (lock.tryLock()) {
      try {
        var found = find(database, asking, new Question(mentions, borders, asking.login()));
        if (found != null) {
          return found;
        }
      } finally {
        lock.unlock();
      }
    }
    var reader = new SnapshotReader(asking.line());
    var described = reader.read(database, mentions);
    return told(reader, described, mentions, borders, asking.failures());
  }

  /// Whoever reads: its connection, what it logged in with, and its words for failures.
  record Asking(Line line, Login login, Failures failures) {}

  CountPlan plan(Script script) {
    var known = plan;
    if (known == null || !known.isOf(script)) {
      known = new CountPlan(script);
      plan = known;
    }
    return known;
  }

  private @Nullable Told find(String database, Asking asking, Question asked) throws SQLException {
    expected.remove(database);
    var isFresh = question != null && question.isSame(asked) && until - System.nanoTime() > 0;
    if (!isFresh || !read.contains(database)) {
      if (!isFresh && !told.isEmpty()) {
        most = Math.max(1, used);
      }
      readAhead(database, asking, asked);
    }
    used++;
    return told.remove(Spelling.of(asking.line().settings()).same(database));
  }

  private void readAhead(String database, Asking asking, Question asked) throws SQLException {
    read.clear();
    told.clear();
    used = 0;
    var names = Math.max(1, asked.mentions().relations().size());
    var count = asked.mentions().wholeSchema() ? 1 : Math.min(most, MOST_TABLES / names);
    read.add(database);
    expected.stream().limit(Math.max(0, count - 1)).forEach(read::add);
    var fewest = asking.line().version().hasCatalogueInTables() ? 2 : FEWEST_DATABASES;
    if (read.size() < fewest) {
      // Nobody else is in it.
      read.retainAll(Set.of(database));
      return;
    }
    // None is asked again, unless it goes well.
    var before = most;
    most = 1;
    try {
      var reader = new SnapshotReader(asking.line());
      for (var described : reader.readTogether(read, asked.mentions())) {
        keep(reader, described, asking, asked);
      }
      most = before;
    } catch (SQLException e) {
      if (asking.line().isCanceled() || ErrorCodes.isOfConnection(e)) {
        throw e;
      }
    }
    question = asked;
    until = System.nanoTime() + fresh.toNanos();
  }

  /// What a session has to be told in its own words is left to it.
  private void keep(SnapshotReader reader, Described described, Asking asking, Question asked)
      throws SQLException {
    try {
      told.put(
          described.named().home(),
          told(reader, described, asked.mentions(), asked.borders(), asking.failures()));
    } catch (TargetException _) {
      // It will find the same.
    }
  }

  private static Told told(
      SnapshotReader reader,
      Described described,
      Mentions mentions,
      SizeBorders borders,
      Failures failures)
      throws SQLException, TargetException {
    return new Told(
        reader.snapshot(described, mentions, borders, failures), CountFacts.of(described));
  }
}
