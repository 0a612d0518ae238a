// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.notice;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/// A notice as the JSON that receivers get, in the shape of standardwebhooks.com: `type`,
/// `timestamp`, `data`. It is made once, when the notice is stored, so that every attempt sends the
/// same bytes.
public final class NoticeBody {
  private NoticeBody() {}

  public static String of(Notice notice, Instant at) {
    return "{\"type\":%s,\"timestamp\":%s,\"data\":{\"plan\":%s,\"text\":%s,\"details\":%s}}"
        .formatted(
            text(notice.event().name()),
            text(at.toString()),
            text(notice.plan().toString()),
            text(notice.text()),
            notice.details().entrySet().stream()
                .map(NoticeBody::field)
                .collect(Collectors.joining(",", "{", "}")));
  }

  private static String field(Map.Entry<String, String> detail) {
    return text(detail.getKey()) + ":" + text(detail.getValue());
  }

  /// Everything but printable ASCII is escaped, halves of surrogate pairs too, so that neither
  /// storage nor transport can change it.
  private static String text(String value) {
    var json = new StringBuilder(value.length() + 2).append('"');
    for (var place = 0; place < value.length(); place++) {
      var unit = value.charAt(place);
      if (unit == '"' || unit == '\\') {
        json.append('\\').append(unit);
      } else if (unit >= ' ' && unit <= '~') {
        json.append(unit);
      } else {
        json.append("\\u%04x".formatted((int) unit));
      }
    }
    return json.append('"').toString();
  }
}
