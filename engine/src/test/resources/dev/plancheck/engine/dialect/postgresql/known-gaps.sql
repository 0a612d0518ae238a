-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- PostgreSQL 18 accepts these and the grammar does not. One that works is moved to seldom.sql.

ALTER TABLE t ALTER a SET STORAGE "external";
ALTER TABLE t ADD EXCLUDE USING gist (a WITH s.=);
ALTER MATERIALIZED VIEW v SET (fillfactor = 50), SET TABLESPACE x;
ALTER TYPE t SET (SUBSCRIPT = f);
ALTER OPERATOR FAMILY f USING btree ADD FUNCTION 5 g(internal, text[], bool);
ALTER EXTENSION e ADD OPERATOR === (int, int);
CREATE UNLOGGED MATERIALIZED VIEW v AS SELECT 1;
CREATE TABLE t PARTITION OF p (a COLLATE "C") DEFAULT;
CREATE TRANSFORM FOR hstore LANGUAGE l (TO SQL WITH FUNCTION f(internal));
CREATE COLLATION c ("locale" = 'de');
COMMENT ON COLUMN d.s.t.a IS 'x';
EXPLAIN CREATE TABLE t AS EXECUTE p;
SET a.b.c = 1;
SHOW a.b.c;
SELECT * FROM xmltable(xmlnamespaces(DEFAULT 'x'), '/a' PASSING b COLUMNS c int PATH 'd');
SELECT xmlexists('x' PASSING BY VALUE a);
