// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import org.jdbi.v3.core.Handle;

/// Sheets that something begins to name: they are as good as given again.
final class SheetUse {
  private SheetUse() {}

  /// To be called in the transaction that stores `json`, in which sheets are called `sheetSha256`.
  static void renew(Handle handle, String project, String json) {
    handle
        .createUpdate(
            """
            update plancheck.sheet_reference
            set last_put_at = now()
            where project_id = :project
              and sha256 in (
                select name #>> '{}'
                from jsonb_path_query(:json::jsonb, '$.**.sheetSha256') as name)
            """)
        .bind("project", project)
        .bind("json", json)
        .execute();
  }
}
