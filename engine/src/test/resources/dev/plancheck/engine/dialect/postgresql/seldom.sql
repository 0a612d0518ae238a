-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- Forms that are seldom seen, all accepted by PostgreSQL 18.

--# Utility ALTER FUNCTION OWNER TO

ALTER FUNCTION f(int) OWNER TO x;

--# CreateTable

CREATE TABLE t (a int CHECK (a > 0) NOT ENFORCED);
CREATE TABLE t (a text DEFAULT 'x' COLLATE "C");
CREATE TABLE t (LIKE u INCLUDING DEFAULTS INCLUDING CONSTRAINTS, b int);
CREATE TABLE t (a int) WITHOUT OIDS;
CREATE TABLE t (a int) PARTITION BY RANGE (a, (b + 1) int4_ops);
CREATE TABLE t PARTITION OF u FOR VALUES FROM (MINVALUE) TO (10);
CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s));
CREATE TABLE t (a int REFERENCES b MATCH SIMPLE ON DELETE SET DEFAULT INITIALLY DEFERRED);
CREATE TABLE t (a "char", b char varying(4), c national character(5), d pg_catalog.int4, e public.mytype, f timestamp(3) with time zone[]);
CREATE TABLE t (a interval year to month, b interval(3), c interval second(2));
CREATE TABLE t (a int UNIQUE DEFERRABLE INITIALLY IMMEDIATE, CHECK (a>0) NO INHERIT);
CREATE TABLE t (user_name text, name text, type text, value text, key text, data text, date date, time time, timestamp timestamp, text text, year int, month int, day int, position int, status text, action text, level int, role text, "user" text, owner text, comment text, path text, version int, language text, zone text, label text, location text, state text, source text, target text, enabled bool, start int, count int, hash text, content text, range int, row_count int, rank int, index int, sequence int, view int, session text, share int, method text, mode int, names text, object text, option text, partial bool, plan text, policy text, priority int, public bool, query text, ref text, replace text, rows int, rule text, schema text, security text, server text, set_ int, simple text, statement text, statistics text, storage text, temp int, template text, transaction text, trigger text, trusted bool, unknown text, valid bool, values_ int, work text, xml text, yes bool, percent int, overlaps_ int, "end" int, ordinality int, alias text, cost int, host text, list text, log text, memory int, open bool, detail text, hint text, info text, message text, notice text, record text, warning text);
CREATE GLOBAL TEMPORARY TABLE t (a int);
CREATE LOCAL TEMP TABLE t (a int);

--# AlterTable TABLE AddConstraint

ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT ENFORCED;
ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES u NOT ENFORCED;
ALTER TABLE t ADD CONSTRAINT c UNIQUE (a) WITH (fillfactor = 70) USING INDEX TABLESPACE x;
ALTER TABLE t ADD EXCLUDE (a WITH OPERATOR(pg_catalog.=));
ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES b ON DELETE SET NULL (a);
ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a, PERIOD b) REFERENCES d (a, PERIOD b);

--# AlterTable TABLE AlterConstraint

ALTER TABLE t ALTER CONSTRAINT c INHERIT;

--# SetVariable

SET SEED TO 0.5;
SET LOCAL TIME ZONE 'UTC';
SET TIME ZONE -7;
SET search_path = a, b;
SET search_path TO 'a, b';
SET statement_timeout = 5000;
SET x = 1.5, 2;
SET DateStyle = ISO, MDY;
SET TimeZone TO 'UTC';
SET LOCAL lock_timeout = '1s';
SET transaction_read_only = on;
SET bytea_output = 'escape';
RESET a.b;

--# SetRole

SET SESSION ROLE x;
SET SESSION AUTHORIZATION x;
RESET SESSION AUTHORIZATION;

--# Drop TRIGGER

DROP TRIGGER IF EXISTS a ON b;

--# Drop POLICY

DROP POLICY a ON b RESTRICT;

--# Drop ACCESS METHOD

DROP ACCESS METHOD x;

