// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import dev.plancheck.api.store.AffectedRows;
import dev.plancheck.api.store.ChangedTable;
import dev.plancheck.api.store.FindingStatus;
import dev.plancheck.api.store.PlanCheckType;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.summary.AffectedRows.Method;
import dev.plancheck.checks.summary.Alteration;
import dev.plancheck.engine.review.Status;
import org.jspecify.annotations.Nullable;

/// Enum values to their stored ones and back.
final class StoredEnums {
  private StoredEnums() {}

  static PlanCheckType stored(CheckType type) {
    return switch (type) {
      case STATEMENT_ADVISE -> PlanCheckType.PLAN_CHECK_TYPE_STATEMENT_ADVISE;
      case STATEMENT_SUMMARY_REPORT -> PlanCheckType.PLAN_CHECK_TYPE_STATEMENT_SUMMARY_REPORT;
      case GHOST_SYNC -> PlanCheckType.PLAN_CHECK_TYPE_GHOST_SYNC;
    };
  }

  static CheckType read(PlanCheckType type, String what) {
    return switch (type) {
      case PLAN_CHECK_TYPE_STATEMENT_ADVISE -> CheckType.STATEMENT_ADVISE;
      case PLAN_CHECK_TYPE_STATEMENT_SUMMARY_REPORT -> CheckType.STATEMENT_SUMMARY_REPORT;
      case PLAN_CHECK_TYPE_GHOST_SYNC -> CheckType.GHOST_SYNC;
      case PLAN_CHECK_TYPE_UNSPECIFIED, UNRECOGNIZED -> throw unknown(what, "check type", type);
    };
  }

  static dev.plancheck.api.store.Outcome stored(Outcome outcome) {
    return switch (outcome) {
      case PERFORMED -> dev.plancheck.api.store.Outcome.PERFORMED;
      case NOT_PERFORMED -> dev.plancheck.api.store.Outcome.NOT_PERFORMED;
    };
  }

  static Outcome read(dev.plancheck.api.store.Outcome outcome, String what) {
    return switch (outcome) {
      case PERFORMED -> Outcome.PERFORMED;
      case NOT_PERFORMED -> Outcome.NOT_PERFORMED;
      case OUTCOME_UNSPECIFIED, UNRECOGNIZED -> throw unknown(what, "outcome", outcome);
    };
  }

  static FindingStatus stored(Status status) {
    return switch (status) {
      case SUCCESS -> FindingStatus.SUCCESS;
      case WARNING -> FindingStatus.WARNING;
      case ERROR -> FindingStatus.ERROR;
    };
  }

  static Status read(FindingStatus status, String what) {
    return switch (status) {
      case SUCCESS -> Status.SUCCESS;
      case WARNING -> Status.WARNING;
      case ERROR -> Status.ERROR;
      case FINDING_STATUS_UNSPECIFIED, UNRECOGNIZED -> throw unknown(what, "status", status);
    };
  }

  static AffectedRows.Method stored(Method method) {
    return switch (method) {
      case COUNTED -> AffectedRows.Method.COUNTED;
      case ESTIMATED -> AffectedRows.Method.ESTIMATED;
      case UPPER_BOUND -> AffectedRows.Method.UPPER_BOUND;
      case AT_LEAST -> AffectedRows.Method.AT_LEAST;
      case UNKNOWN -> AffectedRows.Method.UNKNOWN;
    };
  }

  static Method read(AffectedRows.Method method, String what) {
    return switch (method) {
      case COUNTED -> Method.COUNTED;
      case ESTIMATED -> Method.ESTIMATED;
      case UPPER_BOUND -> Method.UPPER_BOUND;
      case AT_LEAST -> Method.AT_LEAST;
      case UNKNOWN -> Method.UNKNOWN;
      case METHOD_UNSPECIFIED, UNRECOGNIZED -> throw unknown(what, "method", method);
    };
  }

  static ChangedTable.Alteration stored(@Nullable Alteration alteration) {
    return switch (alteration) {
      case null -> ChangedTable.Alteration.ALTERATION_UNSPECIFIED;
      case INSTANT -> ChangedTable.Alteration.INSTANT;
      case IN_PLACE -> ChangedTable.Alteration.IN_PLACE;
      case REBUILD -> ChangedTable.Alteration.REBUILD;
      case ONLINE_COPY -> ChangedTable.Alteration.ONLINE_COPY;
      case REFUSED -> ChangedTable.Alteration.REFUSED;
      case LOCKED -> ChangedTable.Alteration.LOCKED;
      case UNKNOWN -> ChangedTable.Alteration.UNKNOWN;
      case COPY -> ChangedTable.Alteration.COPY;
    };
  }

  /// Null for none.
  static @Nullable Alteration read(ChangedTable.Alteration alteration, String what) {
    return switch (alteration) {
      case ALTERATION_UNSPECIFIED -> null;
      case INSTANT -> Alteration.INSTANT;
      case IN_PLACE -> Alteration.IN_PLACE;
      case REBUILD -> Alteration.REBUILD;
      case ONLINE_COPY -> Alteration.ONLINE_COPY;
      case REFUSED -> Alteration.REFUSED;
      case LOCKED -> Alteration.LOCKED;
      case UNKNOWN -> Alteration.UNKNOWN;
      case COPY -> Alteration.COPY;
      case UNRECOGNIZED -> throw unknown(what, "alteration", alteration);
    };
  }

  private static StoredFormatException unknown(String what, String kind, Enum<?> value) {
    return new StoredFormatException(what, "unknown %s %s".formatted(kind, value));
  }
}
