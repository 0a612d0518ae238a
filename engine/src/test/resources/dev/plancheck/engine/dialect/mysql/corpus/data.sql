-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors
-- # Insert
INSERT INTO book (id, title) VALUES (1, 'One'), (2, "Two"), (3, 'It''s \'three\'');
INSERT book VALUES (1, NULL, DEFAULT, NOW(), 0x1F, b'01', _utf8mb4'x', -1.5e3);
INSERT IGNORE INTO shop.book (id) VALUE (1);
INSERT INTO book SET id = 1, title = 'One';
INSERT INTO book (id) SELECT id FROM old_book WHERE id > 5;
INSERT INTO book SELECT * FROM old_book ON DUPLICATE KEY UPDATE title = VALUES(title);
INSERT INTO book (id, n) VALUES (1, 1) ON DUPLICATE KEY UPDATE n = n + 1, title = CONCAT(title, '!');
INSERT INTO book (id, n) VALUES (1, 1) AS new ON DUPLICATE KEY UPDATE n = new.n;
INSERT LOW_PRIORITY INTO book PARTITION (p0) (id) VALUES (1);
REPLACE INTO book (id, title) VALUES (1, 'One');
REPLACE book SET id = 1;
REPLACE INTO book SELECT * FROM old_book;
INSERT INTO t () VALUES ();
INSERT INTO t (j) VALUES ('{"a": [1, 2]}'), (JSON_OBJECT('a', 1));
INSERT INTO config (name, value) SELECT 'a', 'b' FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM config WHERE name = 'a');
-- # Update
UPDATE book SET title = 'x' WHERE id = 1;
UPDATE book SET a = 1, b = b + 1, c = (SELECT MAX(id) FROM other), d = IF(a > 1, 'x', "y");
UPDATE LOW_PRIORITY IGNORE shop.book SET a = DEFAULT WHERE b IN (1, 2, 3) ORDER BY id LIMIT 100;
UPDATE book b JOIN author a ON a.id = b.author_id SET b.author_name = a.name WHERE b.author_name IS NULL;
UPDATE book AS b, author AS a SET b.x = 1, a.y = 2 WHERE a.id = b.author_id;
UPDATE book INNER JOIN (SELECT id, COUNT(*) AS n FROM item GROUP BY id) s ON s.id = book.id SET book.n = s.n;
UPDATE book SET data = JSON_SET(data, '$.a', 1) WHERE data->>'$.b' = 'x';
UPDATE book LEFT JOIN author USING (author_id) SET book.gone = 1 WHERE author.id IS NULL;
UPDATE t SET a = CASE WHEN b THEN 1 ELSE 2 END, c = CURRENT_TIMESTAMP WHERE a BETWEEN 1 AND 5 AND b LIKE 'x%';
WITH old AS (SELECT id FROM book WHERE at < NOW() - INTERVAL 1 YEAR) UPDATE book SET archived = 1 WHERE id IN (SELECT id FROM old);
-- # Delete
DELETE FROM book WHERE id = 1;
DELETE FROM book;
DELETE QUICK FROM shop.book WHERE at < DATE_SUB(NOW(), INTERVAL 30 DAY) ORDER BY at LIMIT 1000;
DELETE b FROM book b JOIN author a ON a.id = b.author_id WHERE a.gone;
DELETE FROM b, a USING book b INNER JOIN author a ON a.id = b.author_id WHERE a.gone = 1;
DELETE book, author FROM book, author WHERE author.id = book.author_id;
DELETE b.* FROM book b LEFT JOIN author a ON a.id = b.author_id WHERE a.id IS NULL;
DELETE FROM book WHERE id IN (SELECT book_id FROM dead) AND NOT EXISTS (SELECT 1 FROM loan WHERE loan.book_id = book.id);
WITH d AS (SELECT 1 AS id) DELETE FROM book WHERE id IN (SELECT id FROM d);
-- # Select
SELECT 1;
SELECT * FROM book WHERE title LIKE 'a%' ORDER BY id DESC LIMIT 10 OFFSET 5;
SELECT b.*, COUNT(*) OVER (PARTITION BY b.author_id ORDER BY b.id) FROM book b LEFT JOIN author a USING (id) WHERE a.name IS NOT NULL GROUP BY b.id HAVING COUNT(*) > 1;
SELECT DISTINCT SQL_NO_CACHE a FROM t FORCE INDEX (k) WHERE a <=> NULL OR b REGEXP '^x' FOR UPDATE;
SELECT id FROM a UNION ALL SELECT id FROM b UNION SELECT 3 ORDER BY 1;
(SELECT 1) UNION (SELECT 2);
WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT * FROM n;
SELECT GROUP_CONCAT(DISTINCT name ORDER BY name SEPARATOR ', '), CAST(a AS SIGNED), CONVERT(b USING utf8mb4), EXTRACT(YEAR FROM c), TRIM(BOTH ' ' FROM d), SUBSTRING(e FROM 1 FOR 2) FROM t;
SELECT @a := 1, @@session.sql_mode, @@GLOBAL.max_connections, @`b c`;
SELECT id INTO @x FROM t WHERE id = 1;
SELECT * FROM a, b, c WHERE a.id = b.id AND b.id = c.id;
SELECT JSON_EXTRACT(doc, '$.a[0]'), doc->'$.b', doc->>'$.c' FROM t WHERE JSON_CONTAINS(doc, '1', '$.d');
SELECT MATCH(title) AGAINST ('x' IN BOOLEAN MODE), IFNULL(a, b), COALESCE(a, b, c), NULLIF(a, ''), a DIV 2, a MOD 3, a % 4, a << 1, ~a, !a FROM t;
SELECT * FROM t WHERE (a, b) IN ((1, 2), (3, 4)) AND c > ALL (SELECT d FROM u) LOCK IN SHARE MODE;
SELECT DATE_ADD(NOW(), INTERVAL 1 DAY), TIMESTAMPDIFF(MINUTE, a, b), DATE '2024-01-01', UNIX_TIMESTAMP() FROM t;
SELECT 'a' 'b', "c", N'd', X'1F', 0b11, 1.5, .5, 1e10, TRUE, NULL;
TABLE book;
VALUES ROW(1, 2), ROW(3, 4);
-- # Copy
LOAD DATA LOCAL INFILE '/tmp/x.csv' IGNORE INTO TABLE book FIELDS TERMINATED BY ',' ENCLOSED BY '"' LINES TERMINATED BY '\n' IGNORE 1 LINES (id, @t) SET title = UPPER(@t);
LOAD DATA INFILE 'x' INTO TABLE shop.book;
-- # Explain
EXPLAIN SELECT * FROM book;
EXPLAIN FORMAT=JSON UPDATE book SET a = 1 WHERE id = 2;
DESCRIBE SELECT 1;
-- # Utility DESCRIBE
DESCRIBE book;
DESC shop.book title;
-- # Utility DO
DO SLEEP(1);
-- # Utility CALL
CALL fill_books(1, 'x', @out);
CALL shop.clean();
