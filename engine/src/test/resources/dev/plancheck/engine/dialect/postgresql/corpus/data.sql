-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

--# Insert

INSERT INTO customer (email, country) VALUES ('a@example.org', 'DE'), ('b@example.org', 'FR');
INSERT INTO customer DEFAULT VALUES;
INSERT INTO shop.product VALUES (1, 'A-1', 9.99, ARRAY['x', 'y'], '{"a": 1}'), (2, 'A-2', DEFAULT, DEFAULT, NULL);
INSERT INTO customer AS c (id, email) VALUES (1, 'a@example.org')
  ON CONFLICT (id) DO UPDATE SET email = excluded.email, updated_at = now() WHERE c.email <> excluded.email
  RETURNING id, xmax = 0 AS inserted;
INSERT INTO customer (email) SELECT email FROM import_buffer WHERE email IS NOT NULL ON CONFLICT DO NOTHING;
INSERT INTO customer (email) VALUES ('x') ON CONFLICT ON CONSTRAINT customer_email_key DO NOTHING;
INSERT INTO customer OVERRIDING SYSTEM VALUE VALUES (42, 'z@example.org');
WITH moved AS (DELETE FROM customer WHERE deleted_at < now() - interval '1 year' RETURNING *)
INSERT INTO customer_archive SELECT * FROM moved;
INSERT INTO t (a) TABLE u;
INSERT INTO t (data) VALUES ($json${"it's": "; fine"}$json$);
INSERT INTO t SELECT g, md5(g::text) FROM generate_series(1, 1000) AS g;

--# Update

UPDATE customer SET country = 'DE';
UPDATE customer SET country = 'DE', updated_at = now() WHERE country IS NULL AND id BETWEEN 1 AND 1000;
UPDATE ONLY customer c SET name = u.name FROM import_buffer u WHERE u.id = c.id RETURNING c.id;
UPDATE customer SET (name, email) = ('x', 'y') WHERE id = 1;
UPDATE customer SET (name, email) = (SELECT name, email FROM other WHERE other.id = customer.id);
UPDATE shop.product SET tags[1] = 'new', attributes = attributes || '{"sale": true}'::jsonb WHERE product_id = ANY (ARRAY[1, 2, 3]);
UPDATE customer SET points = DEFAULT WHERE 1 = 1;
UPDATE customer SET seen = true WHERE CURRENT OF my_cursor;
WITH batch AS (SELECT id FROM customer WHERE flag IS NULL ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED)
UPDATE customer SET flag = false FROM batch WHERE customer.id = batch.id;

--# Delete

DELETE FROM customer;
DELETE FROM ONLY customer WHERE deleted_at < now() - interval '30 days';
DELETE FROM order_line l USING "Order" o WHERE o."OrderId" = l.order_id AND o.cancelled RETURNING l.*;
DELETE FROM customer WHERE id IN (SELECT id FROM duplicates) AND NOT EXISTS (SELECT 1 FROM "Order" o WHERE o.customer_id = customer.id);
WITH gone AS (SELECT id FROM customer WHERE true) DELETE FROM customer c WHERE c.id IN (TABLE gone);
DELETE FROM customer WHERE ctid = ANY (ARRAY(SELECT ctid FROM customer LIMIT 100));

--# Merge

MERGE INTO stock s USING delivery d ON s.product_id = d.product_id
  WHEN MATCHED AND s.quantity + d.quantity = 0 THEN DELETE
  WHEN MATCHED THEN UPDATE SET quantity = s.quantity + d.quantity
  WHEN NOT MATCHED THEN INSERT (product_id, quantity) VALUES (d.product_id, d.quantity);
MERGE INTO stock USING (SELECT * FROM delivery WHERE ok) AS d ON stock.id = d.id
  WHEN NOT MATCHED BY SOURCE THEN DELETE
  WHEN NOT MATCHED BY TARGET THEN DO NOTHING
  RETURNING merge_action(), stock.*;

--# Select

SELECT 1;
SELECT DISTINCT ON (country) id, email FROM customer ORDER BY country, created_at DESC;
SELECT count(*) FROM customer WHERE email ILIKE '%@example.org' GROUP BY ROLLUP (country) HAVING count(*) > 10;
SELECT c.*, o.* FROM customer c LEFT JOIN LATERAL (SELECT * FROM "Order" o WHERE o.customer_id = c.id LIMIT 3) o ON true;
SELECT * FROM customer FOR UPDATE OF customer NOWAIT;
SELECT setval('customer_id_seq', (SELECT max(id) FROM customer));
WITH RECURSIVE tree AS (
  SELECT id, parent_id FROM node WHERE parent_id IS NULL
  UNION ALL
  SELECT n.id, n.parent_id FROM node n JOIN tree t ON n.parent_id = t.id
) SELECT * FROM tree;
SELECT create_hypertable('measurement', 'taken_at', chunk_time_interval => INTERVAL '1 day');
VALUES (1, 'a'), (2, 'b');
TABLE customer;
(SELECT 1) UNION (SELECT 2 EXCEPT SELECT 3) ORDER BY 1 LIMIT 5 OFFSET 2;
SELECT x::int, CAST(y AS numeric(5,2)), EXTRACT(epoch FROM z), z AT TIME ZONE 'UTC', a[1:2], (b).c, d ->> 'k', e #>> '{a,b}' FROM f;
SELECT * FROM json_to_recordset('[{"a":1}]') AS x(a int), unnest(ARRAY[1,2]) WITH ORDINALITY AS u(v, n);
SELECT sum(x) OVER w, lag(x, 1) OVER (PARTITION BY y ORDER BY z ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t WINDOW w AS (PARTITION BY y);
SELECT U&'d\0061t\+000061', E'tab\there', B'101', X'1F', 1e10, .5, 0x1F, 1_000;
SELECT 'one'
  'two';
SELECT * FROM t TABLESAMPLE SYSTEM (1) REPEATABLE (42);
SELECT * FROM ONLY customer NATURAL JOIN other CROSS JOIN third;
DECLARE my_cursor NO SCROLL CURSOR WITH HOLD FOR SELECT * FROM customer;

--# Copy

COPY customer (id, email) FROM STDIN WITH (FORMAT csv, HEADER true);
1,"a@example.org; DROP TABLE customer;"
2,"it's"
\.
COPY customer TO '/tmp/customer.csv' CSV HEADER;
COPY (SELECT * FROM customer WHERE id > 5) TO STDOUT WITH (FORMAT binary);
COPY customer FROM PROGRAM 'zcat customer.gz' WHERE id > 10;

--# Explain

EXPLAIN SELECT * FROM customer;
EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) UPDATE customer SET country = 'DE' WHERE id = 1;
EXPLAIN ANALYZE VERBOSE DELETE FROM customer;

--# Utility CALL

CALL refresh_totals(DATE '2026-01-01', force => true);

--# Utility PREPARE

PREPARE find_customer (int) AS SELECT * FROM customer WHERE id = $1;

--# Utility DEALLOCATE

DEALLOCATE find_customer;
DEALLOCATE ALL;

--# NotAnalysed

EXECUTE find_customer(42);
DO $$ BEGIN PERFORM 1; DELETE FROM customer; END $$;
DO LANGUAGE plpgsql $body$ BEGIN NULL; END; $body$;

--# SetVariable

SELECT pg_catalog.set_config('search_path', '', false);
