// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded.mysql;

import dev.plancheck.embedded.Folders;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What server to start: `label` is seen in the names of its folders, `options` are the server's
/// own, such as `sql_mode` and `server_id`; one without a value is a switch, such as
/// `skip-log-bin`.
public record MysqlConfig(
    MysqlBinaries binaries, Folders folders, String label, SortedMap<String, String> options) {
  private static final Pattern OPTION = Pattern.compile("[a-z][a-z0-9_-]*");
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9-]{0,19}");

  public MysqlConfig {
    if (!LABEL.matcher(label).matches()) {
      throw new IllegalArgumentException(
          "label: %s (expected: up to 20 small letters, digits and -)".formatted(label));
    }
    for (var name : options.keySet()) {
      if (!OPTION.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "option: %s (expected: small letters, digits, _ and -)".formatted(name));
      }
    }
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
  }

  public static MysqlConfig of(MysqlBinaries binaries, String label) {
    return new MysqlConfig(binaries, Folders.ofUser(), label, new TreeMap<>());
  }

  public MysqlConfig withFolders(Folders folders) {
    return new MysqlConfig(binaries, folders, label, options);
  }

  public MysqlConfig withLabel(String label) {
    return new MysqlConfig(binaries, folders, label, options);
  }

  /// Goes before what this room would have chosen.
  public MysqlConfig withOption(String name, String value) {
    var more = new TreeMap<>(options);
    more.put(name, value);
    return new MysqlConfig(binaries, folders, label, more);
  }
}
