-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors
-- Valid statements that both grammars reject for MariaDB.
CREATE TABLE t (ip INET6);
