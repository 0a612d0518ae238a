-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- Who wrote a plan: empty for plans that are older than this.
alter table plancheck.plan
  add column created_by text not null default '',
  add column updated_by text not null default '',
  -- Everybody who ever changed it, the creator first, each once.
  add column authors text[] not null default '{}';

-- What projects ask for before a plan may go; only ever appended to, the last row of a project is
-- in force.
create table plancheck.approval_policy (
  id bigint generated always as identity primary key,
  project_id text collate "C" not null references plancheck.project,
  -- Equal for equal policies.
  hash text not null,
  -- ApprovalPolicy
  policy jsonb not null,
  actor text not null,
  at timestamptz not null default now()
);

create index approval_policy_of_project on plancheck.approval_policy (project_id, id);

-- What the checks of a plan came to when they were last looked at for an approval, so that results
-- are not read again for each question. Anything here may be lost without harm.
create table plancheck.approval_assessment (
  plan_id bigint primary key references plancheck.plan on delete cascade,
  -- Of all that the assessment depends on.
  key text not null,
  -- ApprovalAssessment
  assessment jsonb not null,
  at timestamptz not null default now()
);

-- Who said what about which plan, and what they had before them; only ever appended to.
create table plancheck.approval_decision (
  id bigint generated always as identity primary key,
  plan_id bigint not null references plancheck.plan,
  kind text not null check (kind in ('APPROVED', 'REJECTED', 'REQUESTED')),
  -- From 1, and the role that it asked for; 0 and empty for a request.
  step integer not null check (step >= 0),
  role text not null,
  actor text not null,
  comment text not null,
  plan_version integer not null,
  -- Of the plan's run; 0 without one.
  attempt integer not null check (attempt >= 0),
  risk text not null check (risk in ('LOW', 'MODERATE', 'HIGH')),
  -- ApprovalBinding: what beside version, attempt and risk the decision is bound to.
  binding jsonb not null,
  at timestamptz not null default now(),
  check ((step = 0) = (kind = 'REQUESTED'))
);

create index approval_decision_of_plan on plancheck.approval_decision (plan_id, id);

create function plancheck.refuse_change_of_approvals() returns trigger
  language plpgsql
  as $$
begin
  raise exception '% is only ever appended to', tg_table_name
    using errcode = 'integrity_constraint_violation';
end
$$;

create trigger approval_policy_append_only
  before update or delete on plancheck.approval_policy
  for each row execute function plancheck.refuse_change_of_approvals();

create trigger approval_decision_append_only
  before update or delete on plancheck.approval_decision
  for each row execute function plancheck.refuse_change_of_approvals();
