-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors
-- # CreateTable
CREATE OR REPLACE TABLE t (id INT PRIMARY KEY, u UUID DEFAULT uuid(), j JSON CHECK (JSON_VALID(j)));
CREATE TABLE IF NOT EXISTS t (a INT DEFAULT (1 + 1), b INT AS (a + 1) PERSISTENT, c VARCHAR(10) DEFAULT concat('a', 'b'));
-- # AlterTable TABLE AddColumn
ALTER TABLE IF EXISTS book ADD COLUMN IF NOT EXISTS pages INT;
ALTER TABLE book WAIT 5 ADD COLUMN pages INT;
-- # AlterTable TABLE DropColumn
ALTER TABLE book DROP COLUMN IF EXISTS pages;
-- # AlterTable TABLE RedefineColumn
ALTER TABLE book MODIFY COLUMN IF EXISTS pages BIGINT;
-- # AlterTable TABLE AddColumn, Execution
ALTER TABLE book ADD COLUMN a INT, ALGORITHM=NOCOPY;
-- # AlterTable TABLE DropConstraint
ALTER TABLE book DROP CONSTRAINT IF EXISTS positive;
-- # AlterTable TABLE DropIndex
ALTER TABLE book DROP INDEX IF EXISTS a;
DROP INDEX IF EXISTS a ON book;
-- # CreateIndex
CREATE INDEX IF NOT EXISTS a ON book (a);
CREATE OR REPLACE UNIQUE INDEX a ON book (a);
-- # CreateSequence
CREATE SEQUENCE s START WITH 1 INCREMENT BY 1;
CREATE SEQUENCE IF NOT EXISTS shop.s CACHE 10;
-- # Drop SEQUENCE
DROP SEQUENCE s;
-- # Utility ALTER SEQUENCE
ALTER SEQUENCE s RESTART WITH 100;
-- # CreateView
CREATE OR REPLACE VIEW v AS SELECT 1 AS a;
-- # Drop TABLE
DROP TABLE IF EXISTS a, b;
-- # Insert
INSERT INTO book (id) VALUES (1) RETURNING id;
-- # Delete
DELETE FROM book WHERE id = 1 RETURNING *;
-- # Use
USE shop;
-- # SetVariable
/*M!100616 SET NAMES utf8mb4 */;
SET SESSION lock_wait_timeout = 5;
-- # Update
UPDATE book SET a = 1 WHERE id = 1;
UPDATE book b JOIN author a ON a.id = b.author_id SET b.x = a.y WHERE b.id > 5;
-- # CreateTrigger
CREATE OR REPLACE TRIGGER t BEFORE INSERT ON book FOR EACH ROW SET NEW.a = 1;
-- # Utility CREATE PROCEDURE
CREATE OR REPLACE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END;
-- # Transaction BEGIN
START TRANSACTION;
