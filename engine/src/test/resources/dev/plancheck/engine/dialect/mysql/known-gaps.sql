-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors
-- Valid statements that the grammar of MySQL rejects.
START TRANSACTION READ ONLY, WITH CONSISTENT SNAPSHOT;
ALTER TABLE book DISCARD PARTITION p0 TABLESPACE;
CREATE VIEW IF NOT EXISTS v AS SELECT 1;
