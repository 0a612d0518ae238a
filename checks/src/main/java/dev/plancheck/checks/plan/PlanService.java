// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes plans for callers whose input is not to be trusted; reading goes to the ports.
public final class PlanService {
  private final Plans plans;
  private final Sheets sheets;

  public PlanService(Plans plans, Sheets sheets) {
    this.plans = plans;
    this.sheets = sheets;
  }

  /// Throws [ApiException]: INVALID_ARGUMENT for specs that contradict themselves or name a sheet
  /// that does not exist, NOT_FOUND for an unknown project.
  public Plan create(String project, String title, List<Spec> specs) {
    check(specs);
    return plans.create(project, title, specs);
  }

  /// Replaces title and specs of the version that the caller read. Throws [ApiException]: as
  /// [#create], and ABORTED when the stored version is another one.
  public Plan update(Plan plan) {
    check(plan.specs());
    return plans.update(plan);
  }

  private void check(List<Spec> specs) {
    SpecRules.check(specs);
    for (var index = 0; index < specs.size(); index++) {
      var sheet = sheet(specs.get(index));
      if (sheet != null && sheets.get(sheet).isEmpty()) {
        throw ApiException.invalid(
            "specs[%d].sheet".formatted(index),
            "sheet: %s does not exist (expected: a sheet that was created before)"
                .formatted(sheet));
      }
    }
  }

  private static @Nullable String sheet(Spec spec) {
    return switch (spec) {
      case Spec.CreateDatabase _ -> null;
      case Spec.ExportData(_, var sheet, _) -> sheet;
      case ChangeDatabase change -> change.sheet();
    };
  }
}
