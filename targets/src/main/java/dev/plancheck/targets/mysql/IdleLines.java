// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.targets.login.Endpoint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Connections that nobody uses now: the next session on the same server, with the same login,
/// takes one, whatever its database. They are kept for seconds, and only a few of them.
///
/// Those who ask count their own sessions; what is idle here was one of them a moment ago. Safe for
/// many threads.
final class IdleLines {
  private static final int MOST = 32;
  private static final int MOST_OF_A_SERVER = 8;

  private final Duration kept;
  private final Deque<Idle> idle = new ArrayDeque<>();
  private boolean sweeping;

  IdleLines(Duration kept) {
    this.kept = kept;
  }

  /// What connections of one login have in common. It has no text of its own, as it holds a
  /// password.
  static final class Login {
    private final Endpoint endpoint;
    private final @Nullable String password;
    private final Limits limits;

    Login(Endpoint endpoint, @Nullable String password, Limits limits) {
      this.endpoint =
          new Endpoint(endpoint.host(), endpoint.port(), endpoint.user(), endpoint.tls(), "");
      this.password = password;
      this.limits = limits;
    }

    @Nullable String password() {
      return password;
    }

    Limits limits() {
      return limits;
    }

    boolean isSame(Login other) {
      return endpoint.equals(other.endpoint)
          && Objects.equals(password, other.password)
          && limits.equals(other.limits);
    }

    boolean isSameServer(Login other) {
      return endpoint.host().equals(other.endpoint.host())
          && endpoint.port() == other.endpoint.port();
    }
  }

  private record Idle(Login login, Line line, long until) {}

  /// The one that was used last.
  synchronized @Nullable Line take(Login login) {
    for (var all = idle.descendingIterator(); all.hasNext(); ) {
      var found = all.next();
      if (found.login().isSame(login) && found.until() - System.nanoTime() > 0) {
        all.remove();
        return found.line();
      }
    }
    return null;
  }

  /// Closes it unless it may be kept.
  void giveBack(Login login, Line line) {
    if (!line.isClean() || !keep(login, line)) {
      line.close();
    }
  }

  private synchronized boolean keep(Login login, Line line) {
    var ofServer = idle.stream().filter(other -> other.login().isSameServer(login)).count();
    if (idle.size() >= MOST || ofServer >= MOST_OF_A_SERVER) {
      return false;
    }
    idle.addLast(new Idle(login, line, System.nanoTime() + kept.toNanos()));
    if (!sweeping) {
      sweeping = true;
      Thread.ofVirtual().name("close idle connections").start(this::sweep);
    }
    return true;
  }

  private void sweep() {
    while (true) {
      try {
        Thread.sleep(kept.dividedBy(4));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      tooOld().forEach(Line::close);
      synchronized (this) {
        if (idle.isEmpty()) {
          sweeping = false;
          return;
        }
      }
    }
  }

  private synchronized List<Line> tooOld() {
    var old = new ArrayList<Line>();
    var now = System.nanoTime();
    while (!idle.isEmpty() && idle.getFirst().until() - now <= 0) {
      old.add(idle.removeFirst().line());
    }
    return old;
  }
}
