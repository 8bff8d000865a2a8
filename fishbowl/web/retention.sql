-- For how many days an archived debate keeps what people wrote, where that is not what the service says for all.

create table if not exists retention (
    debate    text not null primary key,
    days      integer not null
) strict, without rowid;

-- What was erased because its days were over: how much, never what.

create table if not exists retention_done (
    debate         text not null primary key,
    at             integer not null,
    people         integer not null,
    contributions  integer not null
) strict, without rowid;
