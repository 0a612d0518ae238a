-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- Runs that come from a deployment with one row per check: their results are here, but not what
-- they were checked by.

alter table plancheck.plan_check_run
  add column origin text not null default 'CHECKED'
    constraint plan_check_run_origin_known check (origin in ('CHECKED', 'LEGACY')),
  -- Until when an operator vouches for a LEGACY run; null for nobody does.
  add column trusted_until timestamptz,
  add constraint plan_check_run_trust_of_legacy
    check (trusted_until is null or origin = 'LEGACY');

-- Rows that could not be understood, whole, and why. Their plans must be checked again.
create table plancheck.plan_check_run_legacy_quarantine (
  run_id bigint not null references plancheck.plan_check_run,
  uid bigint not null,
  reason text not null,
  -- The row's columns, as they were.
  original jsonb not null,
  primary key (run_id, uid)
);
