-- The reply as a letter (п. 7.6–7.7): which file of an appeal leaves as the letter, and registries of what goes by post.

alter table files add column part text check (part in ('letter', 'aside'));
comment on column files.part is 'letter: leaves as the answer; aside: kept, shown to nobody outside (taken back, or replaced by its signed scan)';

create table post_registries (
  id bigint generated always as identity primary key,
  organization_id text not null references organizations,
  year integer not null,
  n integer not null check (n > 0),
  made_on date not null,
  made_by text not null references people,
  posted_on date,
  posted_by text references people,
  cancelled_on date,
  unique (organization_id, year, n),
  check ((posted_on is null) = (posted_by is null)),
  check (cancelled_on is null or posted_on is null)
);
comment on table post_registries is 'What is taken to the post together: a list for its clerk to sign';
create index post_registries_made_by on post_registries (made_by);
create index post_registries_posted_by on post_registries (posted_by) where posted_by is not null;

create table post_items (
  registry_id bigint not null references post_registries,
  place integer not null check (place > 0),
  appeal_id bigint not null references appeals,
  letter_number text not null,
  addressee text not null,
  address text not null,
  post_number text,
  primary key (registry_id, place),
  unique (registry_id, appeal_id)
);
create index post_items_appeal on post_items (appeal_id);
