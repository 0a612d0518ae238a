-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- What a check for gh-ost may look at in an instance's databases, besides their catalogues.
alter table plancheck.instance
  add column ghost_probe text not null default 'OFF'
    constraint instance_ghost_probe_known check (ghost_probe in ('OFF', 'DATA'));
