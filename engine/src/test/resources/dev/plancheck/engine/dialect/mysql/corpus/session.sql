-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors
-- # Transaction BEGIN
BEGIN;
BEGIN WORK;
START TRANSACTION;
START TRANSACTION READ ONLY;
START TRANSACTION WITH CONSISTENT SNAPSHOT;
-- # Transaction COMMIT
COMMIT;
COMMIT WORK AND CHAIN NO RELEASE;
-- # Transaction ROLLBACK
ROLLBACK;
ROLLBACK WORK;
-- # Transaction ROLLBACK_TO
ROLLBACK TO SAVEPOINT a;
ROLLBACK TO a;
-- # Transaction SAVEPOINT
SAVEPOINT a;
-- # Transaction RELEASE
RELEASE SAVEPOINT a;
-- # Transaction TWO_PHASE
XA START 'a';
XA COMMIT 'a';
-- # Transaction SET
SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
SET SESSION TRANSACTION READ ONLY;
-- # SetVariable
SET foreign_key_checks = 0;
SET SESSION lock_wait_timeout = 5;
SET @@session.sql_mode = 'STRICT_TRANS_TABLES';
SET GLOBAL max_connections = 500;
SET @@global.read_only = ON;
SET PERSIST innodb_buffer_pool_size = 1073741824;
SET @a = 1;
SET @total := (SELECT COUNT(*) FROM book);
SET NAMES utf8mb4;
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci;
SET CHARACTER SET utf8;
SET autocommit = 0;
SET sql_log_bin = OFF;
SET time_zone = '+00:00';
-- # SetVariables
SET foreign_key_checks = 0, unique_checks = 0, @x = 'a,b';
SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO';
-- # Use
USE shop;
USE `my-shop`;
-- # LockTable
LOCK TABLES book READ, author AS a WRITE;
LOCK TABLE book WRITE;
-- # Utility UNLOCK TABLES
UNLOCK TABLES;
-- # Utility GRANT
GRANT SELECT, INSERT ON shop.* TO 'app'@'%';
GRANT ALL PRIVILEGES ON *.* TO 'root'@'localhost' WITH GRANT OPTION;
GRANT 'reader' TO 'app'@'%';
-- # Utility REVOKE
REVOKE SELECT ON shop.book FROM 'app'@'%';
-- # Utility CREATE USER
CREATE USER 'app'@'%' IDENTIFIED BY 'secret';
CREATE USER IF NOT EXISTS app IDENTIFIED WITH caching_sha2_password BY 'x' PASSWORD EXPIRE NEVER;
-- # Utility ALTER USER
ALTER USER 'app'@'%' IDENTIFIED BY 'other';
-- # Utility DROP USER
DROP USER IF EXISTS 'app'@'%';
-- # Utility CREATE ROLE
CREATE ROLE reader;
-- # Utility DROP ROLE
DROP ROLE reader;
-- # Utility SHOW TABLES
SHOW TABLES;
-- # Utility SHOW CREATE
SHOW CREATE TABLE book;
-- # Utility SHOW VARIABLES
SHOW VARIABLES LIKE 'sql_mode';
-- # Utility ANALYZE TABLE
ANALYZE TABLE book, author;
-- # Utility OPTIMIZE TABLE
OPTIMIZE TABLE book;
-- # Utility CHECK TABLE
CHECK TABLE book QUICK;
-- # Utility FLUSH PRIVILEGES
FLUSH PRIVILEGES;
-- # Utility FLUSH TABLES
FLUSH TABLES WITH READ LOCK;
-- # Utility KILL 42
KILL 42;
-- # Utility KILL QUERY
KILL QUERY 42;
-- # Utility DEALLOCATE PREPARE
DEALLOCATE PREPARE s;
-- # NotAnalysed
PREPARE s FROM 'SELECT 1';
PREPARE s FROM @sql;
EXECUTE s USING @a;
