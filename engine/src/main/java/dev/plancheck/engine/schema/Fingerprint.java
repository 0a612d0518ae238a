// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// The SHA-256 of a value made of records: equal for equal values, in every process and version of
/// Java, and different as soon as any component of any record inside differs.
///
/// Every value is written with its kind and its length before it is hashed, so that no two values
/// share a text. Components are found by reflection: one that is added later cannot be forgotten.
public final class Fingerprint {
  /// Long lists are hashed piece by piece.
  private static final int MOST_TEXT = 64 * 1024;

  private static final ClassValue<Method[]> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getAccessor)
              .peek(Method::trySetAccessible)
              .toArray(Method[]::new);
        }
      };

  private final StringBuilder text = new StringBuilder(4096);
  private final MessageDigest digest = digest();

  private Fingerprint() {}

  /// The fingerprint of a snapshot: databases that share it look the same to a script.
  public static String of(Schema schema) {
    return ofRecord(schema);
  }

  /// 64 lower-case hexadecimal digits. Throws [IllegalArgumentException] for a value inside that is
  /// neither record, enum, string, number, boolean, list, nor sorted set or map.
  public static String ofRecord(Record value) {
    var fingerprint = new Fingerprint();
    fingerprint.write(value);
    fingerprint.hash();
    return HexFormat.of().formatHex(fingerprint.digest.digest());
  }

  private void write(@Nullable Object value) {
    switch (value) {
      case null -> text.append('~');
      case String string -> sized('s', string);
      case Enum<?> constant -> sized('e', constant.name());
      case Boolean flag -> text.append(flag ? "+" : "-");
      case Integer number -> sized('i', number.toString());
      case Long number -> sized('l', number.toString());
      case Record fields -> record(fields);
      case Map<?, ?> map -> map(map);
      case Collection<?> collection -> collection(collection);
      default -> throw new IllegalArgumentException("no fingerprint of a " + value.getClass());
    }
  }

  private void sized(char kind, String value) {
    text.append(kind).append(value.length()).append(':').append(value);
  }

  private void record(Record value) {
    var accessors = ACCESSORS.get(value.getClass());
    text.append('r').append(accessors.length).append(':');
    for (var accessor : accessors) {
      try {
        write(accessor.invoke(value));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + accessor, e);
      }
    }
  }

  private void map(Map<?, ?> map) {
    if (!(map instanceof SortedMap)) {
      throw new IllegalArgumentException("no fingerprint of a map without order");
    }
    text.append('m').append(map.size()).append(':');
    map.forEach((key, value) -> {
      write(key);
      write(value);
    });
  }

  private void collection(Collection<?> collection) {
    if (collection instanceof Set && !(collection instanceof SortedSet)) {
      throw new IllegalArgumentException("no fingerprint of a set without order");
    }
    text.append('c').append(collection.size()).append(':');
    for (var element : collection) {
      write(element);
      if (text.length() > MOST_TEXT) {
        hash();
      }
    }
  }

  private void hash() {
    digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
