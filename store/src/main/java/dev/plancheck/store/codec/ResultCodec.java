// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import dev.plancheck.api.store.DeduplicatedResult;
import dev.plancheck.checks.run.Result;
import java.util.ArrayList;
import java.util.List;

/// The column `result`, and `payload` of chunks and overflow: a flat list of results as JSON that
/// holds everything that repeats once.
///
/// Any list goes there and back unchanged, in its order. The form is described in
/// `plan_check_run.proto`, message `DeduplicatedResult`; the view `plan_check_result` expands it in
/// SQL.
public final class ResultCodec {
  private static final String WHAT = "result";

  private ResultCodec() {}

  public static String toJson(List<Result> results) {
    var encoder = new ResultEncoder();
    encoder.add(results.stream().map(result -> new DatedResult(result, null)).toList());
    return encoder.json();
  }

  /// Throws [StoredFormatException] for what this version cannot read.
  public static List<Result> fromJson(String json) {
    var results = new ArrayList<Result>();
    read(
        json,
        dated -> {
          results.add(dated.result());
          return true;
        });
    return List.copyOf(results);
  }

  /// Takes results one by one.
  public interface Reader {
    /// Whether it wants more.
    boolean take(DatedResult result);
  }

  /// Hands the list to `reader` until that wants no more. Throws [StoredFormatException] for what
  /// this version cannot read.
  public static void read(String json, Reader reader) {
    var stored = StoredJson.parse(json, DeduplicatedResult.newBuilder(), WHAT).build();
    new ResultDecoder(stored, WHAT).decode(reader);
  }
}
