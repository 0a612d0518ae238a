-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors
-- Valid statements that the grammar of MySQL rejects.
CREATE SPATIAL REFERENCE SYSTEM IF NOT EXISTS 990001 NAME 'x' DEFINITION 'y';
INSERT INTO book (id, title) VALUES ROW(1, 'a') AS new(i, t) ON DUPLICATE KEY UPDATE title = new.t;
