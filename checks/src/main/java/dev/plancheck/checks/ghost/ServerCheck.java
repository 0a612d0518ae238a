// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.ghost.Answer.Told;
import dev.plancheck.checks.ghost.Answer.Untold;
import dev.plancheck.checks.ghost.GhostFacts.Server;
import dev.plancheck.checks.ghost.GhostFacts.Source;
import dev.plancheck.engine.Engine;
import java.util.List;
import java.util.Locale;

/// What gh-ost asks of a server before it looks at any table.
final class ServerCheck {
  private final Server server;
  private final GhostFlags flags;
  private final Findings findings;

  private ServerCheck(Server server, GhostFlags flags, Findings findings) {
    this.server = server;
    this.flags = flags;
    this.findings = findings;
  }

  static void find(Server server, GhostFlags flags, Findings findings) {
    var check = new ServerCheck(server, flags, findings);
    check.binaryLog();
    check.filters();
    check.topology();
    check.metadataLocks();
    if (server.engine() == Engine.MARIADB) {
      check.mariadb();
    }
  }

  private void find(GhostCode code, String what, String remedy) {
    findings.add(code, null, what, remedy);
  }

  private void binaryLog() {
    if (!server.isOn("log_bin")) {
      find(
          GhostCode.LOG_BIN,
          "gh-ost reads changes from the binary log, and this server writes none (log_bin is off).",
          "Set log_bin in the server's configuration and restart it.");
      return;
    }
    var format = server.variable("binlog_format").toUpperCase(Locale.ROOT);
    if (format.isEmpty()) {
      findings.unknown("The server does not tell its binlog_format");
    } else if (!format.equals("ROW")) {
      format(format);
    }
    var image = server.variable("binlog_row_image").toUpperCase(Locale.ROOT);
    if (!image.isEmpty() && !image.equals("FULL")) {
      find(
          GhostCode.BINLOG_ROW_IMAGE,
          "gh-ost needs whole rows in the binary log, and binlog_row_image is %s.".formatted(image),
          "SET GLOBAL binlog_row_image = 'FULL', and in the server's configuration.");
    }
  }

  private void format(String format) {
    var remedy = "SET GLOBAL binlog_format = 'ROW', and in the server's configuration.";
    if (!flags.is(GhostFlag.SWITCH_TO_RBR)) {
      find(
          GhostCode.BINLOG_FORMAT,
          "gh-ost needs rows in the binary log, and binlog_format is %s.".formatted(format),
          remedy);
      return;
    }
    switch (server.replicas()) {
      case Told(var replicas) when replicas == 0 ->
          find(
              GhostCode.SWITCH_TO_RBR,
              "gh-ost would set binlog_format from %s to ROW for all sessions, also when it only tries, and not back."
                  .formatted(format),
              remedy);
      case Told(var replicas) ->
          find(
              GhostCode.BINLOG_FORMAT,
              "binlog_format is %s, and gh-ost does not switch it on a server with %d replica(s)."
                  .formatted(format, replicas),
              remedy);
      case Untold(var reason) -> {
        find(
            GhostCode.BINLOG_FORMAT,
            "binlog_format is %s, and whether gh-ost would switch it is not known: %s."
                .formatted(format, reason),
            remedy);
      }
    }
  }

  private void filters() {
    switch (server.binaryLog()) {
      case Untold(var reason) -> {
        if (server.isOn("log_bin")) {
          findings.unknown(reason);
        }
      }
      case Told(var log) -> {
        var left = log.without().contains(server.database());
        if (left || (!log.only().isEmpty() && !log.only().contains(server.database()))) {
          find(
              GhostCode.BINLOG_FILTER,
              "Changes of %s are not in the binary log (%s), so that gh-ost waits for its own first row without end."
                  .formatted(
                      server.database(),
                      left ? "binlog_ignore_db names it" : "binlog_do_db does not name it"),
              "Change the filter in the server's configuration, or change the table without"
                  + " gh-ost.");
        }
      }
    }
  }

