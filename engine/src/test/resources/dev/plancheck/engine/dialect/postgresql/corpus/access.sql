-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

--# Utility GRANT

GRANT SELECT, INSERT ON customer TO app, reporting;
GRANT ALL PRIVILEGES ON ALL TABLES IN SCHEMA public TO app_owner WITH GRANT OPTION;
GRANT USAGE ON SCHEMA shop TO PUBLIC;
GRANT EXECUTE ON FUNCTION add(integer, integer) TO app;
GRANT SELECT (id, email), UPDATE (email) ON customer TO support;
GRANT app TO joe WITH ADMIN OPTION;
GRANT USAGE, SELECT ON SEQUENCE customer_id_seq TO app;
GRANT CONNECT ON DATABASE shop TO app;

--# Utility REVOKE

REVOKE ALL ON customer FROM PUBLIC;
REVOKE GRANT OPTION FOR SELECT ON customer FROM app CASCADE;
REVOKE app FROM joe;

--# Utility ALTER DEFAULT PRIVILEGES

ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO reporting;
ALTER DEFAULT PRIVILEGES FOR ROLE app_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

--# Utility CREATE ROLE

CREATE ROLE reporting;
CREATE USER joe WITH LOGIN PASSWORD 'secret' VALID UNTIL '2027-01-01' IN ROLE app;

--# Utility ALTER ROLE

ALTER ROLE joe SET search_path TO shop, public;
ALTER USER joe WITH NOLOGIN CONNECTION LIMIT 5;
ALTER GROUP staff ADD USER joe, jane;

--# Rename ROLE

ALTER ROLE joe RENAME TO joseph;

--# Drop ROLE

DROP ROLE IF EXISTS joe, jane;
DROP USER joe;

--# Utility CREATE POLICY

CREATE POLICY own_rows ON customer FOR ALL TO app USING (tenant_id = current_setting('app.tenant')::uuid) WITH CHECK (true);
CREATE POLICY read_all ON shop.product AS RESTRICTIVE FOR SELECT USING (NOT hidden);

--# Utility ALTER POLICY

ALTER POLICY own_rows ON customer TO app, support USING (tenant_id = 1);

--# Rename POLICY

ALTER POLICY own_rows ON customer RENAME TO tenant_rows;

--# Drop POLICY

DROP POLICY IF EXISTS own_rows ON customer;

--# Utility COMMENT ON

COMMENT ON TABLE customer IS 'Who buys; it''s a person';
COMMENT ON COLUMN shop.product.price IS 'in euros';
COMMENT ON CONSTRAINT email_has_at ON customer IS NULL;
COMMENT ON FUNCTION add(integer, integer) IS $$adds; two$$;
COMMENT ON INDEX customer_email_idx IS 'x';
COMMENT ON TYPE order_status IS 'x';
COMMENT ON SCHEMA shop IS 'x';
COMMENT ON TRIGGER customer_touch ON customer IS 'x';
COMMENT ON POLICY own_rows ON customer IS 'x';
COMMENT ON MATERIALIZED VIEW daily_total IS 'x';
COMMENT ON EXTENSION pgcrypto IS 'x';
COMMENT ON DATABASE shop IS 'x';
COMMENT ON DOMAIN posint IS 'x';
COMMENT ON ROLE app IS 'x';

--# Utility SECURITY LABEL

SECURITY LABEL FOR anon ON COLUMN customer.email IS 'MASKED WITH FUNCTION anon.fake_email()';

--# Utility CREATE EXTENSION

CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA public;
CREATE EXTENSION pgcrypto CASCADE;

--# Utility ALTER EXTENSION

ALTER EXTENSION postgis UPDATE TO '3.5';

--# Drop EXTENSION

DROP EXTENSION IF EXISTS hstore CASCADE;

--# Utility CREATE PUBLICATION

CREATE PUBLICATION all_tables FOR ALL TABLES WITH (publish = 'insert,update');
CREATE PUBLICATION parts FOR TABLE customer (id, email) WHERE (id > 0), ONLY shop.product, TABLES IN SCHEMA crm;

--# Utility ALTER PUBLICATION

ALTER PUBLICATION parts ADD TABLE "Order";

--# Drop PUBLICATION

DROP PUBLICATION IF EXISTS parts;

--# Utility CREATE SUBSCRIPTION

CREATE SUBSCRIPTION from_main CONNECTION 'host=main dbname=shop' PUBLICATION parts WITH (create_slot = false);

--# Utility ALTER SUBSCRIPTION

ALTER SUBSCRIPTION from_main REFRESH PUBLICATION WITH (copy_data = false);

--# Drop SUBSCRIPTION

DROP SUBSCRIPTION from_main;

--# Utility CREATE DATABASE

CREATE DATABASE shop WITH OWNER = app_owner ENCODING = 'UTF8' TEMPLATE = template0 CONNECTION LIMIT = 50;

--# Utility ALTER DATABASE

ALTER DATABASE shop SET statement_timeout = '30s';
ALTER DATABASE shop OWNER TO app_owner;

--# Utility ALTER DATABASE SET TABLESPACE

ALTER DATABASE shop SET TABLESPACE fast_disk;

--# Rename DATABASE

ALTER DATABASE shop RENAME TO store;

--# Drop DATABASE

DROP DATABASE IF EXISTS shop WITH (FORCE);

--# Utility CREATE TABLESPACE

CREATE TABLESPACE fast_disk OWNER app_owner LOCATION '/mnt/nvme' WITH (random_page_cost = 1.1);

--# Drop TABLESPACE

DROP TABLESPACE fast_disk;

--# Utility CREATE SERVER

CREATE SERVER crm FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'crm', dbname 'crm');

--# Utility ALTER SERVER

ALTER SERVER crm OPTIONS (SET host 'crm2');

--# Drop SERVER

DROP SERVER IF EXISTS crm CASCADE;

--# Utility CREATE USER MAPPING

CREATE USER MAPPING IF NOT EXISTS FOR CURRENT_USER SERVER crm OPTIONS (user 'x', password 'y');

--# Utility ALTER USER MAPPING

ALTER USER MAPPING FOR joe SERVER crm OPTIONS (SET password 'z');

--# Drop USER MAPPING

DROP USER MAPPING IF EXISTS FOR joe SERVER crm;

--# Utility CREATE FOREIGN DATA WRAPPER

CREATE FOREIGN DATA WRAPPER file HANDLER file_fdw_handler;

--# Drop FOREIGN DATA WRAPPER

DROP FOREIGN DATA WRAPPER file;

--# Utility IMPORT FOREIGN SCHEMA

IMPORT FOREIGN SCHEMA public LIMIT TO (customer, product) FROM SERVER crm INTO imported;

--# Utility CREATE ACCESS METHOD

CREATE ACCESS METHOD heptree TYPE INDEX HANDLER heptree_handler;

--# Drop ACCESS METHOD

DROP ACCESS METHOD heptree;

--# Utility REASSIGN OWNED

REASSIGN OWNED BY joe TO app_owner;

--# Drop OWNED

DROP OWNED BY joe CASCADE;
