-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors
-- # SetVariable
/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET NAMES utf8 */;
/*!50503 SET NAMES utf8mb4 */;
-- # SetVariables
/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;
-- # Drop TABLE
DROP TABLE IF EXISTS `book`;
-- # CreateTable
CREATE TABLE `book` (
  `id` int NOT NULL AUTO_INCREMENT,
  `hidden` int /*!80023 INVISIBLE */ DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci
/*!50100 PARTITION BY RANGE (`id`)
(PARTITION p0 VALUES LESS THAN (10) ENGINE = InnoDB) */;
-- # LockTable
LOCK TABLES `book` WRITE;
-- # AlterTable TABLE DISABLE KEYS
/*!40000 ALTER TABLE `book` DISABLE KEYS */;
-- # Insert
INSERT INTO `book` VALUES (1,'a;b','/* no comment */ -- nor # here'),(2,'\\',NULL);
-- # AlterTable TABLE ENABLE KEYS
/*!40000 ALTER TABLE `book` ENABLE KEYS */;
-- # Utility UNLOCK TABLES
UNLOCK TABLES;
-- # CreateTrigger
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER `bi` BEFORE INSERT ON `book` FOR EACH ROW BEGIN
  SET NEW.a = 1;
  SET NEW.b = 2;
END */;;
DELIMITER ;
-- # Utility CREATE PROCEDURE
DELIMITER //
CREATE PROCEDURE p()
BEGIN
  SELECT 1; # a comment; with a semicolon
  SELECT 2; -- another; one
END//
DELIMITER ;
-- # CreateView
/*!50001 CREATE ALGORITHM=UNDEFINED */
/*!50013 DEFINER=`root`@`localhost` SQL SECURITY DEFINER */
/*!50001 VIEW `v` AS select `book`.`id` AS `id` from `book` */;