  private void topology() {
    switch (server.sources()) {
      case Untold(var reason) -> findings.unknown(reason);
      case Told(var sources) -> {
        if (sources.isEmpty()) {
          primary();
        } else {
          replica(sources);
        }
      }
    }
  }

  private void primary() {
    if (!flags.is(GhostFlag.ALLOW_ON_MASTER)) {
      find(
          GhostCode.ON_MASTER,
          "The server is a primary, and allow-on-master is false: gh-ost refuses it.",
          "Leave the flag out, or plan the change for a replica.");
    }
    readOnly();
  }

  private void readOnly() {
    if (server.isOn("read_only") || server.isOn("super_read_only")) {
      find(
          GhostCode.READ_ONLY,
          "gh-ost could not write: the server is read-only.",
          "SET GLOBAL read_only = OFF, if it is meant to be written to.");
    }
  }

  private void replica(List<Source> sources) {
    var hosts = String.join(", ", sources.stream().map(Source::host).toList());
    if (flags.is(GhostFlag.ASSUME_MASTER_HOST)) {
      find(
          GhostCode.REPLICA_WRITTEN,
          "The server is a replica of %s, and assume-master-host makes gh-ost write to it: it would differ from its source."
              .formatted(hosts),
          "Leave the flag out, or plan the change for the source.");
      readOnly();
    } else {
      find(
          GhostCode.REPLICA,
          "gh-ost would read here and change %s, which is not looked at.%s"
              .formatted(
                  hosts,
                  flags.is(GhostFlag.ASSUME_RBR)
                      ? ""
                      : " It stops and starts replication here, also when it only tries."),
          "Plan the change for the source; assume-rbr leaves replication alone.");
    }
    if (!server.isOn("log_slave_updates") && !server.isOn("log_replica_updates")) {
      find(
          GhostCode.LOG_REPLICA_UPDATES,
          "gh-ost reads the binary log of a replica, and this one does not log what it applies.",
          "Set log_replica_updates (log_slave_updates) in the server's configuration.");
    }
    sources.forEach(this::state);
  }

  private void state(Source source) {
    if (!source.receives() || !source.applies()) {
      find(
          GhostCode.REPLICA_BROKEN,
          "Replication from %s does not run, and gh-ost refuses that.".formatted(source.host()),
          "Start replication.");
      return;
    }
    var lag = source.lagSeconds();
    var most = Long.parseLong(flags.value(GhostFlag.MAX_LAG_MILLIS));
    if (lag == null) {
      findings.unknown("The server does not tell how far it is behind " + source.host());
    } else if (lag * 1000 > Math.max(100, most)) {
      find(
          GhostCode.REPLICA_LAG,
          "The server is %d s behind %s: gh-ost waits while that is more than %d ms."
              .formatted(lag, source.host(), most),
          "Wait until it has caught up.");
    }
  }

  private void metadataLocks() {
    var why =
        switch (server.metadataLocks()) {
          case Told(var on) -> on ? "" : "it is off here";
          case Untold(var reason) -> "gh-ost takes what it may not read for off: " + reason;
        };
    if (!why.isEmpty()) {
      find(
          GhostCode.METADATA_LOCKS,
          "gh-ost refuses a server without the instrument wait/lock/metadata/sql/mdl; %s."
              .formatted(why),
          """
          Enable it in performance_schema.setup_instruments (ENABLED and TIMED = 'YES'; \
          performance_schema itself is switched on at the server's start), and GRANT SELECT ON \
          performance_schema.* to gh-ost's user.\
          """);
    }
  }

  private void mariadb() {
    find(
        GhostCode.MARIADB,
        """
        Builds of gh-ost that do not know MariaDB tell by the version number which statements a \
        server has: they take MariaDB %s for a newer MySQL and fail with error 1064.\
        """
            .formatted(server.version()),
        "Try the build that you use with its own noop first.");
  }
}
