-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- Every form whose locks were measured on PostgreSQL 11 to 18.

--# AlterTable TABLE AddColumn

alter table t add column x int;
alter table t add column x int default 5;
alter table t add column x int not null default 5;
alter table t add column x timestamptz default now();
alter table t add column x double precision default random();
alter table t add column x serial;
alter table t add column x int generated always as identity;
alter table t add column x int generated always as (a+1) stored;
alter table t add column x int generated always as (a+1) virtual;
alter table t add column x dpos;
alter table t add column x dplain default 3;
alter table t add column x int unique;
alter table t add column x int references p(id);
alter table t add column x int check(x>0);
alter table t add column g int generated always as (a+1) stored;

--# AlterTable TABLE DropColumn

alter table t drop column b;

--# AlterTable TABLE RenameColumn

alter table t rename column b to bb;

--# AlterTable TABLE RenameTo

alter table t rename to tt;

--# AlterTable TABLE SetSchema

alter table t set schema public;

--# AlterTable TABLE AlterColumnType

alter table t alter column a type bigint;
alter table t alter column a type numeric;
alter table t alter column b type varchar(40);
alter table t alter column b type varchar(10);
alter table t alter column b type text;
alter table t alter column c type varchar(40);
alter table t alter column c type varchar;
alter table t alter column ch type char(20);
alter table t alter column num type numeric(12,2);
alter table t alter column num type numeric;
alter table t alter column num type numeric(12,4);
alter table t alter column ts type timestamptz;
alter table t alter column tz type timestamp;
alter table t alter column tss type timestamp(6);
alter table t alter column iv type interval(6);
alter table t alter column vb type varbit(20);
alter table t alter column cidr_c type inet;
alter table t alter column j type jsonb using j::jsonb;
alter table t alter column c type text collate "POSIX";
alter table t alter column a type int using a;
alter table t alter column a type dplain;
alter table t alter column ai type dpos;

--# SetVariable

set timezone='UTC';
set timezone='Europe/Paris';

--# AlterTable TABLE SetNotNull

alter table t alter column a set not null;

--# AlterTable TABLE ValidateConstraint

alter table t validate constraint ck_nn;
alter table t validate constraint ck_nv;
alter table t validate constraint fk_nv;

--# AlterTable TABLE DropNotNull

alter table t alter column n drop not null;

--# AlterTable TABLE SetDefault

alter table t alter column a set default 3;

--# AlterTable TABLE DropDefault

alter table t alter column n drop default;

--# AlterTable TABLE SET STATISTICS

alter table t alter column a set statistics 500;

--# AlterTable TABLE SET STORAGE

alter table t alter column c set storage external;

--# AlterTable TABLE SET COMPRESSION

alter table t alter column c set compression pglz;

--# AlterTable TABLE SetExpression

alter table t alter column g set expression as (a+2);

--# AlterTable TABLE AddConstraint

alter table t add constraint ck2 check(a<100000);
alter table t add constraint ck2 check(a<100000) not valid;
alter table t add constraint nnx not null a not valid;
alter table t add constraint f2 foreign key(a) references p(id);
alter table t add constraint f2 foreign key(a) references p(id) not valid;
alter table t add constraint uq unique(a);
alter table t add constraint uq unique using index t_u;
alter table t add primary key using index t_u2;
alter table t add constraint ex exclude using btree (a with =);
alter table newpart add constraint c check(k>=100 and k<200);

--# AlterTable TABLE DropConstraint

alter table t drop constraint t_pkey cascade;
alter table t drop constraint ck_a;
alter table t drop constraint fk_n;

--# CreateIndex

create unique index t_u2 on t(u);
create index i on t(c);
create unique index i on t(c);

--# AlterTable TABLE RenameConstraint

alter table t rename constraint ck_a to ck_b;

--# AlterTable TABLE AlterConstraint

alter table t alter constraint fk_n deferrable;

--# Drop INDEX

drop index t_a;

--# AlterTable INDEX RenameTo

alter index t_a rename to t_a2;

--# Reindex

reindex table t;

--# Cluster

cluster t using t_pkey;

--# AlterTable TABLE SetLogged

alter table unl set unlogged;

--# AlterTable TABLE SetTablespace

alter table t set tablespace pg_default;

--# AlterTable TABLE SetAccessMethod

alter table t set access method heap;

--# AlterTable TABLE SetOptions

alter table t set (fillfactor=70);
alter table t set (autovacuum_enabled=off);

--# AlterTable TABLE REPLICA IDENTITY

alter table t replica identity full;

--# AlterTable TABLE ENABLE ROW LEVEL SECURITY

alter table t enable row level security;

--# AlterTable TABLE SetTrigger

alter table t disable trigger tg;

--# CreateTrigger

create trigger tg2 after insert on t for each row execute procedure tf();

--# Drop TRIGGER

drop trigger tg on t;

--# AlterTable TABLE OwnerTo

alter table t owner to postgres;

--# AlterTable TABLE Inherit

alter table unl inherit inh;

--# AlterTable TABLE AttachPartition

alter table part attach partition newpart for values from (100) to (200);

--# AlterTable TABLE DetachPartition

alter table part detach partition part1;

--# CreateTable

create table part2 partition of part for values from (300) to (400);

--# Drop TABLE

drop table t cascade;

--# Truncate

truncate t cascade;

--# AddEnumValue

alter type et add value 'c';

--# Utility ALTER TYPE RENAME VALUE

alter type et rename value 'a' to 'aa';

--# AlterDomain

alter domain dplain add constraint dd check(value>0);

--# Utility COMMENT ON

comment on table t is 'x';

--# CreateView

create or replace view vw as select id from t;

--# RefreshMaterializedView

refresh materialized view mv;

--# Utility CREATE STATISTICS

create statistics st on a,n from t;

