-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

--# CreateType

CREATE TYPE order_status AS ENUM ('new', 'paid', 'it''s shipped', E'back\\ordered');
CREATE TYPE empty_enum AS ENUM ();
CREATE TYPE address_type AS (street text, zip varchar(10), "No" int);
CREATE TYPE float_range AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TYPE box_type;
CREATE TYPE box_type (INTERNALLENGTH = 16, INPUT = my_box_in, OUTPUT = my_box_out, ELEMENT = float4);

--# AddEnumValue

ALTER TYPE order_status ADD VALUE 'returned';
ALTER TYPE shop.order_status ADD VALUE IF NOT EXISTS 'lost' AFTER 'paid';

--# Utility ALTER TYPE RENAME VALUE

ALTER TYPE order_status RENAME VALUE 'new' TO 'open';

--# Utility ALTER TYPE RENAME ATTRIBUTE

ALTER TYPE address_type RENAME ATTRIBUTE zip TO postcode CASCADE;

--# Utility ALTER TYPE ADD ATTRIBUTE

ALTER TYPE address_type ADD ATTRIBUTE country char(2);

--# Utility ALTER TYPE DROP ATTRIBUTE

ALTER TYPE address_type ADD ATTRIBUTE floor int, DROP ATTRIBUTE IF EXISTS "No" CASCADE;

--# Utility ALTER TYPE ALTER ATTRIBUTE

ALTER TYPE address_type ALTER ATTRIBUTE zip SET DATA TYPE text;

--# Utility ALTER TYPE SET SCHEMA

ALTER TYPE address_type SET SCHEMA crm;

--# Utility ALTER TYPE OWNER TO

ALTER TYPE order_status OWNER TO app_owner;

--# Rename TYPE

ALTER TYPE order_status RENAME TO order_state;

--# Drop TYPE

DROP TYPE IF EXISTS order_status, address_type CASCADE;

--# CreateDomain

CREATE DOMAIN email_address AS text CHECK (VALUE ~ '^[^@]+@[^@]+$');
CREATE DOMAIN posint AS int4 DEFAULT 1 NOT NULL CONSTRAINT positive CHECK (VALUE > 0);
CREATE DOMAIN plain_text text COLLATE "C";

--# AlterDomain

ALTER DOMAIN posint SET DEFAULT 2;
ALTER DOMAIN posint DROP DEFAULT;
ALTER DOMAIN posint SET NOT NULL;
ALTER DOMAIN posint DROP NOT NULL;
ALTER DOMAIN posint ADD CONSTRAINT small CHECK (VALUE < 1000) NOT VALID;
ALTER DOMAIN posint VALIDATE CONSTRAINT small;
ALTER DOMAIN posint DROP CONSTRAINT IF EXISTS small CASCADE;
ALTER DOMAIN posint RENAME CONSTRAINT small TO smaller;
ALTER DOMAIN posint SET SCHEMA crm;
ALTER DOMAIN posint OWNER TO app_owner;

--# Rename DOMAIN

ALTER DOMAIN posint RENAME TO positive_int;

--# Drop DOMAIN

DROP DOMAIN IF EXISTS posint;

--# CreateSequence

CREATE SEQUENCE invoice_no;
CREATE TEMP SEQUENCE IF NOT EXISTS shop.invoice_no AS integer START WITH 1000 INCREMENT BY 1 MINVALUE 1000 NO MAXVALUE CACHE 1 NO CYCLE OWNED BY NONE;
CREATE UNLOGGED SEQUENCE fast_no;

--# Drop SEQUENCE

DROP SEQUENCE IF EXISTS invoice_no CASCADE;

--# CreateSchema

CREATE SCHEMA crm;
CREATE SCHEMA IF NOT EXISTS reporting AUTHORIZATION reporter;
CREATE SCHEMA AUTHORIZATION joe;

--# Rename SCHEMA

ALTER SCHEMA crm RENAME TO sales;

--# Utility ALTER SCHEMA OWNER TO

ALTER SCHEMA crm OWNER TO app_owner;

--# Drop SCHEMA

DROP SCHEMA IF EXISTS crm, reporting CASCADE;

--# Utility CREATE COLLATION

CREATE COLLATION german_phonebook (provider = icu, locale = 'de-u-co-phonebk');
CREATE COLLATION IF NOT EXISTS my_c FROM "C";

--# Utility ALTER COLLATION

ALTER COLLATION german_phonebook REFRESH VERSION;

--# Drop COLLATION

DROP COLLATION german_phonebook;

--# Utility CREATE CAST

CREATE CAST (text AS email_address) WITH FUNCTION to_email(text) AS ASSIGNMENT;

--# Drop CAST

DROP CAST IF EXISTS (text AS email_address);

--# Utility CREATE OPERATOR

CREATE OPERATOR === (LEFTARG = box, RIGHTARG = box, FUNCTION = area_equal, COMMUTATOR = ===, HASHES, MERGES);

--# Drop OPERATOR

DROP OPERATOR === (box, box);

--# Utility CREATE OPERATOR CLASS

CREATE OPERATOR CLASS gist_box_ops DEFAULT FOR TYPE box USING gist AS
  OPERATOR 1 <<, FUNCTION 1 gist_consistent(internal, box, smallint), STORAGE box;

--# Drop OPERATOR CLASS

DROP OPERATOR CLASS gist_box_ops USING gist;

--# Utility CREATE OPERATOR FAMILY

CREATE OPERATOR FAMILY integer_ops USING btree;

--# Drop OPERATOR FAMILY

DROP OPERATOR FAMILY integer_ops USING btree;

--# Utility CREATE TEXT SEARCH

CREATE TEXT SEARCH CONFIGURATION german_names (COPY = german);
CREATE TEXT SEARCH DICTIONARY syn (TEMPLATE = synonym, SYNONYMS = my_synonyms);

--# Utility ALTER TEXT SEARCH

ALTER TEXT SEARCH CONFIGURATION german_names ALTER MAPPING FOR asciiword, word WITH syn, german_stem;

--# Drop TEXT SEARCH

DROP TEXT SEARCH CONFIGURATION IF EXISTS german_names;

--# Utility CREATE AGGREGATE

CREATE AGGREGATE product_of (numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');

--# Drop AGGREGATE

DROP AGGREGATE product_of (numeric);
