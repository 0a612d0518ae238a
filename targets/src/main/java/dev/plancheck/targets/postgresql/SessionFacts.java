// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.engine.EngineVersion;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a new session of the target finds: search path and the settings that change what a script
/// does.
///
/// The time zone is known only where a role's or the database's own settings name it, because the
/// driver sends one of its own, as most drivers do.
record SessionFacts(
    EngineVersion version, List<String> searchPath, SortedMap<String, String> settings) {
  private static final String TIME_ZONE = "timezone";

  static SessionFacts of(EngineVersion version, Row facts, List<Row> roleSettings) {
    var settings = new TreeMap<String, String>();
    settings.put("in_recovery", facts.flag(1) ? "on" : "off");
    for (var at = 0; at < Opening.SETTINGS.size(); at++) {
      var value = facts.textOrNull(2 + at);
      if (value != null) {
        settings.put(Opening.SETTINGS.get(at), value);
      }
    }
    var strongest = -1;
    for (var row : roleSettings) {
      // A role's settings in a database win over the role's, those over the database's.
      var strength = (row.flag(2) ? 2 : 0) + (row.flag(1) ? 1 : 0);
      for (var setting : row.texts(0)) {
        var end = setting.indexOf('=');
        if (strength > strongest
            && end > 0
            && setting.substring(0, end).toLowerCase(Locale.ROOT).equals(TIME_ZONE)) {
          settings.put(TIME_ZONE, setting.substring(end + 1));
          strongest = strength;
        }
      }
    }
    return new SessionFacts(version, facts.texts(0), settings);
  }

  long pageBytes() {
    return Long.parseLong(settings.getOrDefault("block_size", "8192"));
  }
}
