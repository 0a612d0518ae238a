-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors
-- Valid statements that both grammars reject for MariaDB.
DELETE FROM book WHERE id = 1 RETURNING id, (SELECT MAX(id) FROM author);
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY stock) OVER (PARTITION BY author_id) FROM book;
CREATE AGGREGATE FUNCTION f(x INT) RETURNS INT BEGIN DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN 1; LOOP FETCH GROUP NEXT ROW; END LOOP; END;