--# Drop TABLE

DROP TABLE a, b, c;

--# AlterTable TABLE ALTER IDENTITY

ALTER TABLE t ALTER COLUMN a RESTART;

--# AlterTable TABLE SET STATISTICS

ALTER TABLE t ALTER COLUMN a SET STATISTICS DEFAULT;
ALTER TABLE t ALTER COLUMN a SET STATISTICS -1;

--# AlterTable TABLE SetNotNull, SetDefault

ALTER TABLE t ALTER COLUMN a SET NOT NULL, ALTER COLUMN a SET DEFAULT 0;

--# AlterTable TABLE AddColumn, AddConstraint, ValidateConstraint

ALTER TABLE t ADD COLUMN a int, ADD CONSTRAINT c CHECK (a > 0), VALIDATE CONSTRAINT d;

--# AlterTable TABLE AddColumn

ALTER TABLE t ADD COLUMN a int CONSTRAINT x CHECK (a>0) NO INHERIT;
ALTER TABLE t ADD COLUMN a int PRIMARY KEY USING INDEX TABLESPACE x;

--# AlterTable VIEW SetOptions

ALTER VIEW v RESET (security_barrier);

--# AlterTable INDEX SET STATISTICS

ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 5;

--# AlterTable INDEX DEPENDS ON EXTENSION

ALTER INDEX i DEPENDS ON EXTENSION e;

--# AlterTable MATERIALIZED VIEW SetAccessMethod

ALTER MATERIALIZED VIEW v SET ACCESS METHOD heap;

--# AlterTable SEQUENCE SetLogged

ALTER SEQUENCE s SET LOGGED;

--# AlterTable SEQUENCE RESTART

ALTER SEQUENCE s RESTART;

--# AlterTable SEQUENCE MAXVALUE, NO CYCLE

ALTER SEQUENCE s MAXVALUE 5 NO CYCLE;

--# AddEnumValue

ALTER TYPE t ADD VALUE 'a' BEFORE 'b';

--# Utility ALTER TYPE SET

ALTER TYPE t SET (SEND = x);

--# AlterDomain

ALTER DOMAIN d ADD CHECK (VALUE > 0);
ALTER DOMAIN d ADD NOT NULL;

--# Utility ALTER EXTENSION

ALTER EXTENSION e ADD TABLE t;
ALTER EXTENSION e UPDATE;
ALTER EXTENSION e SET SCHEMA s;

--# Utility ALTER DATABASE

ALTER DATABASE d SET a TO b;
ALTER DATABASE d RESET ALL;
ALTER DATABASE d REFRESH COLLATION VERSION;

--# Utility ALTER ROLE

ALTER ROLE ALL SET a TO b;
ALTER ROLE x IN DATABASE d SET a TO b;
ALTER ROLE x PASSWORD 'a';
ALTER ROLE x SET search_path FROM CURRENT;

--# Utility ALTER DEFAULT PRIVILEGES

ALTER DEFAULT PRIVILEGES GRANT ALL ON TYPES TO x;

--# Utility ALTER LARGE OBJECT OWNER TO

ALTER LARGE OBJECT 5 OWNER TO x;

--# Utility ALTER LANGUAGE

ALTER LANGUAGE l OWNER TO x;

--# Utility ALTER OPERATOR OWNER TO

ALTER OPERATOR + (int, int) OWNER TO x;

--# Utility ALTER OPERATOR

ALTER OPERATOR + (int, int) SET (RESTRICT = x);

--# Utility ALTER POLICY

ALTER POLICY p ON t USING (true) WITH CHECK (false);

--# Utility ALTER PUBLICATION

ALTER PUBLICATION p SET (publish = 'x');

--# Utility ALTER SERVER

ALTER SERVER s VERSION '1';

--# Utility ALTER STATISTICS OWNER TO

ALTER STATISTICS s OWNER TO x;

--# Utility ALTER SUBSCRIPTION

ALTER SUBSCRIPTION s DISABLE;

--# Utility ALTER TABLESPACE

