-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- Every text that a review policy ever had, so that a run can say what it was made by. Never
-- changed and never deleted: a hash stands for one text for ever.
create table plancheck.review_policy_text (
  -- The SHA-256 of the text's UTF-8 bytes, in lower-case hex.
  hash text collate "C" primary key,
  text text not null,
  at timestamptz not null default now()
);

-- Which policy governs which databases.
create table plancheck.review_policy (
  id text collate "C" primary key,
  title text not null,
  -- Null is any.
  project_id text collate "C" references plancheck.project,
  environment text collate "C" references plancheck.environment,
  hash text collate "C" not null references plancheck.review_policy_text,
  -- Counts changes from 1.
  version integer not null default 1,
  updated_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- One policy for each scope.
create unique index review_policy_scope
  on plancheck.review_policy (coalesce(project_id, ''), coalesce(environment, ''));

-- AppliedPolicies: by what each environment of the run is judged. Empty for runs that are older than
-- this, which are stale for it.
alter table plancheck.plan_check_run add column policies jsonb not null default '{}';

-- The policy of the check that `fingerprint` is of; null for what was handed out before this, which
-- is put back and checked again.
alter table plancheck.rollout_task add column policy_hash text;
