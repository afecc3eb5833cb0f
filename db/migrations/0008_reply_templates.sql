-- Templates of replies by topic and language (п. 7.1), and deputies for absence (п. 7.4–7.5).

create table reply_templates (
  id bigint generated always as identity primary key,
  organization_id text not null references organizations,
  language text not null check (language in ('kk', 'ru')),
  kind text not null check (kind in ('template', 'faq')),
  topic text not null,
  title text not null,
  body text not null,
  made_by text not null references people,
  made_at timestamptz not null,
  removed_at timestamptz,
  unique nulls not distinct (organization_id, language, topic, title, removed_at)
);
create index reply_templates_organization on reply_templates (organization_id, language, topic) where removed_at is null;
comment on column reply_templates.kind is 'faq: a question that is asked often, with its answer; it stands beside the appeals that ask much the same';
create index reply_templates_made_by on reply_templates (made_by);

create table deputies (
  id bigint generated always as identity primary key,
  person_id text not null references people,
  deputy_id text not null references people,
  from_day date not null,
  to_day date not null,
  named_by text not null references people,
  named_at timestamptz not null,
  ended_at timestamptz,
  check (to_day >= from_day),
  check (deputy_id <> person_id)
);
comment on table deputies is 'Who acts for whom while they are away: the deputy holds what the absent one holds, and signs with their own name';
create index deputies_deputy on deputies (deputy_id, to_day) where ended_at is null;
create index deputies_person on deputies (person_id, to_day);
create index deputies_named_by on deputies (named_by);
