// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import dev.plancheck.api.store.DeduplicatedResult;
import dev.plancheck.checks.run.Result;
import java.util.List;

/// The column `result`: a flat list of results as JSON that holds everything that repeats once.
///
/// Any list goes there and back unchanged, in its order. The form is described in
/// `plan_check_run.proto`, message `DeduplicatedResult`; the view `plan_check_result` expands it in
/// SQL.
public final class ResultCodec {
  private static final String WHAT = "result";

  private ResultCodec() {}

  public static String toJson(List<Result> results) {
    return StoredJson.print(new ResultEncoder().encode(results));
  }

  /// Throws [StoredFormatException] for what this version cannot read.
  public static List<Result> fromJson(String json) {
    var stored = StoredJson.parse(json, DeduplicatedResult.newBuilder(), WHAT).build();
    try {
      return new ResultDecoder(stored, WHAT).decode();
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new StoredFormatException(WHAT, e);
    }
  }
}
