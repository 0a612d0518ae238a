-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

--# Utility CREATE FUNCTION

CREATE FUNCTION add(a integer, b integer DEFAULT 1) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN a + b;
CREATE OR REPLACE FUNCTION touch() RETURNS trigger AS $$
BEGIN
  NEW.updated_at := now(); -- ; not the end
  IF TG_OP = 'UPDATE' AND OLD.email <> NEW.email THEN
    INSERT INTO audit.log_entry (id) VALUES (NEW.id);
  END IF;
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;
CREATE OR REPLACE FUNCTION shop.orders_of(IN customer bigint, OUT "OrderId" uuid, OUT total int)
  RETURNS SETOF record LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shop, pg_temp COST 10 ROWS 100
AS $function$ SELECT "OrderId", total_cents FROM "Order" WHERE customer_id = customer; $function$;
CREATE FUNCTION recent_orders(days int) RETURNS TABLE (id uuid, total int) LANGUAGE sql
BEGIN ATOMIC
  SELECT CASE WHEN days > 0 THEN "OrderId" END, total_cents FROM "Order" WHERE "placedAt" > now() - days * interval '1 day';
END;
CREATE FUNCTION c_function(text) RETURNS text AS 'my_library', 'my_symbol' LANGUAGE C STRICT;

--# Utility CREATE PROCEDURE

CREATE OR REPLACE PROCEDURE purge(INOUT removed bigint) LANGUAGE plpgsql AS $purge$
DECLARE
  batch int := 1000;
BEGIN
  LOOP
    DELETE FROM audit.log_entry WHERE at < now() - interval '90 days';
    EXIT WHEN NOT FOUND;
    COMMIT;
  END LOOP;
END
$purge$;
CREATE PROCEDURE two_things(x int) BEGIN ATOMIC
  INSERT INTO t VALUES (x);
  UPDATE u SET n = CASE n WHEN 1 THEN 2 ELSE 3 END;
END;

--# Utility ALTER FUNCTION

ALTER FUNCTION add(integer, integer) COST 5 STABLE;
ALTER FUNCTION touch() SET search_path = public;
ALTER FUNCTION add(integer, integer) SET SCHEMA math;

--# Utility ALTER FUNCTION OWNER TO

ALTER FUNCTION touch() OWNER TO app_owner;

--# Rename FUNCTION

ALTER FUNCTION add(integer, integer) RENAME TO plus;

--# Utility ALTER PROCEDURE

ALTER PROCEDURE purge(bigint) SECURITY INVOKER;

--# Drop FUNCTION

DROP FUNCTION add(integer, integer);
DROP FUNCTION IF EXISTS shop.touch CASCADE;

--# Drop PROCEDURE

DROP PROCEDURE IF EXISTS purge(bigint);

--# CreateTrigger

CREATE TRIGGER customer_touch BEFORE INSERT OR UPDATE OF email, country ON customer
  FOR EACH ROW WHEN (NEW.email IS NOT NULL) EXECUTE FUNCTION touch();
CREATE OR REPLACE TRIGGER log_all AFTER DELETE ON shop.product
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE PROCEDURE log_gone('x', 1);
CREATE CONSTRAINT TRIGGER check_total AFTER INSERT ON "Order" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_total();
CREATE TRIGGER view_insert INSTEAD OF INSERT ON active_customer FOR EACH ROW EXECUTE FUNCTION view_insert();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON customer EXECUTE FUNCTION refuse();

--# Rename TRIGGER

ALTER TRIGGER customer_touch ON customer RENAME TO customer_set_updated;

--# Utility ALTER TRIGGER

ALTER TRIGGER customer_touch ON customer DEPENDS ON EXTENSION hstore;

--# Drop TRIGGER

DROP TRIGGER IF EXISTS customer_touch ON public.customer CASCADE;

--# Utility CREATE EVENT TRIGGER

CREATE EVENT TRIGGER no_ddl ON ddl_command_start WHEN TAG IN ('DROP TABLE', 'ALTER TABLE') EXECUTE FUNCTION refuse();

--# Utility ALTER EVENT TRIGGER

ALTER EVENT TRIGGER no_ddl DISABLE;

--# Drop EVENT TRIGGER

DROP EVENT TRIGGER no_ddl;

--# Utility CREATE RULE

CREATE RULE protect AS ON DELETE TO customer DO INSTEAD NOTHING;
CREATE OR REPLACE RULE log_all AS ON UPDATE TO shop.product WHERE NEW.price <> OLD.price
  DO ALSO (INSERT INTO price_log VALUES (NEW.product_id, NEW.price); NOTIFY price_changed;);

--# Rename RULE

ALTER RULE protect ON customer RENAME TO keep;

--# Drop RULE

DROP RULE IF EXISTS protect ON customer;

--# Utility CREATE LANGUAGE

CREATE OR REPLACE TRUSTED LANGUAGE plsample HANDLER plsample_call_handler;

--# Drop LANGUAGE

DROP LANGUAGE IF EXISTS plsample;
