-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors
--
-- === name => what the computed statements contain; existing; ---; wanted
=== a table that is missing => CREATE TABLE public.book
SELECT 1;
---
CREATE TABLE book (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text NOT NULL DEFAULT 'x');
=== a table that is too much => DROP TABLE public.gone
CREATE TABLE gone (id int); CREATE TABLE stays (id int);
---
CREATE TABLE stays (id int);
=== columns => DROP COLUMN old
CREATE TABLE t (id int, old text, title varchar(10), n int);
---
CREATE TABLE t (id int, title text NOT NULL, n bigint DEFAULT 7, fresh numeric(8,2));
=== a generated column => GENERATED ALWAYS AS
CREATE TABLE t (a int);
---
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED);
=== defaults => SET DEFAULT
CREATE TABLE t (a int DEFAULT 1, b text, at timestamptz);
---
CREATE TABLE t (a int, b text DEFAULT 'it''s', at timestamptz DEFAULT now());
=== keys and checks => ON DELETE SET NULL
CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int, p int REFERENCES p ON DELETE CASCADE, n int CHECK (n > 0));
---
CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p ON DELETE SET NULL, n int CHECK (n IN (1, 2)), UNIQUE (id, p));
=== tables that refer to each other => FOREIGN KEY
SELECT 1;
---
CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a); ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;
=== indexes => CREATE UNIQUE INDEX
CREATE TABLE t (a int, b text); CREATE INDEX t_a ON t (a); CREATE INDEX t_b ON t (b);
---
CREATE TABLE t (a int, b text); CREATE UNIQUE INDEX t_a ON t (a DESC NULLS LAST) INCLUDE (b) WHERE a > 0; CREATE INDEX t_low ON t (lower(b));
=== views on views => CREATE VIEW public.second
CREATE TABLE t (a int, b int); CREATE VIEW first AS SELECT a FROM t; CREATE VIEW second AS SELECT a FROM first;
---
CREATE TABLE t (a int, b int); CREATE VIEW first AS SELECT b, a FROM t WHERE b > 1; CREATE VIEW second AS SELECT a, b FROM first;
=== a column under a view changes its type => DROP VIEW
CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; CREATE INDEX t_a ON t (a);
---
CREATE TABLE t (a bigint); CREATE VIEW v AS SELECT a FROM t; CREATE INDEX t_a ON t (a);
=== a materialized view => CREATE MATERIALIZED VIEW
CREATE TABLE t (a int);
---
CREATE TABLE t (a int); CREATE MATERIALIZED VIEW m AS SELECT count(*) AS n FROM t; CREATE UNIQUE INDEX m_n ON m (n);
=== functions => CREATE OR REPLACE FUNCTION
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'; CREATE FUNCTION gone() RETURNS int LANGUAGE sql AS 'SELECT 1';
---
CREATE FUNCTION f(a int) RETURNS int LANGUAGE plpgsql STABLE AS $$BEGIN RETURN a + 1; END$$; CREATE FUNCTION f(a text) RETURNS text LANGUAGE sql AS 'SELECT a';
=== a procedure and an aggregate => CREATE AGGREGATE
CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
---
CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 2'; CREATE AGGREGATE total(int) (sfunc = int4pl, stype = int, initcond = '0');
=== triggers => BEFORE INSERT OR UPDATE
CREATE TABLE t (a int); CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$; CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g();
---
CREATE TABLE t (a int); CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$; CREATE TRIGGER g BEFORE INSERT OR UPDATE ON t FOR EACH ROW WHEN (NEW.a > 1) EXECUTE FUNCTION g();
=== sequences => INCREMENT BY 2
CREATE SEQUENCE s; CREATE TABLE t (id serial);
---
CREATE SEQUENCE s INCREMENT 2 CACHE 10; CREATE TABLE t (id serial); CREATE SEQUENCE mine OWNED BY t.id;
=== labels of an enum => ADD VALUE
CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE t (m mood);
---
CREATE TYPE mood AS ENUM ('sad', 'so', 'ok', 'glad'); CREATE TABLE t (m mood);
=== domains and composite types => ADD ATTRIBUTE
CREATE DOMAIN positive AS int CHECK (VALUE > 0); CREATE TYPE pair AS (a int);
---
CREATE DOMAIN positive AS int DEFAULT 1 CHECK (VALUE > 1); CREATE TYPE pair AS (a int, b text);
=== partitions => PARTITION OF
CREATE TABLE p (at date NOT NULL, v int) PARTITION BY RANGE (at); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
---
CREATE TABLE p (at date NOT NULL, v int, w text) PARTITION BY RANGE (at); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01'); CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2021-01-01') TO ('2022-01-01'); CREATE INDEX p_v ON p (v);
=== comments => COMMENT ON COLUMN
CREATE TABLE t (a int, b int); COMMENT ON TABLE t IS 'old'; COMMENT ON COLUMN t.b IS 'gone';
---
CREATE TABLE t (a int, b int); COMMENT ON TABLE t IS 'new'; COMMENT ON COLUMN t.a IS 'a''s';
=== schemas, row security, policies, rules, statistics => CREATE POLICY
SELECT 1;
---
CREATE SCHEMA app; CREATE TABLE app.t (id int, y int); ALTER TABLE app.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON app.t USING (y > 1); CREATE RULE keep AS ON DELETE TO app.t DO INSTEAD NOTHING; CREATE STATISTICS app.st ON id, y FROM app.t;
=== a schema that is too much => DROP SCHEMA app
CREATE SCHEMA app; CREATE TABLE app.t (id int);
---
CREATE TABLE t (id int);
