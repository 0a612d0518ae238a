-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- Plans on their way to their databases. Who changes a rollout locks in this order: the plan, its
-- run, the rollout, its tasks. What a worker writes while it works is conditional on its task only.

create table plancheck.rollout (
  id bigint generated always as identity primary key,
  -- Part of the names that databases remember tasks by. Random, and not the installation's: after a
  -- backup of this database was restored, ids are given a second time.
  uid uuid not null unique default gen_random_uuid(),
  plan_id bigint not null references plancheck.plan,
  plan_version integer not null,
  -- The run that the gate has seen; 0 without one.
  attempt integer not null check (attempt >= 0),
  approval text,
  override_id bigint references plancheck.gate_override,
  failure_policy text not null check (failure_policy in ('STOP_STAGE', 'CONTINUE')),
  -- The most tasks that run at once.
  parallel integer not null check (parallel between 1 and 1000),
  -- Whether stages begin by themselves.
  automatic boolean not null,
  status text not null default 'ACTIVE'
    check (status in ('ACTIVE', 'CANCELING', 'CANCELED', 'DONE')),
  -- What it waits for, in words.
  waiting text not null default '',
  actor text not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  -- So that no two rollouts apply the same sheet to a database.
  constraint rollout_of_a_version unique (plan_id, plan_version),
  constraint rollout_ended_unless_live
    check ((ended_at is null) = (status in ('ACTIVE', 'CANCELING')))
)
with (fillfactor = 70);

create unique index rollout_live on plancheck.rollout (plan_id)
  where status in ('ACTIVE', 'CANCELING');

create table plancheck.rollout_stage (
  rollout_id bigint not null references plancheck.rollout,
  number integer not null check (number >= 0),
  environment text not null,
  started_at timestamptz,
  started_by text,
  primary key (rollout_id, number),
  check ((started_at is null) = (started_by is null))
);

-- The manifest, and how each line of it stands.
create table plancheck.rollout_task (
  rollout_id bigint not null,
  -- From 1, in the order of the plan.
  number integer not null check (number > 0),
  stage integer not null,
  spec text not null,
  instance text collate "C" not null,
  database text collate "C" not null,
  sheet text not null references plancheck.sheet,
  prior_backup boolean not null,
  state text not null default 'PENDING' check (state in ('PENDING', 'QUEUED', 'RUNNING', 'DONE',
    'FAILED', 'CANCELED', 'SKIPPED', 'UNKNOWN', 'DRIFTED')),
  -- Counts how often it was handed out: an entry in the queue names it.
  turn integer not null default 0,
  -- Counts owners: what an owner writes names it.
  epoch integer not null default 0,
  -- Whose word let it begin.
  actor text not null default '',
  -- A person wants it tried again, even in a stage that stopped.
  asked boolean not null default false,
  -- What is to be said of it, and of which statement of the sheet.
  words text not null default '',
  statement integer,
  line integer,
  column_number integer,
  applied_before integer not null default 0,
  -- Of the database as it was checked; null where nothing is to be compared.
  fingerprint text,
  -- Only a check that began later counts.
  check_after timestamptz,
  not_before timestamptz,
  -- Since when its database has been busy.
  busy_since timestamptz,
  -- How the sheet is applied: in one transaction, or statement by statement as rollout_statement has
  -- it.
  mode text check (mode in ('TRANSACTION', 'STATEMENTS')),
  -- The epoch of the owner that sent COMMIT, of which nobody has heard; 0 for none.
  committing integer not null default 0,
  -- TaskResult
  result jsonb,
  queued_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  primary key (rollout_id, number),
  foreign key (rollout_id, stage) references plancheck.rollout_stage (rollout_id, number)
)
with (fillfactor = 70);

create index rollout_task_of_state on plancheck.rollout_task (rollout_id, stage, state, number);
create index rollout_task_of_database
  on plancheck.rollout_task (rollout_id, instance, database, number);
create index rollout_task_moving on plancheck.rollout_task (rollout_id, number)
  where state in ('QUEUED', 'RUNNING');

-- A task takes these steps and no others, whoever writes.
create function plancheck.guard_rollout_task() returns trigger
  language plpgsql
  as $$
