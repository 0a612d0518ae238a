// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The column `labels`: an object of texts, `{"region": "eu"}`.
public final class LabelsCodec {
  private static final String WHAT = "labels";

  /// What most databases have; a fleet is read faster without a parser for it.
  private static final String NONE = "{}";

  private LabelsCodec() {}

  public static String toJson(Map<String, String> labels) {
    var stored = Struct.newBuilder();
    labels.forEach((key, value) ->
        stored.putFields(
            StoredText.escape(key),
            Value.newBuilder().setStringValue(StoredText.escape(value)).build()));
    return StoredJson.print(stored.build());
  }

  /// Throws [StoredFormatException] for what this version cannot read.
  public static SortedMap<String, String> fromJson(String json) {
    if (json.equals(NONE)) {
      return Collections.emptySortedMap();
    }
    var labels = new TreeMap<String, String>();
    StoredJson.parse(json, Struct.newBuilder(), WHAT)
        .getFieldsMap()
        .forEach((key, value) -> labels.put(StoredText.unescape(key), text(key, value)));
    return labels;
  }

  private static String text(String key, Value value) {
    if (!value.hasStringValue()) {
      throw new StoredFormatException(WHAT, "%s is no text".formatted(key));
    }
    return StoredText.unescape(value.getStringValue());
  }
}
