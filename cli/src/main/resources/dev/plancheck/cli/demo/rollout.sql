-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors
--
-- What is left of the loyalty programme for now: nothing that anybody has to wait for.

SET LOCAL lock_timeout = '2s';

ALTER TABLE customer ADD COLUMN points int NOT NULL DEFAULT 0;
CREATE TABLE reward (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL,
  points int NOT NULL,
  granted_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO category (name) VALUES ('Rewards');
