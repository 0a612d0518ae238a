// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.util.FieldMaskUtil;
import com.google.protobuf.util.FieldMaskUtil.MergeOptions;
import dev.plancheck.checks.ApiException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The fields that an update changes.
public final class Masks {
  private static final MergeOptions REPLACE =
      new MergeOptions()
          .setReplaceMessageFields(true)
          .setReplaceRepeatedFields(true)
          .setReplacePrimitiveFields(true);

  private Masks() {}

  /// `current` with the fields of `mask` as they are in `given`. An empty mask means the changeable
  /// fields that are set in `given`. Throws [ApiException] INVALID_ARGUMENT for a mask that names
  /// something else than `changeable` fields.
  public static <T extends Message> T apply(
      T current, T given, FieldMask mask, Set<String> changeable) {
    var paths = mask.getPathsCount() == 0 ? set(given, changeable) : mask.getPathsList();
    for (var path : paths) {
      if (!changeable.contains(path)) {
        throw ApiException.invalid(
            "update_mask",
            "update_mask: %s (expected: %s)"
                .formatted(path, changeable.stream().sorted().collect(Collectors.joining(", "))));
      }
    }
    var result = current.toBuilder();
    var fields = FieldMask.newBuilder().addAllPaths(paths).build();
    FieldMaskUtil.merge(fields, given, result, REPLACE);
    @SuppressWarnings("unchecked") // A builder builds what it came from.
    var merged = (T) result.build();
    return merged;
  }

  private static List<String> set(Message given, Set<String> changeable) {
    return given.getAllFields().keySet().stream()
        .map(field -> field.getName())
        .filter(changeable::contains)
        .toList();
  }
}
