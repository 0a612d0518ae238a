-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- A check for gh-ost may try the change on an empty copy of its table, in a database that is named
-- for that.
alter table plancheck.instance
  add column ghost_scratch_schema text not null default ''
    constraint instance_ghost_scratch_schema_short check (length(ghost_scratch_schema) <= 400),
  drop constraint instance_ghost_probe_known,
  add constraint instance_ghost_probe_known check (ghost_probe in ('OFF', 'DATA', 'CLONE')),
  add constraint instance_ghost_clone_has_scratch_schema
    check (ghost_probe <> 'CLONE' or ghost_scratch_schema <> '');
