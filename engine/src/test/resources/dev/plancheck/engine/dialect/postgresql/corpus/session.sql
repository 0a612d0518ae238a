-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

--# Transaction BEGIN

BEGIN;
BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY, DEFERRABLE;
START TRANSACTION READ WRITE;

--# Transaction COMMIT

COMMIT;
END TRANSACTION;
COMMIT AND CHAIN;

--# Transaction ROLLBACK

ROLLBACK;
ABORT WORK;

--# Transaction SAVEPOINT

SAVEPOINT before_backfill;

--# Transaction ROLLBACK_TO

ROLLBACK TO SAVEPOINT before_backfill;

--# Transaction RELEASE

RELEASE SAVEPOINT before_backfill;

--# Transaction TWO_PHASE

PREPARE TRANSACTION 'two';
COMMIT PREPARED 'two';
ROLLBACK PREPARED 'two';

--# Transaction SET

SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY;
SET CONSTRAINTS ALL DEFERRED;
SET CONSTRAINTS order_customer_fk, shop.other_fk IMMEDIATE;

--# SetVariable

SET lock_timeout = '2s';
SET LOCAL statement_timeout TO 0;
SET SESSION search_path = shop, "$user", public;
SET TIME ZONE 'Europe/Berlin';
SET TIME ZONE LOCAL;
SET TIME ZONE INTERVAL '-08:00' HOUR TO MINUTE;
SET client_min_messages = warning;
SET app.tenant = 'b6f8';
SET session_replication_role = replica;
SET check_function_bodies TO false;
SET standard_conforming_strings = on;
SET work_mem TO DEFAULT;
SET default_transaction_read_only = off;
SET XML OPTION DOCUMENT;
RESET search_path;
RESET ALL;
RESET TIME ZONE;

--# SetRole

SET ROLE app_owner;
SET LOCAL ROLE NONE;
RESET ROLE;
SET SESSION AUTHORIZATION 'joe';
SET SESSION AUTHORIZATION DEFAULT;
RESET SESSION AUTHORIZATION;

--# LockTable

LOCK TABLE customer;
LOCK customer, ONLY shop.product IN SHARE ROW EXCLUSIVE MODE NOWAIT;

--# Utility SHOW

SHOW search_path;
SHOW ALL;

--# Utility DISCARD ALL

DISCARD ALL;

--# Utility DISCARD TEMP

DISCARD TEMP;

--# Utility LISTEN

LISTEN price_changed;

--# Utility UNLISTEN

UNLISTEN *;

--# Utility NOTIFY

NOTIFY price_changed, 'all';

--# Utility CHECKPOINT

CHECKPOINT;

--# Utility LOAD

LOAD 'auto_explain';

--# Utility FETCH

FETCH FORWARD 100 FROM my_cursor;

--# Utility MOVE

MOVE NEXT IN my_cursor;

--# Utility CLOSE

CLOSE my_cursor;
