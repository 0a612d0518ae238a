-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- What old deployments hold: one row per plan, database and check. Nothing of ours writes it; it is
-- here so that they can be brought forward by the migrations alone.

create table plancheck.plan (
  id bigserial primary key,
  project text not null,
  name text not null,
  -- {"specs": [{"id", "changeDatabaseConfig": {"sheetSha256", "type", "targets", ...}}, ...]}
  config jsonb not null default '{}'
);

create table plancheck.plan_check_run (
  id serial primary key,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  plan_id bigint not null references plancheck.plan (id),
  status text not null check (status in ('RUNNING', 'DONE', 'FAILED', 'CANCELED')),
  type text not null check (type like 'bb.plan-check.%'),
  config jsonb not null default '{}',
  result jsonb not null default '{}',
  payload jsonb not null default '{}'
);
