-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

--# CreateTable

CREATE TABLE customer (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE,
  display_name character varying(120),
  country char(2) DEFAULT 'DE' NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE IF NOT EXISTS shop.product (
  product_id serial PRIMARY KEY,
  sku varchar(40) NOT NULL,
  price numeric(10, 2) NOT NULL CHECK (price >= 0),
  tags text[] DEFAULT '{}'::text[] NOT NULL,
  attributes jsonb DEFAULT '{}',
  CONSTRAINT product_sku_key UNIQUE (sku)
);

CREATE TABLE "Order" (
  "OrderId" uuid DEFAULT gen_random_uuid() NOT NULL,
  customer_id bigint NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  "placedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  total_cents integer NOT NULL DEFAULT 0,
  note varchar,
  PRIMARY KEY ("OrderId"),
  CONSTRAINT total_is_positive CHECK (total_cents >= 0 AND total_cents < 100000000)
);

CREATE TABLE order_line (
  order_id uuid NOT NULL,
  line_no smallint NOT NULL,
  product_id int NOT NULL,
  quantity int NOT NULL DEFAULT 1,
  amount int GENERATED ALWAYS AS (quantity * 100) STORED,
  CONSTRAINT order_line_pkey PRIMARY KEY (order_id, line_no) INCLUDE (product_id),
  CONSTRAINT order_line_order_fk FOREIGN KEY (order_id) REFERENCES "Order" ("OrderId")
    ON UPDATE CASCADE ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT order_line_product_fk FOREIGN KEY (product_id) REFERENCES shop.product
);

CREATE TABLE measurement (
  sensor_id int NOT NULL,
  taken_at timestamp without time zone NOT NULL,
  value double precision,
  quality real DEFAULT 1.0
) PARTITION BY RANGE (taken_at);

CREATE TABLE measurement_2026_01 PARTITION OF measurement
  FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');

CREATE TABLE measurement_rest PARTITION OF measurement DEFAULT;

CREATE TABLE region_north PARTITION OF region (
  CONSTRAINT north_only CHECK (name <> 'south'),
  PRIMARY KEY (id)
) FOR VALUES IN ('north', 'north-east') PARTITION BY HASH (id);

CREATE TABLE region_north_0 PARTITION OF region_north FOR VALUES WITH (MODULUS 4, REMAINDER 0);

CREATE TABLE region (id int, name text) PARTITION BY LIST (lower(name));

CREATE TEMPORARY TABLE staging (LIKE customer INCLUDING ALL EXCLUDING INDEXES) ON COMMIT DROP;

CREATE TEMP TABLE IF NOT EXISTS session_ids (id uuid) ON COMMIT DELETE ROWS;

CREATE UNLOGGED TABLE import_buffer (line_no bigserial, line text) WITH (fillfactor = 90, autovacuum_enabled = false);

CREATE TABLE capital (mayor text) INHERITS (city, public.place) TABLESPACE fast_disk;

CREATE TABLE person OF person_type (id WITH OPTIONS PRIMARY KEY, born WITH OPTIONS NOT NULL);

CREATE TABLE reservation (
  room int,
  during tstzrange,
  EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (room > 0)
);

CREATE TABLE audit.log_entry (
  id bigint DEFAULT nextval('audit.log_entry_id_seq'::regclass) NOT NULL,
  "user" text DEFAULT CURRENT_USER,
  at timestamp(6) with time zone DEFAULT (now() AT TIME ZONE 'utc'),
  took interval day to second(3),
  flags bit(8) DEFAULT B'00000000',
  mask bit varying(16),
  address inet,
  location point,
  payload bytea,
  amount money,
  grid integer[3][3],
  names text ARRAY[4],
  ratio decimal(5),
  big decimal,
  f1 float(24),
  f2 float(25),
  t time(0) with time zone,
  x xml
);

CREATE TABLE café (größe int, "naïve name" text, 名前 text);

CREATE TABLE empty_table ();

CREATE TABLE node (
  id int PRIMARY KEY,
  parent_id int CONSTRAINT node_parent REFERENCES node (id) ON DELETE SET NULL,
  kind text COLLATE "C" NOT NULL,
  weight int NULL CHECK (weight IS NULL OR weight BETWEEN 1 AND 10)
) USING heap;

CREATE TABLE book (title text STORAGE EXTERNAL COMPRESSION lz4, pages int);

CREATE TABLE booking (room int, during daterange, UNIQUE NULLS NOT DISTINCT (room, during));

CREATE TABLE versioned (id int, valid daterange, PRIMARY KEY (id, valid WITHOUT OVERLAPS));

CREATE TABLE priced (net numeric(10,2), gross numeric(10,2) GENERATED ALWAYS AS (net * 1.19) VIRTUAL);

CREATE TABLE strict_node (id int CONSTRAINT id_there NOT NULL, CONSTRAINT named_nn NOT NULL id);

--# CreateTableAs

CREATE TABLE customer_backup AS SELECT * FROM customer WHERE created_at < '2020-01-01';

CREATE TABLE IF NOT EXISTS report.totals (day, total) WITH (fillfactor = 100) AS
  SELECT date_trunc('day', "placedAt"), sum(total_cents) FROM "Order" GROUP BY 1
WITH NO DATA;

CREATE TEMP TABLE chosen ON COMMIT DROP AS TABLE customer;

SELECT id, email INTO TEMP old_customer FROM customer WHERE id < 1000;

SELECT * INTO archive.customer_2025 FROM customer UNION ALL SELECT * FROM customer_backup;

CREATE UNLOGGED TABLE numbers AS VALUES (1, 'one'), (2, 'two');

--# Drop TABLE

DROP TABLE customer_backup;

DROP TABLE IF EXISTS shop.product, "Order" CASCADE;

DROP TABLE order_line RESTRICT;

--# Truncate

TRUNCATE import_buffer;

TRUNCATE TABLE ONLY a, b, public.c RESTART IDENTITY CASCADE;

TRUNCATE staging CONTINUE IDENTITY RESTRICT;

--# Drop FOREIGN TABLE

DROP FOREIGN TABLE IF EXISTS remote_customer;

--# Utility CREATE FOREIGN TABLE

CREATE FOREIGN TABLE remote_customer (
  id bigint OPTIONS (column_name 'ID') NOT NULL,
  email text
) SERVER crm OPTIONS (schema_name 'public', table_name 'customer');