ALTER TABLESPACE t SET (random_page_cost = 2);

--# Utility ALTER TEXT SEARCH

ALTER TEXT SEARCH DICTIONARY d (a = b);

--# Utility ALTER TRIGGER

ALTER TRIGGER t ON u NO DEPENDS ON EXTENSION e;

--# Utility ALTER USER MAPPING

ALTER USER MAPPING FOR x SERVER s OPTIONS (SET a 'b');

--# Rename AGGREGATE

ALTER AGGREGATE a(int) RENAME TO b;

--# Utility ALTER AGGREGATE OWNER TO

ALTER AGGREGATE a(*) OWNER TO b;

--# Rename CONVERSION

ALTER CONVERSION c RENAME TO d;

--# Utility ALTER EVENT TRIGGER

ALTER EVENT TRIGGER e ENABLE ALWAYS;

--# Utility ALTER FOREIGN DATA WRAPPER

ALTER FOREIGN DATA WRAPPER f OPTIONS (SET a 'b');

--# Rename RULE

ALTER RULE r ON t RENAME TO s;

--# Rename COLLATION

ALTER COLLATION c RENAME TO d;

--# Rename OPERATOR CLASS

ALTER OPERATOR CLASS c USING btree RENAME TO d;

--# Utility ALTER OPERATOR FAMILY

ALTER OPERATOR FAMILY c USING btree ADD OPERATOR 1 < (int, int);

--# CreateIndex

CREATE INDEX i ON t (a) WITH (deduplicate_items = off) TABLESPACE x;
CREATE INDEX i ON t (a COLLATE "C" text_pattern_ops DESC NULLS FIRST);
CREATE INDEX i ON t USING btree ((a IS NULL));
CREATE INDEX i ON t (a) NULLS DISTINCT;

--# Select