begin
  if new.rollout_id = old.rollout_id and new.number = old.number and new.epoch >= old.epoch
    and new.turn >= old.turn and (
      new.state = old.state and old.state not in ('DONE', 'SKIPPED')
      or old.state = 'PENDING'
        and new.state in ('QUEUED', 'FAILED', 'CANCELED', 'SKIPPED', 'UNKNOWN')
      or old.state = 'QUEUED' and new.state in ('RUNNING', 'PENDING', 'CANCELED', 'UNKNOWN')
      or old.state = 'RUNNING'
        and new.state in ('QUEUED', 'PENDING', 'DONE', 'FAILED', 'CANCELED', 'UNKNOWN', 'DRIFTED')
      or old.state in ('FAILED', 'CANCELED', 'DRIFTED') and new.state in ('PENDING', 'SKIPPED')
      or old.state = 'UNKNOWN' and new.state in ('PENDING', 'DONE', 'CANCELED', 'SKIPPED'))
  then
    return new;
  end if;
  raise exception 'task % of rollout % cannot become % (it is %)',
    old.number, old.rollout_id, new.state, old.state
    using errcode = 'check_violation';
end
$$;

create trigger rollout_task_steps
  before update on plancheck.rollout_task
  for each row execute function plancheck.guard_rollout_task();

create function plancheck.guard_rollout() returns trigger
  language plpgsql
  as $$
begin
  if new.id = old.id and new.uid = old.uid and new.plan_id = old.plan_id and (
      new.status = old.status
      or old.status = 'ACTIVE' and new.status in ('CANCELING', 'DONE')
      or old.status = 'CANCELING' and new.status = 'CANCELED'
      or old.status = 'CANCELED' and new.status = 'ACTIVE')
  then
    return new;
  end if;
  raise exception 'rollout % cannot become % (it is %)', old.id, new.status, old.status
    using errcode = 'check_violation';
end
$$;

create trigger rollout_steps
  before update on plancheck.rollout
  for each row execute function plancheck.guard_rollout();

-- The only memory of a sheet that is applied statement by statement.
create table plancheck.rollout_statement (
  rollout_id bigint not null,
  task integer not null,
  statement integer not null check (statement > 0),
  -- The owner that began it.
  epoch integer not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  command text,
  row_count bigint,
  took_ms bigint,
  primary key (rollout_id, task, statement),
  foreign key (rollout_id, task) references plancheck.rollout_task (rollout_id, number),
  check ((finished_at is null) = (command is null))
);

-- What was done to databases; only ever appended to.
create table plancheck.database_change (
  id bigint generated always as identity primary key,
  instance text collate "C" not null,
  database text collate "C" not null,
  project text not null,
  plan_number bigint not null,
  plan_version integer not null,
  spec text not null,
  sheet text not null,
  -- The name that the database remembers the task by.
  task text not null,
  outcome text not null,
  words text not null,
  actor text not null,
  at timestamptz not null default clock_timestamp()
);

create index database_change_of_database on plancheck.database_change (instance, database, id);

create function plancheck.refuse_change_of_database_change() returns trigger
  language plpgsql
  as $$
begin
  raise exception 'database_change is only ever appended to'
    using errcode = 'integrity_constraint_violation';
end
$$;

create trigger database_change_append_only
  before update or delete on plancheck.database_change
  for each row execute function plancheck.refuse_change_of_database_change();

-- What the automatic rollout of a plan waits for, in words.
create table plancheck.rollout_waiting (
  plan_id bigint primary key references plancheck.plan,
  words text not null,
  since timestamptz not null default now()
);

-- Tasks take long, and must keep neither shards nor chores waiting; nor must shards keep them.
create view plancheck.scheduled_changes as
select * from plancheck.scheduled_tasks where task_name = 'rollout-task';

create view plancheck.scheduled_rollouts as
select * from plancheck.scheduled_tasks
where task_name like 'rollout-%' and task_name <> 'rollout-task';

create or replace view plancheck.scheduled_chores as
select * from plancheck.scheduled_tasks
where task_name <> 'plan-check-shard' and task_name not like 'rollout-%';
