-- Planned outages (п. 11.3.3): which service, when, why, at which houses.

create table outages (
  id bigint generated always as identity primary key,
  organization_id text not null references organizations,
  service service not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  reason_kk text not null,
  reason_ru text not null,
  -- As they were typed: a street and its houses a line.
  places text not null,
  made_by text not null references people,
  made_at timestamptz not null,
  cancelled_at timestamptz,
  cancelled_by text references people,
  check (ends_at > starts_at)
);
create index outages_ends_at on outages (ends_at) where cancelled_at is null;
create index outages_organization on outages (organization_id);
create index outages_made_by on outages (made_by);
create index outages_cancelled_by on outages (cancelled_by) where cancelled_by is not null;

create table outage_buildings (
  outage_id bigint not null references outages,
  building_id bigint not null references buildings,
  primary key (outage_id, building_id)
);
create index outage_buildings_building on outage_buildings (building_id);
create index buildings_address_words on buildings using gin (address gin_trgm_ops);