SELECT a.name, a.type, a.value, a.key FROM action a WHERE a.level = 1 AND a.user = 2;
SELECT 1 AS value, 2 AS user, 3 AS order, 4 "Table";
SELECT a value, b name, c date FROM t;
SELECT count(*) filter (where a) FROM t;
SELECT * FROM t WHERE a IS JSON;
SELECT * FROM t WHERE a IS NOT DISTINCT FROM b;
SELECT * FROM t WHERE (a, b) IN (SELECT 1, 2);
SELECT * FROM t WHERE a NOT IN (1, 2) OR b SIMILAR TO 'x' ESCAPE '!';
SELECT * FROM t WHERE a LIKE ANY (ARRAY['x', 'y']);
SELECT * FROM t WHERE a = ANY ($1);
SELECT a IS TRUE, b IS NOT UNKNOWN FROM t;
SELECT interval '1' day, date '2020-01-01', timestamp with time zone 'now', float8 '1.5';
SELECT a COLLATE "C" FROM t;
SELECT ARRAY[[1,2],[3,4]], ARRAY(SELECT 1), ROW(1,2), (1,2);
SELECT (a).b.c, a[1].b, (f(x)).*, t.* FROM t;
SELECT CASE WHEN a THEN b ELSE c END, COALESCE(a, b), NULLIF(a, b), GREATEST(1,2);
SELECT substring('abc' from 1 for 2), substring(a, 1, 2), trim(a), trim(leading 'x' from a), overlay('a' placing 'b' from 1), position('a' in 'b');
SELECT extract(year from a), date_part('year', a), localtimestamp(0), current_date, current_schema, current_schema();
SELECT xmlelement(name a, b), xmlforest(a as b), xmlagg(x), json_object('a': 1), json_array(1,2), json_arrayagg(a), json_value(a, '$.b' returning int);
SELECT string_agg(a, ',' ORDER BY b), percentile_cont(0.5) WITHIN GROUP (ORDER BY a), array_agg(DISTINCT a) FROM t;
SELECT * FROM ROWS FROM (f(1), g(2)) AS x(a, b);
SELECT * FROM xmltable('/a' passing b columns c int path 'd');
SELECT * FROM json_table('[]', '$[*]' COLUMNS (a int PATH '$.a')) AS jt;
SELECT * FROM t ORDER BY a USING <, b DESC NULLS LAST FETCH FIRST 5 ROWS WITH TIES;
SELECT * FROM t LIMIT ALL OFFSET 5 ROWS;
SELECT a || b, a && b, a @> b, a <@ b, a ? 'b', a ?| b, a #- b, a -> 0, a <-> b, a !~* b, a ^ 2, a % 2, |/ 4, @ -5 FROM t;
SELECT - 1, + 1, -a, NOT a FROM t;
SELECT a::int[]::text, '{}'::jsonb, 'x'::varchar(5), cast(a as timestamp(3) with time zone);
SELECT a OPERATOR(pg_catalog.+) b;
SELECT generate_series(1, 10) AS n, unnest(a);
SELECT pg_sleep(1), public.f(a => 1, b := 2), f(VARIADIC ARRAY[1]);
SELECT * FROM pg_catalog.pg_class c, LATERAL f(c.oid) WITH ORDINALITY;
WITH x AS MATERIALIZED (SELECT 1), y AS NOT MATERIALIZED (SELECT 2) SELECT * FROM x, y;
WITH RECURSIVE t(n) AS (SELECT 1 UNION SELECT n+1 FROM t) SEARCH DEPTH FIRST BY n SET o CYCLE n SET c USING p SELECT * FROM t;
DECLARE c CURSOR FOR SELECT 1;
SELECT e'a\'b', E'\x41';
SELECT N'x', b'1';
SELECT $1, $2::int;
SELECT "weird""name", U&"d\0061t", U&"x" UESCAPE '!';
SELECT /* a /* b */ c */ 1;
SELECT 1;
SELECT a NOT BETWEEN SYMMETRIC 1 AND 2;
SELECT EXISTS (SELECT 1), a > ALL (SELECT 1), a = SOME (ARRAY[1]);
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v (a, b);
SELECT * FROM (a JOIN b ON true) AS j;
SELECT * FROM t AS "T" (a, b);
SELECT a FROM t WHERE a IS DOCUMENT;
SELECT (SELECT 1), ((SELECT 2));
SELECT ALL a FROM t;
SELECT;
SELECT FROM t;
SELECT * FROM t WHERE a = 'x' AND (b OR NOT c);
SELECT treat(a AS int);
SELECT 1 IN (SELECT 1 UNION SELECT 2);
SELECT * FROM t FOR NO KEY UPDATE SKIP LOCKED;
SELECT * FROM t FOR KEY SHARE OF t;
SELECT count(DISTINCT a), f(ALL a), f(a ORDER BY b) FROM t;
SELECT row_number() OVER (PARTITION BY a ORDER BY b RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM t;
SELECT merge_action();
SELECT f(a) FILTER (WHERE b) OVER w FROM t WINDOW w AS ();
SELECT make_interval(days => 10);
SELECT 'a' COLLATE pg_catalog."default";
SELECT JSON('{}'), JSON_SCALAR(1), JSON_SERIALIZE('{}');
SELECT a -1, a - 1, a-1, 2*-3;
SELECT t.tableoid::regclass FROM t;
SELECT - - 1;

--# CreateTableAs

SELECT a, b INTO UNLOGGED TABLE x FROM y;
CREATE TABLE t USING heap AS SELECT 1;

--# Insert

INSERT INTO t (a, b.c, d[1]) VALUES (1, 2, 3);
INSERT INTO t SELECT * FROM u RETURNING WITH (OLD AS o, NEW AS n) o.a, n.b;
INSERT INTO t VALUES (1) ON CONFLICT (lower(a)) WHERE b DO UPDATE SET (a, b) = ROW (1, 2);
INSERT INTO t (a) (SELECT 1);
INSERT INTO t WITH x AS (SELECT 1) SELECT * FROM x;

--# Update

UPDATE t SET a = a + 1, b = DEFAULT FROM u JOIN v ON u.id = v.id WHERE t.id = u.id;
UPDATE t AS x SET a = (SELECT max(b) FROM u WHERE u.id = x.id);

--# Delete

DELETE FROM t AS x WHERE x.a IN (VALUES (1), (2));

--# Merge

MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET (a, b) = (1, 2) WHEN NOT MATCHED THEN INSERT DEFAULT VALUES;

--# Truncate

TRUNCATE t, u;

--# Copy

COPY t FROM '/x' WITH (FORMAT csv, HEADER, DELIMITER ';', NULL '', FORCE_NULL (a), ENCODING 'UTF8', ON_ERROR ignore);
COPY t (a, b) TO STDOUT;
COPY t FROM STDIN;
1
\.

--# Vacuum

VACUUM (FULL, ANALYZE) t;
VACUUM (SKIP_LOCKED) t;
VACUUM ONLY t;

--# Utility ANALYZE

ANALYZE (VERBOSE, SKIP_LOCKED) t;

--# Explain

EXPLAIN (ANALYZE off) SELECT 1;
EXPLAIN CREATE MATERIALIZED VIEW x AS SELECT 1;
EXPLAIN (SERIALIZE text, MEMORY, WAL) SELECT 1;

--# NotAnalysed

EXPLAIN EXECUTE x;
CREATE TABLE t AS EXECUTE x(1);
EXECUTE p;
DO $$ BEGIN END $$ LANGUAGE plpgsql;

--# Reindex

REINDEX INDEX CONCURRENTLY i;
REINDEX (TABLESPACE x) TABLE t;
REINDEX DATABASE;

--# Cluster

CLUSTER (VERBOSE) t;
CLUSTER i ON t;

--# RefreshMaterializedView

REFRESH MATERIALIZED VIEW v;

--# LockTable

LOCK TABLE t IN ACCESS EXCLUSIVE MODE;

--# Utility COMMENT ON

COMMENT ON COLUMN a.b IS 'x';
COMMENT ON CAST (a AS b) IS 'x';
COMMENT ON OPERATOR CLASS a USING btree IS 'x';
COMMENT ON AGGREGATE a(*) IS 'x';
COMMENT ON CONSTRAINT a ON DOMAIN b IS 'x';
COMMENT ON PROCEDURE a(int) IS 'x';
COMMENT ON LARGE OBJECT 5 IS 'x';
COMMENT ON ACCESS METHOD x IS 'y';
COMMENT ON TEXT SEARCH CONFIGURATION x IS 'y';
COMMENT ON RULE r ON t IS 'x';
COMMENT ON VIEW v IS U&'\0041';

--# Utility GRANT

GRANT ALL ON TABLE t TO x GRANTED BY y;
GRANT ALL ON ALL FUNCTIONS IN SCHEMA s TO x;
GRANT SET ON PARAMETER work_mem TO x;
GRANT USAGE ON TYPE t TO x;
GRANT MAINTAIN ON t TO x;
GRANT USAGE ON FOREIGN SERVER s TO x;

--# Utility REVOKE

REVOKE ADMIN OPTION FOR x FROM y;
REVOKE ALL PRIVILEGES (a) ON t FROM x;

--# Utility CREATE ROLE

CREATE ROLE x SUPERUSER NOCREATEDB ADMIN y CONNECTION LIMIT -1;
CREATE GROUP g WITH USER a;

--# Utility CREATE FUNCTION

CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN END' SET work_mem TO '1MB' SECURITY DEFINER;
CREATE FUNCTION f(a int = 1, VARIADIC b text[]) RETURNS SETOF t ROWS 5 AS $_$ SELECT 1 $_$ LANGUAGE sql;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION f(OUT a int, INOUT b int) LANGUAGE sql SUPPORT s WINDOW TRANSFORM FOR TYPE hstore AS 'x';
CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC; SELECT 1; END;
CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC RETURN 1; END;

--# Utility CREATE PROCEDURE

CREATE PROCEDURE p() LANGUAGE sql AS $$ DELETE FROM t; $$;

--# CreateTrigger

CREATE TRIGGER a AFTER UPDATE OF b OR INSERT OR DELETE ON c FOR EACH ROW EXECUTE FUNCTION d.e();
CREATE TRIGGER a AFTER UPDATE ON c FOR EACH ROW EXECUTE FUNCTION e('x', 1, 2.5, abc);

--# Utility CREATE EVENT TRIGGER

CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION f();

--# Utility CREATE RULE

CREATE RULE r AS ON SELECT TO t DO INSTEAD SELECT * FROM u;
CREATE RULE "_RETURN" AS ON SELECT TO t DO INSTEAD SELECT 1;

--# Utility CREATE AGGREGATE

CREATE AGGREGATE a (int) (sfunc = f, stype = int, parallel = safe);
CREATE AGGREGATE a (basetype = int, sfunc = f, stype = int);
CREATE AGGREGATE a (VARIADIC "any" ORDER BY VARIADIC "any") (sfunc = f, stype = internal, finalfunc = g, hypothetical);

--# Utility CREATE CAST

CREATE CAST (a AS b) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (a AS b) WITH INOUT;

--# Utility CREATE CONVERSION

CREATE CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM f;

--# Utility CREATE TRANSFORM

CREATE TRANSFORM FOR hstore LANGUAGE plpython3u (FROM SQL WITH FUNCTION a(internal), TO SQL WITH FUNCTION b(internal));

--# Utility CREATE TEXT SEARCH

CREATE TEXT SEARCH PARSER p (START = a, GETTOKEN = b, END = c, LEXTYPES = d);
CREATE TEXT SEARCH TEMPLATE t (LEXIZE = a);

--# Utility CREATE COLLATION

CREATE COLLATION c (locale = 'de_DE.utf8', deterministic = false);

--# Utility CREATE OPERATOR

CREATE OPERATOR @# (rightarg = int, procedure = f);

--# CreateType

CREATE TYPE t AS RANGE (subtype = int, multirange_type_name = m);
CREATE TYPE t AS (a int, b text COLLATE "C");
CREATE TYPE t (INPUT = a, OUTPUT = b, LIKE = int, PREFERRED = true, CATEGORY = 'N');

--# Utility CREATE DATABASE

CREATE DATABASE d;
CREATE DATABASE d OWNER x LOCALE_PROVIDER icu ICU_LOCALE 'de';
CREATE DATABASE d STRATEGY file_copy;

--# Utility CREATE PUBLICATION

CREATE PUBLICATION p;
CREATE PUBLICATION p FOR TABLES IN SCHEMA CURRENT_SCHEMA;

--# Utility CREATE SUBSCRIPTION

CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION a, b;

--# CreateSequence

CREATE SEQUENCE s AS smallint CYCLE;
CREATE SEQUENCE s INCREMENT -1 MINVALUE -10;

--# Utility CREATE LANGUAGE

CREATE LANGUAGE l;

--# Utility CREATE OPERATOR FAMILY

CREATE OPERATOR FAMILY f USING gin;

--# Utility CREATE USER MAPPING

CREATE USER MAPPING FOR USER SERVER s;
CREATE USER MAPPING FOR PUBLIC SERVER s;

--# CreateView

CREATE VIEW v (a, b) WITH (security_invoker = true) AS SELECT 1, 2 WITH CASCADED CHECK OPTION;
CREATE OR REPLACE TEMP RECURSIVE VIEW v (a) AS SELECT 1;
CREATE MATERIALIZED VIEW v USING heap WITH (fillfactor = 5) AS SELECT 1;

--# Utility CREATE FOREIGN TABLE

CREATE FOREIGN TABLE f PARTITION OF t DEFAULT SERVER s;

--# Utility PREPARE

PREPARE p AS INSERT INTO t VALUES ($1);

--# Utility DEALLOCATE

DEALLOCATE PREPARE p;

--# Utility FETCH

FETCH c;
FETCH ALL IN c;

--# Utility MOVE

MOVE BACKWARD 5 FROM c;

--# Utility CLOSE

CLOSE ALL;

--# Utility LISTEN

LISTEN c;

--# Utility NOTIFY

NOTIFY c;

--# Utility UNLISTEN

UNLISTEN c;

--# Utility DISCARD PLANS

DISCARD PLANS;

--# Utility LOAD

LOAD 'x';

--# Utility CHECKPOINT

CHECKPOINT;

--# Utility SHOW

SHOW TIME ZONE;
SHOW a.b;
SHOW TRANSACTION ISOLATION LEVEL;

--# Utility SECURITY LABEL

SECURITY LABEL ON TABLE t IS 'x';

--# Utility IMPORT FOREIGN SCHEMA

IMPORT FOREIGN SCHEMA a FROM SERVER b INTO c OPTIONS (x 'y');

--# Utility CALL

CALL p();
CALL p(1, 'x', a => 2);

--# Transaction BEGIN

START TRANSACTION;
BEGIN WORK;

--# Transaction COMMIT

COMMIT WORK;
COMMIT AND NO CHAIN;

--# Transaction ROLLBACK

ROLLBACK AND CHAIN;

--# Transaction ROLLBACK_TO

ROLLBACK TO x;

--# Transaction RELEASE

RELEASE x;

--# Transaction SET

SET TRANSACTION SNAPSHOT 'x';

--# Utility ALTER FUNCTION

ALTER FUNCTION f STABLE;
ALTER FUNCTION shop.f COST 5 SECURITY DEFINER SET search_path = shop, public;

--# Rename ROUTINE

ALTER ROUTINE f(int) RENAME TO g;

--# Utility ALTER PROCEDURE

ALTER PROCEDURE p SET SCHEMA x;

--# Utility ALTER ROUTINE OWNER TO

ALTER ROUTINE f (int, "My Type"[]) OWNER TO joe;

--# Utility ALTER SYSTEM

ALTER SYSTEM SET work_mem = '1MB';
ALTER SYSTEM SET search_path TO a, 'b';
ALTER SYSTEM SET my.setting = -5;
ALTER SYSTEM RESET ALL;
ALTER SYSTEM RESET my.setting;

--# CreateSchema

CREATE SCHEMA s CREATE TABLE t (a int) CREATE VIEW v AS SELECT 1;
CREATE SCHEMA s AUTHORIZATION joe CREATE TABLE t (a int);
CREATE SCHEMA IF NOT EXISTS AUTHORIZATION joe;

--# Drop FUNCTION

DROP FUNCTION f(int), g(text);
DROP FUNCTION f, g;
DROP FUNCTION IF EXISTS s.f(int, numeric(10, 2)[]), g CASCADE;

--# Drop ROUTINE

DROP ROUTINE f(int);

--# Drop PROCEDURE

DROP PROCEDURE p, q RESTRICT;

--# Drop AGGREGATE

DROP AGGREGATE a(int), b(*);

--# SetVariable

SET NAMES 'utf8';
SET LOCAL NAMES DEFAULT;
SET SCHEMA 'x';
RESET TRANSACTION ISOLATION LEVEL;

--# SetRole

SET ROLE 'x';
SET LOCAL ROLE 'x';

--# AlterTable MATERIALIZED VIEW SetTablespace

ALTER MATERIALIZED VIEW IF EXISTS s.v SET TABLESPACE x;

--# Utility COMMENT ON

COMMENT ON FUNCTION a IS 'x';
COMMENT ON PROCEDURE s.a IS NULL;

--# Select

SELECT 1e5, 1.e5, 0b11, 0o17, 1_000.5;
SELECT pg_catalog.substring('abc', 1), pg_catalog. /* c */ position('a', 'b'), t.values, t.select, t.time FROM t;

--# CreateTable

CREATE TABLE t (a pg_catalog.numeric(10), b pg_catalog.varchar(4), c s.time);
