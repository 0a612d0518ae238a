-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

--# CreateIndex

CREATE INDEX customer_email_idx ON customer (email);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS customer_email_lower_idx ON public.customer USING btree (lower(email) text_pattern_ops);
CREATE INDEX ON "Order" ("placedAt" DESC NULLS LAST, customer_id) INCLUDE (total_cents) WHERE total_cents > 0;
CREATE INDEX CONCURRENTLY product_tags_idx ON shop.product USING gin (tags array_ops) WITH (fastupdate = off);
CREATE INDEX measurement_brin ON ONLY measurement USING brin (taken_at) WITH (pages_per_range = 64) TABLESPACE fast_disk;
CREATE INDEX doc_fts ON document USING gin (to_tsvector('english', title || ' ' || body));
CREATE UNIQUE INDEX one_default_per_tenant ON setting (tenant_id) NULLS NOT DISTINCT WHERE (is_default AND deleted_at IS NULL);
CREATE INDEX expr_idx ON t ((a + b), (data ->> 'name') COLLATE "C");
CREATE INDEX path_idx ON t USING gin (data jsonb_path_ops);
CREATE INDEX siglen_idx ON t USING gist (name gist_trgm_ops (siglen = 32));

--# Drop INDEX

DROP INDEX customer_email_idx;
DROP INDEX CONCURRENTLY IF EXISTS public.customer_email_idx, doc_fts RESTRICT;

--# Reindex

REINDEX INDEX customer_email_idx;
REINDEX TABLE CONCURRENTLY customer;
REINDEX (VERBOSE, CONCURRENTLY) TABLE customer;
REINDEX SCHEMA public;
REINDEX DATABASE CONCURRENTLY shop;
REINDEX SYSTEM shop;

--# CreateView

CREATE VIEW active_customer AS SELECT * FROM customer WHERE deleted_at IS NULL;
CREATE OR REPLACE VIEW shop.order_total (order_id, total) WITH (security_barrier) AS
  SELECT o."OrderId", sum(l.amount)
  FROM "Order" o JOIN order_line l ON l.order_id = o."OrderId"
  GROUP BY o."OrderId"
  HAVING sum(l.amount) > 0
WITH LOCAL CHECK OPTION;
CREATE TEMP VIEW recent AS TABLE customer;
CREATE RECURSIVE VIEW upto (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM upto WHERE n < 100;
CREATE MATERIALIZED VIEW IF NOT EXISTS daily_total AS
  SELECT date_trunc('day', "placedAt") AS day, count(*) AS orders, sum(total_cents) FILTER (WHERE total_cents > 0) AS total
  FROM "Order" GROUP BY 1 ORDER BY 1
WITH NO DATA;
CREATE MATERIALIZED VIEW best_seller TABLESPACE fast_disk AS
  WITH sold AS (SELECT product_id, sum(quantity) AS n FROM order_line GROUP BY product_id)
  SELECT p.*, s.n, rank() OVER (ORDER BY s.n DESC) FROM shop.product p JOIN sold s USING (product_id);

--# Drop VIEW

DROP VIEW IF EXISTS active_customer, shop.order_total CASCADE;

--# Drop MATERIALIZED VIEW

DROP MATERIALIZED VIEW daily_total;

--# RefreshMaterializedView

REFRESH MATERIALIZED VIEW daily_total;
REFRESH MATERIALIZED VIEW CONCURRENTLY shop.daily_total WITH DATA;
REFRESH MATERIALIZED VIEW daily_total WITH NO DATA;

--# Cluster

CLUSTER customer USING customer_pkey;
CLUSTER VERBOSE;
CLUSTER;

--# Vacuum

VACUUM;
VACUUM FULL customer;
VACUUM (ANALYZE, VERBOSE, PARALLEL 2) customer, "Order" (total_cents);
VACUUM FREEZE ANALYZE;

--# Utility ANALYZE

ANALYZE;
ANALYZE VERBOSE customer (email, country);
ANALYSE customer, "Order";

--# Utility CREATE STATISTICS

CREATE STATISTICS IF NOT EXISTS addr_stats (dependencies, ndistinct) ON city, zip FROM address;
CREATE STATISTICS expr_stats ON (lower(city)), zip FROM address;

--# Drop STATISTICS

DROP STATISTICS IF EXISTS addr_stats;

--# Utility ALTER STATISTICS

ALTER STATISTICS addr_stats SET STATISTICS 500;

--# Rename STATISTICS

ALTER STATISTICS addr_stats RENAME TO address_stats;
