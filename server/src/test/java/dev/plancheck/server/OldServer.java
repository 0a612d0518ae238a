// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.plancheck.api.v1.FindingStatus;
import dev.plancheck.api.v1.LegacyPlanCheckRun;
import java.text.ParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/// What a server of the row-per-check model answered, straight from its rows.
final class OldServer {
  /// The calls of lists: a filter, and what it meant.
  static final Map<String, Predicate<LegacyPlanCheckRun>> FILTERS =
      Map.of(
          "", _ -> true,
          "status == \"RUNNING\"", status("RUNNING"),
          "status == \"DONE\"", status("DONE"),
          "status == \"FAILED\"", status("FAILED"),
          "status == \"CANCELED\"", status("CANCELED"),
          "status in [\"DONE\", \"FAILED\"]", status("DONE").or(status("FAILED")),
          "result_status == \"SUCCESS\"", result(FindingStatus.SUCCESS),
          "result_status == \"WARNING\"", result(FindingStatus.WARNING),
          "result_status in [\"SUCCESS\", \"ERROR\"]",
              result(FindingStatus.SUCCESS).or(result(FindingStatus.ERROR)),
          "status == \"DONE\" && result_status == \"ERROR\"",
              status("DONE").and(result(FindingStatus.ERROR)));

  private static final Map<String, LegacyPlanCheckRun.Type> TYPES =
      Map.of(
          "bb.plan-check.database.statement.advise",
          LegacyPlanCheckRun.Type.DATABASE_STATEMENT_ADVISE,
          "bb.plan-check.database.statement.summary.report",
          LegacyPlanCheckRun.Type.DATABASE_STATEMENT_SUMMARY_REPORT,
          "bb.plan-check.database.ghost.sync",
          LegacyPlanCheckRun.Type.DATABASE_GHOST_SYNC);

  private final String project;
  private final List<OldRow> rows;

  OldServer(String project, List<OldRow> rows) {
    this.project = project;
    this.rows = List.copyOf(rows);
  }

  List<Long> plans() {
    return rows.stream().map(OldRow::plan).distinct().toList();
  }

  List<OldRow> rows(long plan) {
    return rows.stream().filter(row -> row.plan() == plan).toList();
  }

  /// The runs of a plan whose rows have one of these fates.
  List<LegacyPlanCheckRun> list(long plan, String filter, Set<OldRow.Fate> fates) {
    return rows(plan).stream()
        .filter(row -> fates.contains(row.fate()))
        .sorted(Comparator.comparingLong(OldRow::id))
        .map(this::get)
        .filter(Objects.requireNonNull(FILTERS.get(filter)))
        .toList();
  }

  String plan(long plan) {
    return "projects/%s/plans/%d".formatted(project, plan);
  }

  String name(OldRow row) {
    return "%s/planCheckRuns/%d".formatted(plan(row.plan()), row.id());
  }

  /// Rows hold results and error in the form of the answer.
  LegacyPlanCheckRun get(OldRow row) {
    var run = LegacyPlanCheckRun.newBuilder();
    var config = Struct.newBuilder();
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(row.result(), run);
      JsonFormat.parser().merge(row.config(), config);
      run.setCreateTime(Timestamps.parse(row.created().replaceAll("^timestamptz '|'$", "")));
    } catch (InvalidProtocolBufferException | ParseException e) {
      throw new AssertionError(row.toString(), e);
    }
    return run.setName(name(row))
        .setType(TYPES.getOrDefault(row.type(), LegacyPlanCheckRun.Type.TYPE_UNSPECIFIED))
        .setStatus(LegacyPlanCheckRun.Status.valueOf(row.status()))
        .setTarget(
            "instances/%s/databases/%s"
                .formatted(text(config, "instanceId"), text(config, "databaseName")))
        .setSheet("projects/%s/sheets/%s".formatted(project, text(config, "sheetSha256")))
        .build();
  }

  /// The HTTP status of a cancel of these rows, in the name of one plan.
  int cancel(long plan, List<OldRow> named) {
    if (named.isEmpty()) {
      return 400;
    }
    if (named.stream().anyMatch(row -> row.plan() != plan)) {
      return 404;
    }
    return named.stream().allMatch(row -> row.status().equals("RUNNING")) ? 200 : 400;
  }

  private static String text(Struct.Builder config, String name) {
    return config.getFieldsOrThrow(name).getStringValue();
  }

  private static Predicate<LegacyPlanCheckRun> status(String name) {
    return run -> run.getStatus().name().equals(name);
  }

  private static Predicate<LegacyPlanCheckRun> result(FindingStatus status) {
    return run -> run.getResultsList().stream().anyMatch(found -> found.getStatus() == status);
  }
}
